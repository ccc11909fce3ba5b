import { Button, makeStyles, Text, tokens } from '@fluentui/react-components';
import { DocumentRegular } from '@fluentui/react-icons/svg/document';
import { useQuery } from '@tanstack/react-query';
import type { Attached } from '../../protocol.ts';
import { api } from '../api.ts';
import { useSpeech } from '../language.tsx';
import { useFailure } from '../use-failure.ts';
import { sizeOf } from './file-size.ts';

const useStyles = makeStyles({
  list: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: tokens.spacingHorizontalS,
    margin: 0,
    padding: 0,
    listStyleType: 'none',
    maxWidth: '100%',
  },
  item: { display: 'flex', flexDirection: 'column', maxWidth: '100%', minWidth: 0 },
  button: { maxWidth: '100%', overflowWrap: 'anywhere', justifyContent: 'flex-start', textAlign: 'start' },
  picture: { flexDirection: 'column', alignItems: 'flex-start', gap: tokens.spacingVerticalXS, padding: tokens.spacingVerticalXS },
  image: { maxWidth: 'min(100%, 240px)', maxHeight: '180px', borderRadius: tokens.borderRadiusMedium, display: 'block' },
  state: { color: tokens.colorNeutralForeground2 },
  infected: { color: tokens.colorStatusDangerForeground1 },
});

const SHOWN = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp']);

/** The files of a message or a note: pictures as they are, everything is kept by a press; what cannot be opened says why. */
export function Attachments({ caseId, files }: { readonly caseId: string; readonly files: readonly Attached[] }) {
  const styles = useStyles();
  const { t } = useSpeech();
  if (files.length === 0) return null;
  return (
    <ul className={styles.list} aria-label={t('files.label')}>
      {files.map((file) => (
        <li key={file.id} className={styles.item}>
          <OneFile caseId={caseId} file={file} />
        </li>
      ))}
    </ul>
  );
}

function OneFile({ caseId, file }: { readonly caseId: string; readonly file: Attached }) {
  const styles = useStyles();
  const { t, language } = useSpeech();
  const failed = useFailure();
  const open = file.state === 'clean' || file.state === 'unchecked';
  const picture = open && SHOWN.has(file.type);
  // Fetched, not linked to: within Teams a page carries its session itself, and a link or an <img> would not.
  const content = useQuery({
    queryKey: ['file', file.id],
    queryFn: async () => URL.createObjectURL(await api.file(caseId, file.id)),
    enabled: picture,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  const keep = async () => {
    try {
      const link = document.createElement('a');
      link.href = content.data ?? URL.createObjectURL(await api.file(caseId, file.id));
      link.download = file.name;
      link.click();
    } catch (error) {
      if (error instanceof Error) failed(error);
    }
  };
  const label = `${file.name} · ${sizeOf(file.size, language)}`;
  if (!open) {
    return (
      <>
        <Text className={styles.button}>{label}</Text>
        <Text size={200} className={file.state === 'infected' ? styles.infected : styles.state}>
          {t(file.state === 'infected' ? 'files.infected' : 'files.held')}
        </Text>
      </>
    );
  }
  return (
    <>
      <Button
        className={picture && content.data ? styles.picture : styles.button}
        appearance="outline"
        icon={picture && content.data ? null : <DocumentRegular />}
        onClick={keep}
        title={t('files.keep', { file: file.name })}
      >
        {picture && content.data && <img src={content.data} alt="" className={styles.image} />}
        <span>{label}</span>
      </Button>
      {file.state === 'unchecked' && (
        <Text size={200} className={styles.state}>
          {t('files.unchecked')}
        </Text>
      )}
    </>
  );
}
