import {
  Button,
  Dropdown,
  Field,
  Input,
  MessageBar,
  MessageBarBody,
  makeStyles,
  Option,
  Radio,
  RadioGroup,
  tokens,
} from '@fluentui/react-components';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { ROLES, type Role, scopeOf } from '../../../domain/index.ts';
import type { Link, LinkRequest } from '../../protocol.ts';
import { api } from '../api.ts';
import { useSpeech } from '../language.tsx';
import { useMe, useNames } from '../me.ts';
import { useReason } from '../use-failure.ts';
import { NewLink } from './new-link.tsx';
import { Page } from './page.tsx';

/** Who is of no use without a team, and who may have one. */
const needsTeam = (role: Role) => scopeOf(role, 'read') === 'own';
const mayHaveTeam = (role: Role) => role !== 'auditor';

const useStyles = makeStyles({
  form: {
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'flex-start',
    gap: tokens.spacingVerticalL,
    maxWidth: '420px',
    '& > *': { width: '100%' },
  },
  button: { width: 'auto' },
});

/** Gives a colleague access: a link that signs them in once. */
export default function PeoplePage() {
  const styles = useStyles();
  const { t, language } = useSpeech();
  const reason = useReason();
  const me = useMe();
  const names = useNames();
  const [name, setName] = useState('');
  const [address, setAddress] = useState('');
  const [role, setRole] = useState<Role>('worker');
  const [team, setTeam] = useState('');
  const [made, setMade] = useState<{ readonly link: Link; readonly name: string } | null>(null);
  const make = useMutation({
    mutationFn: (request: LinkRequest) => api.link(request),
    onMutate: () => setMade(null),
    onSuccess: (link, request) => setMade({ link, name: request.name ?? request.address }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    make.mutate({
      address: address.trim(),
      role,
      ...(name.trim() === '' ? {} : { name: name.trim() }),
      ...(mayHaveTeam(role) && team !== '' ? { team } : {}),
    });
  };
  const ready = address.includes('@') && (!needsTeam(role) || team !== '');
  return (
    <Page title={t('page.people')} intro={t('people.intro')}>
      <form className={styles.form} onSubmit={submit}>
        <Field label={t('people.name')}>
          <Input value={name} autoComplete="off" onChange={(_, data) => setName(data.value)} />
        </Field>
        <Field label={t('people.address')} required>
          <Input type="email" value={address} autoComplete="off" onChange={(_, data) => setAddress(data.value)} />
        </Field>
        <Field label={t('people.role')}>
          <RadioGroup value={role} onChange={(_, data) => setRole(ROLES.find((known) => known === data.value) ?? role)}>
            {ROLES.map((known) => (
              <Radio key={known} value={known} label={t(`role.${known}`)} />
            ))}
          </RadioGroup>
        </Field>
        {mayHaveTeam(role) && (
          <Field label={t('people.team')} required={needsTeam(role)}>
            <Dropdown
              placeholder={t('people.chooseTeam')}
              value={team === '' ? '' : names.team(team)}
              selectedOptions={team === '' ? [] : [team]}
              onOptionSelect={(_, data) => setTeam(data.optionValue ?? '')}
            >
              {me.allTeams.map((known) => (
                <Option key={known.id} value={known.id}>
                  {known.name[language]}
                </Option>
              ))}
            </Dropdown>
          </Field>
        )}
        {make.isError && (
          <MessageBar intent="error" layout="multiline">
            <MessageBarBody>{reason(make.error)}</MessageBarBody>
          </MessageBar>
        )}
        <Button className={styles.button} type="submit" appearance="primary" disabledFocusable={!ready || make.isPending}>
          {t('people.make')}
        </Button>
      </form>
      {made && <NewLink link={made.link} name={made.name} />}
    </Page>
  );
}
