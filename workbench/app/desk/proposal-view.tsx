import {
  Button,
  Card,
  Checkbox,
  Field,
  MessageBar,
  MessageBarBody,
  MessageBarTitle,
  makeStyles,
  Select,
  Text,
  tokens,
} from '@fluentui/react-components';
import { KINDS } from '../../../domain/index.ts';
import type { Proposal } from '../../protocol.ts';
import { useSpeech } from '../language.tsx';
import { useMe, useNames } from '../me.ts';
import { CaseLines } from './case-lines.tsx';
import { FormFields } from './form-fields.tsx';
import type { Typed } from './use-registration.ts';

const useStyles = makeStyles({
  view: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM, minWidth: 0 },
  row: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalM },
  wide: { flexGrow: 1, minWidth: '180px' },
  quiet: { color: tokens.colorNeutralForeground2 },
  answer: { whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' },
  button: { alignSelf: 'flex-start' },
  danger: { whiteSpace: 'pre-wrap' },
});

const NONE = '';

interface ProposalViewProps {
  readonly proposal: Proposal | undefined;
  readonly typed: Typed;
  readonly change: (more: Partial<Typed>) => void;
  readonly busy: boolean;
  /** Registers as answered. */
  readonly onAnswered: (answer: string) => void;
}

/** What the desk makes of the story, to be corrected beside it. */
export function ProposalView({ proposal, typed, change, busy, onAnswered }: ProposalViewProps) {
  const styles = useStyles();
  const { t, language } = useSpeech();
  const me = useMe();
  const names = useNames();
  if (!proposal) return <Text className={styles.quiet}>{t('register.nothing')}</Text>;
  const likely = proposal.candidates.map(({ product }) => product);
  const others = me.products
    .filter(({ id }) => !likely.includes(id))
    .sort((a, b) => a.name[language].localeCompare(b.name[language], language));
  const set = (id: string, value: string | null) => {
    const { [id]: _, ...rest } = typed.values;
    change({ values: value === null ? rest : { ...rest, [id]: value } });
  };
  const { disruption, answer } = proposal;
  return (
    <div className={styles.view}>
      {proposal.danger !== null && (
        <MessageBar intent="error" layout="multiline" role="alert">
          <MessageBarBody className={styles.danger}>
            <MessageBarTitle>{t('register.danger')}</MessageBarTitle>
            {'\n'}
            {proposal.danger}
          </MessageBarBody>
        </MessageBar>
      )}
      {typed.story.trim() !== '' && (
        <>
          <div className={styles.row}>
            <Field label={t('register.product')} className={styles.wide}>
              <Select
                value={proposal.product ?? NONE}
                onChange={(_, { value }) => change({ product: value === NONE ? null : value, values: {}, disruption: undefined })}
              >
                <option value={NONE}>{t('register.none')}</option>
                {[...likely, ...others.map(({ id }) => id)].map((id) => (
                  <option key={id} value={id}>
                    {names.product(id)}
                  </option>
                ))}
              </Select>
            </Field>
            <Field label={t('move.kind')}>
              <Select value={proposal.kind} onChange={(_, { value }) => change({ kind: KINDS.find((known) => known === value) })}>
                {KINDS.map((kind) => (
                  <option key={kind} value={kind}>
                    {t(`kind.${kind}`)}
                  </option>
                ))}
              </Select>
            </Field>
          </div>
          <Text className={styles.quiet}>{t('register.toTeam', { team: names.team(proposal.team) })}</Text>
          {disruption && (
            <MessageBar intent="warning" layout="multiline">
              <MessageBarBody>
                <Text block>{t('register.disruption', { title: disruption.title, ref: disruption.reference })}</Text>
                <Checkbox
                  label={t('register.isDisruption')}
                  checked={typed.disruption === undefined ? disruption.sure : typed.disruption !== null}
                  onChange={(_, { checked }) => change({ disruption: checked === true ? disruption.id : null })}
                />
              </MessageBarBody>
            </MessageBar>
          )}
          <FormFields fields={proposal.fields} values={typed.values} set={set} />
          {answer && (
            <Card>
              <Text weight="semibold">{t('register.answer')}</Text>
              <Text className={styles.answer}>{answer.text}</Text>
              <Text size={200} className={styles.quiet}>
                {answer.source.title}
              </Text>
              <Button className={styles.button} disabledFocusable={busy} onClick={() => onAnswered(answer.id)}>
                {t('register.answered')}
              </Button>
            </Card>
          )}
        </>
      )}
      {proposal.open.length > 0 && (
        <section>
          <Text as="h2" weight="semibold" block>
            {t('register.open')}
          </Text>
          <CaseLines cases={proposal.open} />
        </section>
      )}
    </div>
  );
}
