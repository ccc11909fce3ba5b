import { Button, Field, Input, MessageBar, MessageBarBody, makeStyles, Text, tokens } from '@fluentui/react-components';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { RegisteredCase } from '../../protocol.ts';
import { api } from '../api.ts';
import { useSpeech } from '../language.tsx';
import { useTell } from '../toast.tsx';
import { useFailure } from '../use-failure.ts';
import { newId } from './new-id.ts';

const useStyles = makeStyles({
  view: { display: 'flex', flexDirection: 'column', alignItems: 'flex-start', gap: tokens.spacingVerticalL },
  reference: {
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: 'clamp(36px, 10vw, 72px)',
    lineHeight: 1.1,
    fontWeight: tokens.fontWeightBold,
    letterSpacing: '0.02em',
    overflowWrap: 'anywhere',
  },
  said: { whiteSpace: 'pre-wrap', overflowWrap: 'anywhere', fontSize: tokens.fontSizeBase400, lineHeight: tokens.lineHeightBase400 },
  quiet: { color: tokens.colorNeutralForeground2 },
});

/** The number to read aloud, large, and what to say; Enter goes on to the next. */
export function RegisteredView({ id, done, onNext }: { readonly id: string; readonly done: RegisteredCase; readonly onNext: () => void }) {
  const styles = useStyles();
  const { t } = useSpeech();
  return (
    <div className={styles.view} role="status">
      <Text weight="semibold">{t(done.reference === null ? 'register.written' : 'register.done')}</Text>
      {done.reference !== null && <span className={styles.reference}>{done.reference}</span>}
      {done.alarm ? (
        <MessageBar intent="error" layout="multiline">
          <MessageBarBody className={styles.said}>{done.said}</MessageBarBody>
        </MessageBar>
      ) : (
        <div>
          <Text block className={styles.quiet}>
            {t('register.readAloud')}
          </Text>
          <Text className={styles.said}>{done.said}</Text>
        </div>
      )}
      {done.asks !== null && <StillAsked registration={id} question={done.asks} />}
      <Button autoFocus={done.asks === null} appearance="primary" size="large" onClick={onNext}>
        {t('register.next')}
      </Button>
    </div>
  );
}

/** Where the danger is, when the story did not say so: help waits for it. */
function StillAsked({ registration, question }: { readonly registration: string; readonly question: string }) {
  const { t } = useSpeech();
  const tell = useTell();
  const [id] = useState(() => newId());
  const [said, setSaid] = useState('');
  const answer = useMutation({
    mutationFn: () => api.answerFor(registration, { id, question, value: said.trim(), text: said.trim() }),
    onSuccess: () => tell(t('register.passedOn')),
    onError: useFailure(),
  });
  const go = () => said.trim() !== '' && !answer.isPending && answer.mutate();
  if (answer.isSuccess) return <Text>{t('register.passedOn')}</Text>;
  return (
    <Field label={t('register.asked')}>
      <Input
        autoFocus
        value={said}
        onChange={(_, { value }) => setSaid(value)}
        onKeyDown={({ key, nativeEvent }) => key === 'Enter' && !nativeEvent.isComposing && go()}
        contentAfter={
          <Button size="small" disabledFocusable={answer.isPending} onClick={go}>
            {t('register.pass')}
          </Button>
        }
      />
    </Field>
  );
}
