import { Text } from '@fluentui/react-components';
import { useQuery } from '@tanstack/react-query';
import { useSpeech } from '../language.tsx';
import { Notice } from '../notice.tsx';
import { currentSession } from '../session.ts';
import { Command } from '../sign-in/command.tsx';

/** Somebody whom the directory vouches for and the desk does not know as a worker: what an administrator needs to make them known. */
export function NoRole() {
  const { t } = useSpeech();
  const { data } = useQuery({ queryKey: ['session'], queryFn: currentSession });
  if (!data) return null;
  return (
    <Notice title={t('teams.noRoleTitle')}>
      <Text>{t('teams.noRole', { name: data.name })}</Text>
      {data.directoryId !== null && (
        <>
          <Text weight="semibold">{t('teams.noRoleAsk')}</Text>
          <Command>
            npx loket sign-in {t('signin.address')} --role worker --team TEAM --directory-id {data.directoryId}
          </Command>
        </>
      )}
    </Notice>
  );
}
