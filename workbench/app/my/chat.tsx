import { makeStyles } from '@fluentui/react-components';
import { useEffect, useRef } from 'react';
import type { Session } from '../../my-protocol.ts';
import { useSpeech } from '../language.tsx';
import { useDark } from '../theme.tsx';
import { goTo } from './routes.ts';

const useStyles = makeStyles({
  place: { height: '100%', maxWidth: '760px', margin: '0 auto', overflow: 'hidden' },
  away: { display: 'none' },
});

const PLACE = 'my-chat';

/** The web chat itself, as the person whose page this is. Fetched when it is first wanted, and kept: a form half filled in waits. */
export function Chat({ session, shown }: { readonly session: Session; readonly shown: boolean }) {
  const styles = useStyles();
  const { language } = useSpeech();
  const dark = useDark();
  const begun = useRef(false);
  useEffect(() => {
    if (!shown || begun.current) return;
    begun.current = true;
    const script = document.createElement('script');
    script.src = '/chat/widget.js';
    script.dataset.container = `#${PLACE}`;
    script.dataset.token = session.session;
    script.dataset.language = language;
    script.dataset.look = dark ? 'dark' : 'light';
    script.addEventListener('load', () => {
      const chat = widget();
      if (chat && waiting !== null) put(chat, waiting);
      waiting = null;
    });
    document.head.append(script);
  }, [shown, session, language, dark]);
  useEffect(() => {
    widget()?.dispatchEvent(new CustomEvent('loket:look', { detail: dark ? 'dark' : 'light' }));
  }, [dark]);
  return <div id={PLACE} className={shown ? styles.place : styles.away} />;
}

let waiting: string | null = null;

/** Goes to the chat, with the beginning of a sentence in its field. */
export function askAbout(text: string): void {
  const chat = widget();
  if (chat) put(chat, text);
  else waiting = text;
  goTo({ page: 'ask' });
}

function widget(): Element | null {
  return document.querySelector('loket-chat');
}

function put(chat: Element, text: string): void {
  chat.dispatchEvent(new CustomEvent('loket:text', { detail: text }));
}
