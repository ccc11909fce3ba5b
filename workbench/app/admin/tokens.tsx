import { Button, Card, Field, Input, Spinner, Text, Title3 } from '@fluentui/react-components';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { API_SCOPES } from '../../../domain/index.ts';
import type { TokenRow } from '../../protocol.ts';
import { api } from '../api.ts';
import { useNow } from '../browser-state.ts';
import { useSpeech } from '../language.tsx';
import { moment } from '../time-left.ts';
import { Failure, Secret, useSystemStyles } from './system-parts.tsx';

/** The tokens of other systems: made, listed, withdrawn. */
export function Tokens() {
  const styles = useSystemStyles();
  const { t } = useSpeech();
  const client = useQueryClient();
  const list = useQuery({ queryKey: ['tokens'], queryFn: api.tokens });
  const [name, setName] = useState('');
  const [scopes, setScopes] = useState<string>(API_SCOPES.slice(0, 2).join(' '));
  const [days, setDays] = useState('365');
  const told = () => client.invalidateQueries({ queryKey: ['tokens'] });
  const make = useMutation({ mutationFn: api.makeToken, onSuccess: told });
  const revoke = useMutation({ mutationFn: api.revokeToken, onSuccess: told });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    make.mutate({ name: name.trim(), scopes: scopes.split(/\s+/).filter(Boolean), days: Number(days) });
  };
  return (
    <>
      <Title3 as="h2">{t('systems.tokens')}</Title3>
      <form className={styles.form} onSubmit={submit}>
        <Field className={styles.field} label={t('systems.name')} required>
          <Input value={name} autoComplete="off" onChange={(_, data) => setName(data.value)} />
        </Field>
        <Field className={styles.field} label={t('systems.scopes')} hint={[...API_SCOPES, 'restricted:…'].join(' ')} required>
          <Input value={scopes} autoComplete="off" onChange={(_, data) => setScopes(data.value)} />
        </Field>
        <Field className={styles.field} label={t('systems.days')} required>
          <Input type="number" min={1} max={3650} value={days} onChange={(_, data) => setDays(data.value)} />
        </Field>
        <Button type="submit" appearance="primary" disabledFocusable={name.trim() === '' || make.isPending}>
          {t('systems.makeToken')}
        </Button>
      </form>
      <Failure error={make.error ?? revoke.error} />
      {make.data && <Secret value={make.data.secret} />}
      {list.isPending && <Spinner size="small" />}
      {list.data?.tokens.length === 0 && <Text className={styles.quiet}>{t('systems.noTokens')}</Text>}
      <ul className={styles.list}>
        {list.data?.tokens.map((token) => (
          <li key={token.id}>
            <Token token={token} onRevoke={() => revoke.mutate(token.id)} />
          </li>
        ))}
      </ul>
    </>
  );
}

function Token({ token, onRevoke }: { readonly token: TokenRow; readonly onRevoke: () => void }) {
  const styles = useSystemStyles();
  const { t, language } = useSpeech();
  const now = useNow();
  const at = (text: string) => ({ at: moment(new Date(text), now, language) });
  const state = token.revokedAt ? t('systems.revoked', at(token.revokedAt)) : t('systems.until', at(token.expiresAt));
  return (
    <Card>
      <Text weight="semibold" className={styles.name}>
        {token.name}
      </Text>
      <Text className={styles.quiet}>{token.scopes.join(' ')}</Text>
      <Text className={styles.quiet}>
        {state} · {token.lastUsedAt ? t('systems.used', at(token.lastUsedAt)) : t('systems.unused')}
      </Text>
      {token.revokedAt === null && (
        <div>
          <Button onClick={onRevoke}>{t('systems.revoke', { name: token.name })}</Button>
        </div>
      )}
    </Card>
  );
}
