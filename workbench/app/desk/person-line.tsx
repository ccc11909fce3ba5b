import { makeStyles, Text, tokens } from '@fluentui/react-components';
import type { PersonRow } from '../../protocol.ts';
import { useSpeech } from '../language.tsx';

const useStyles = makeStyles({
  line: { display: 'flex', flexDirection: 'column', minWidth: 0, overflowWrap: 'anywhere' },
  quiet: { color: tokens.colorNeutralForeground2 },
});

/** Somebody's name, and what tells him from others of that name. */
export function PersonLine({ person }: { readonly person: PersonRow }) {
  const styles = useStyles();
  const { t } = useSpeech();
  const about = [
    person.address ?? t('person.noAddress'),
    person.address !== null && !person.verified ? t('person.said') : null,
    person.phone,
    person.department,
    person.room,
  ];
  return (
    <span className={styles.line}>
      <Text weight="semibold">{person.name}</Text>
      <Text size={200} className={styles.quiet}>
        {about.filter(Boolean).join(' · ')}
      </Text>
    </span>
  );
}
