import { Button, makeStyles, ProgressBar, Text, tokens } from '@fluentui/react-components';
import { AttachRegular } from '@fluentui/react-icons/svg/attach';
import { CameraRegular } from '@fluentui/react-icons/svg/camera';
import { DismissRegular } from '@fluentui/react-icons/svg/dismiss';
import { useRef } from 'react';
import { useSpeech } from '../language.tsx';
import { sizeOf } from './file-size.ts';
import type { Upload, Uploads } from './use-uploads.ts';

const useStyles = makeStyles({
  list: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalXS,
    margin: 0,
    padding: 0,
    listStyleType: 'none',
    maxHeight: '24vh',
    overflowY: 'auto',
  },
  item: { display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalS },
  words: { flexGrow: 1, minWidth: 0, overflowWrap: 'anywhere', display: 'flex', flexDirection: 'column' },
  failed: { color: tokens.colorStatusDangerForeground1 },
  buttons: { display: 'inline-flex' },
});

/** The files that go along, each with how it stands, to be taken away again. */
export function FileTray({ uploads }: { readonly uploads: Uploads }) {
  const styles = useStyles();
  const { t } = useSpeech();
  if (uploads.list.length === 0) return null;
  return (
    <ul className={styles.list} aria-label={t('files.label')}>
      {uploads.list.map((one) => (
        <li key={one.key} className={styles.item}>
          <Waiting one={one} />
          <Button
            appearance="subtle"
            icon={<DismissRegular />}
            aria-label={t('files.remove', { file: one.name })}
            onClick={() => uploads.remove(one.key)}
          />
        </li>
      ))}
    </ul>
  );
}

function Waiting({ one }: { readonly one: Upload }) {
  const styles = useStyles();
  const { t, language } = useSpeech();
  return (
    <span className={styles.words}>
      <Text size={200}>
        {one.name} · {sizeOf(one.size, language)}
      </Text>
      {one.state.kind === 'sending' && <ProgressBar aria-label={t('files.sending')} />}
      {one.state.kind === 'failed' && (
        <Text size={200} className={styles.failed} role="alert">
          {one.state.why}
        </Text>
      )}
      {one.state.kind === 'kept' && one.state.file.state === 'held' && <Text size={200}>{t('files.held')}</Text>}
    </span>
  );
}

/** From the disk, and on a phone straight from the camera. */
export function FileButtons({ add, phone }: { readonly add: Uploads['add']; readonly phone: boolean }) {
  const styles = useStyles();
  const { t } = useSpeech();
  const any = useRef<HTMLInputElement>(null);
  const camera = useRef<HTMLInputElement>(null);
  const chosen = ({ currentTarget }: { readonly currentTarget: HTMLInputElement }) => {
    add([...(currentTarget.files ?? [])]);
    // The same file can be chosen again.
    currentTarget.value = '';
  };
  return (
    <span className={styles.buttons}>
      <input ref={any} type="file" multiple hidden aria-hidden data-files="any" onChange={chosen} />
      <Button
        appearance="subtle"
        icon={<AttachRegular />}
        aria-label={t('files.add')}
        title={t('files.add')}
        onClick={() => any.current?.click()}
      />
      {phone && (
        <>
          <input ref={camera} type="file" accept="image/*" capture="environment" hidden aria-hidden data-files="camera" onChange={chosen} />
          <Button
            appearance="subtle"
            icon={<CameraRegular />}
            aria-label={t('files.photo')}
            title={t('files.photo')}
            onClick={() => camera.current?.click()}
          />
        </>
      )}
    </span>
  );
}
