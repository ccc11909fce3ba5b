import { Button, Field, makeStyles, Radio, RadioGroup, Select, Text, Textarea, tokens } from '@fluentui/react-components';
import { useQuery } from '@tanstack/react-query';
import { type KeyboardEvent, useRef, useState } from 'react';
import { MEANS } from '../../../domain/index.ts';
import { Page } from '../admin/page.tsx';
import { useColumns, useSettled } from '../browser-state.ts';
import { FileButtons, FileTray } from '../case/file-tray.tsx';
import { LANGUAGES, useSpeech } from '../language.tsx';
import { lookQuery } from '../queries.ts';
import { useTell } from '../toast.tsx';
import { ProposalView } from './proposal-view.tsx';
import { RegisteredView } from './registered-view.tsx';
import { storyOf, useRegistration } from './use-registration.ts';
import { WhoField } from './who-field.tsx';

/** So long nobody types before the desk is asked what it makes of it. */
const TYPING_MS = 250;
const MAX_STORY = 8_000;

const useStyles = makeStyles({
  sides: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr)',
    gap: tokens.spacingHorizontalXXL,
    '@media (min-width: 960px)': { gridTemplateColumns: 'minmax(0, 1fr) minmax(0, 1fr)' },
  },
  side: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM, minWidth: 0 },
  means: { display: 'flex', flexWrap: 'wrap' },
  story: { width: '100%' },
  buttons: { display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalS },
});

const LANGUAGE_NAMES = { nl: 'Nederlands', en: 'English' } as const;

/** An agent registers for somebody else: who and what on one side, what the desk makes of it on the other. */
export default function RegisterPage() {
  const styles = useStyles();
  const { t } = useSpeech();
  const tell = useTell();
  const phone = useColumns() === 1;
  const { id, typed, change, scans, done, busy, register, again } = useRegistration();
  const [tried, setTried] = useState(false);
  const who = useRef<HTMLInputElement>(null);
  const story = useRef<HTMLTextAreaElement>(null);
  const settled = useSettled(typed, TYPING_MS);
  const look = useQuery(lookQuery(storyOf(settled)));
  const proposal = settled.story.trim() !== '' || settled.person ? look.data : undefined;
  const noWho = !typed.person && typed.who.trim() === '';
  const noStory = typed.story.trim() === '';

  const go = (answered: string | null) => {
    setTried(true);
    if (noWho) return who.current?.focus();
    if (noStory) return story.current?.focus();
    const wrong = proposal?.fields.some(({ id, error }) => error !== undefined && typed.values[id] !== '');
    if (wrong && answered === null) return tell(t('register.mend'), 'warning');
    if (!busy && !scans.busy) register(answered);
  };
  const onKey = (event: KeyboardEvent) => {
    // Enter that ends a composition (an accent, another script) is no sending.
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    go(null);
  };
  const next = () => {
    setTried(false);
    again();
  };
  return (
    <Page title={t('page.register')} intro={t('register.intro')} wide>
      {done ? (
        <RegisteredView id={id} done={done} onNext={next} />
      ) : (
        <div className={styles.sides}>
          <div className={styles.side}>
            <WhoField typed={typed} change={change} field={who} missing={tried && noWho ? t('register.needWho') : undefined} />
            <Field
              label={t('register.story')}
              required
              hint={t('register.storyHint')}
              {...(tried && noStory ? { validationState: 'error', validationMessage: t('register.needStory') } : {})}
            >
              <Textarea
                className={styles.story}
                textarea={{ ref: story }}
                rows={5}
                resize="vertical"
                maxLength={MAX_STORY}
                value={typed.story}
                onChange={(_, { value }) => change({ story: value })}
                onKeyDown={onKey}
              />
            </Field>
            <FileTray uploads={scans} />
            <div className={styles.buttons}>
              <Button appearance="primary" disabledFocusable={busy || scans.busy} onClick={() => go(null)}>
                {t('register.go')}
              </Button>
              <FileButtons add={scans.add} phone={phone} />
            </div>
            <Field label={t('register.means')}>
              <RadioGroup
                layout={phone ? 'vertical' : 'horizontal'}
                className={styles.means}
                value={typed.means}
                onChange={(_, { value }) => change({ means: MEANS.find((known) => known === value) ?? 'phone' })}
              >
                {MEANS.map((means) => (
                  <Radio key={means} value={means} label={t(`means.${means}`)} />
                ))}
              </RadioGroup>
            </Field>
            <Field label={t('register.language')}>
              <Select value={typed.language} onChange={(_, { value }) => change({ language: value === 'en' ? 'en' : 'nl' })}>
                {LANGUAGES.map((language) => (
                  <option key={language} value={language}>
                    {LANGUAGE_NAMES[language]}
                  </option>
                ))}
              </Select>
            </Field>
          </div>
          <section className={styles.side} aria-label={t('register.sees')}>
            <Text as="h2" weight="semibold" size={400}>
              {t('register.sees')}
            </Text>
            <ProposalView proposal={proposal} typed={typed} change={change} busy={busy} onAnswered={go} />
          </section>
        </div>
      )}
    </Page>
  );
}
