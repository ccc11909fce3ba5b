import { Button, Card, Field, Input, makeStyles, Text, tokens } from '@fluentui/react-components';
import { CopyRegular } from '@fluentui/react-icons/svg/copy';
import { useEffect, useRef } from 'react';
import type { Link } from '../../protocol.ts';
import { useNow } from '../browser-state.ts';
import { useSpeech } from '../language.tsx';
import { moment } from '../time-left.ts';
import { useTell } from '../toast.tsx';

const useStyles = makeStyles({
  card: { gap: tokens.spacingVerticalM },
  line: { display: 'flex', gap: tokens.spacingHorizontalS, flexWrap: 'wrap' },
  input: { flexGrow: 1, minWidth: '180px' },
  quiet: { color: tokens.colorNeutralForeground2 },
});

/** The link, shown once: the server keeps only its hash. */
export function NewLink({ link, name }: { readonly link: Link; readonly name: string }) {
  const styles = useStyles();
  const { t, language } = useSpeech();
  const tell = useTell();
  const now = useNow();
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.select(), []);
  const copy = async () => {
    field.current?.select();
    try {
      await navigator.clipboard.writeText(link.url);
    } catch {
      // Not allowed or plain http: the text is selected, Ctrl+C does it.
      return;
    }
    tell(t('people.copied'));
  };
  return (
    <Card className={styles.card} appearance="filled-alternative">
      <Field label={t('people.link', { name })}>
        <div className={styles.line}>
          <Input className={styles.input} readOnly value={link.url} input={{ ref: field }} aria-label={t('people.link', { name })} />
          <Button icon={<CopyRegular />} onClick={copy}>
            {t('people.copy')}
          </Button>
        </div>
      </Field>
      <Text size={200} className={styles.quiet} role="status">
        {t('people.expires', { at: moment(new Date(link.expiresAt), now, language) })}
      </Text>
    </Card>
  );
}
