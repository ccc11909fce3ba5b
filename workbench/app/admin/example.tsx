import { Button, Card, Dropdown, Field, makeStyles, Option, Text, Textarea, tokens } from '@fluentui/react-components';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { KINDS } from '../../../domain/index.ts';
import type { ExampleRow } from '../../protocol.ts';
import { api } from '../api.ts';
import { useSpeech } from '../language.tsx';
import { useMe, useNames } from '../me.ts';
import { useTell } from '../toast.tsx';
import { useFailure } from '../use-failure.ts';

/** The value in the list that stands for no product; no product has it as its id. */
const NO_PRODUCT = '-';

const useStyles = makeStyles({
  card: { gap: tokens.spacingVerticalS },
  quiet: { color: tokens.colorNeutralForeground2 },
  text: { whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' },
  fields: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalM, '& > *': { flexGrow: 1, minWidth: '180px' } },
  buttons: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
});

/** One correction: as proposed, to be accepted as it is or changed; or as it was decided. */
export function Example({ row }: { readonly row: ExampleRow }) {
  const styles = useStyles();
  const { t, language } = useSpeech();
  const me = useMe();
  const names = useNames();
  const tell = useTell();
  const client = useQueryClient();
  const [text, setText] = useState(row.text);
  const [product, setProduct] = useState<string | null>(row.product);
  const [kind, setKind] = useState(row.kind);
  const failed = useFailure();
  const done = (key: 'learning.acceptedNow' | 'learning.rejectedNow') => () => {
    tell(t(key));
    void client.invalidateQueries({ queryKey: ['learning'] });
  };
  const accept = useMutation({
    mutationFn: () => api.acceptExample(row.id, { text: text.trim(), product: product === NO_PRODUCT ? null : product, kind }),
    onSuccess: done('learning.acceptedNow'),
    onError: failed,
  });
  const reject = useMutation({ mutationFn: () => api.rejectExample(row.id), onSuccess: done('learning.rejectedNow'), onError: failed });
  const busy = accept.isPending || reject.isPending;
  const products = [...me.products].sort((a, b) => a.name[language].localeCompare(b.name[language], language));
  const shown = product === null ? '' : product === NO_PRODUCT ? t('learning.noProduct') : names.product(product);
  const who = { name: row.by, ref: row.reference };
  return (
    <Card className={styles.card}>
      <Text size={200} className={styles.quiet}>
        {row.team === null ? t('learning.by', who) : t('learning.toTeam', { ...who, team: names.team(row.team) })}
        {' · '}
        {t('learning.was', { was: `${names.product(row.was.product)}, ${t(`kind.${row.was.kind}`)}` })}
      </Text>
      {row.state === 'proposed' ? (
        <>
          <Field label={t('learning.text')}>
            <Textarea value={text} resize="vertical" onChange={(_, data) => setText(data.value)} />
          </Field>
          <div className={styles.fields}>
            <Field label={t('learning.product')}>
              <Dropdown
                placeholder={t('learning.choose')}
                value={shown}
                selectedOptions={product === null ? [] : [product]}
                onOptionSelect={(_, data) => setProduct(data.optionValue ?? product)}
              >
                <Option value={NO_PRODUCT}>{t('learning.noProduct')}</Option>
                {products.map(({ id, name }) => (
                  <Option key={id} value={id}>
                    {name[language]}
                  </Option>
                ))}
              </Dropdown>
            </Field>
            <Field label={t('learning.kind')}>
              <Dropdown
                value={t(`kind.${kind}`)}
                selectedOptions={[kind]}
                onOptionSelect={(_, data) => setKind(KINDS.find((known) => known === data.optionValue) ?? kind)}
              >
                {KINDS.map((known) => (
                  <Option key={known} value={known}>
                    {t(`kind.${known}`)}
                  </Option>
                ))}
              </Dropdown>
            </Field>
          </div>
        </>
      ) : (
        <>
          <Text className={styles.text}>{row.text}</Text>
          <Text weight="semibold">
            {row.product === null ? t('learning.noProduct') : names.product(row.product)}, {t(`kind.${row.kind}`)}
          </Text>
        </>
      )}
      <div className={styles.buttons}>
        {row.state === 'proposed' && (
          <Button appearance="primary" disabledFocusable={busy || product === null || text.trim() === ''} onClick={() => accept.mutate()}>
            {t('learning.accept')}
          </Button>
        )}
        {row.state !== 'rejected' && (
          <Button disabledFocusable={busy} onClick={() => reject.mutate()}>
            {t(row.state === 'accepted' ? 'learning.takeBack' : 'learning.reject')}
          </Button>
        )}
      </div>
    </Card>
  );
}
