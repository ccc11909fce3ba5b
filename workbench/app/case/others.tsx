import { makeStyles, Text, tokens } from '@fluentui/react-components';
import { EyeRegular } from '@fluentui/react-icons/svg/eye';
import { useSpeech } from '../language.tsx';
import { useOthers } from './use-presence.ts';

const useStyles = makeStyles({
  all: {
    flexShrink: 0,
    display: 'flex',
    alignItems: 'center',
    gap: tokens.spacingHorizontalXS,
    padding: `0 ${tokens.spacingHorizontalL}`,
    color: tokens.colorNeutralForeground2,
  },
});

/** Who else is at this case; a screen reader hears it when it changes. */
export function Others({ id }: { readonly id: string }) {
  const styles = useStyles();
  const { t } = useSpeech();
  const others = useOthers().get(id) ?? [];
  return (
    <div role="status" className={others.length > 0 ? styles.all : undefined}>
      {others.length > 0 && <EyeRegular aria-hidden />}
      <Text size={200}>{others.map(({ name, doing }) => t(`here.${doing}`, { name })).join(' · ')}</Text>
    </div>
  );
}
