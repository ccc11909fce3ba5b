import {
  Avatar,
  Button,
  Menu,
  MenuDivider,
  MenuGroup,
  MenuGroupHeader,
  MenuItem,
  MenuItemRadio,
  MenuList,
  MenuPopover,
  MenuTrigger,
} from '@fluentui/react-components';
import { PersonRegular } from '@fluentui/react-icons/svg/person';
import { SignOutRegular } from '@fluentui/react-icons/svg/sign-out';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '../api.ts';
import { LANGUAGES, useSpeech } from '../language.tsx';
import { useMe } from '../me.ts';
import { meQuery } from '../queries.ts';
import { IN_TEAMS } from '../teams/place.ts';
import { LOOKS, useLook } from '../theme.tsx';
import { useFailure } from '../use-failure.ts';

const LANGUAGE_NAMES = { nl: 'Nederlands', en: 'English' } as const;

/** Who is signed in, with what they may set for themselves on this machine; in Teams that is for Teams to say. */
export function SettingsMenu() {
  const me = useMe();
  const { t, language, setLanguage } = useSpeech();
  const { look, setLook } = useLook();
  const client = useQueryClient();
  const signOut = useMutation({
    mutationFn: api.signOut,
    onSuccess: ({ continueAt }) => {
      // The provider's session ends at the provider; it sends the browser back.
      if (continueAt) return window.location.assign(continueAt);
      client.clear();
      client.setQueryData(meQuery.queryKey, null);
    },
    onError: useFailure(),
  });
  return (
    <Menu
      checkedValues={{ language: [language], look: [look] }}
      onCheckedValueChange={(_, { name, checkedItems: [chosen] }) => {
        const newLanguage = LANGUAGES.find((known) => name === 'language' && known === chosen);
        const newLook = LOOKS.find((known) => name === 'look' && known === chosen);
        if (newLanguage) setLanguage(newLanguage);
        if (newLook) setLook(newLook);
      }}
    >
      <MenuTrigger disableButtonEnhancement>
        <Button
          appearance="subtle"
          shape="circular"
          aria-label={`${me.name}, ${t('app.settings')}`}
          title={me.name}
          icon={<Avatar aria-hidden icon={<PersonRegular />} size={28} color="brand" />}
        />
      </MenuTrigger>
      <MenuPopover>
        <MenuList>
          <MenuGroup>
            <MenuGroupHeader>
              {me.name} · {t(`role.${me.role}`)}
            </MenuGroupHeader>
          </MenuGroup>
          {!IN_TEAMS && (
            <>
              <MenuDivider />
              <MenuGroup>
                <MenuGroupHeader>{t('app.language')}</MenuGroupHeader>
                {LANGUAGES.map((known) => (
                  <MenuItemRadio key={known} name="language" value={known} lang={known}>
                    {LANGUAGE_NAMES[known]}
                  </MenuItemRadio>
                ))}
              </MenuGroup>
              <MenuDivider />
              <MenuGroup>
                <MenuGroupHeader>{t('app.theme')}</MenuGroupHeader>
                {LOOKS.map((known) => (
                  <MenuItemRadio key={known} name="look" value={known}>
                    {t(`theme.${known}`)}
                  </MenuItemRadio>
                ))}
              </MenuGroup>
              <MenuDivider />
              <MenuItem icon={<SignOutRegular />} onClick={() => signOut.mutate()}>
                {t('app.signOut')}
              </MenuItem>
            </>
          )}
        </MenuList>
      </MenuPopover>
    </Menu>
  );
}
