import { Field, Radio, RadioGroup, Text } from '@fluentui/react-components';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { CaseDetail } from '../../protocol.ts';
import { AskDialog } from '../ask-dialog.tsx';
import { useSpeech } from '../language.tsx';
import { useNames } from '../me.ts';
import { disruptionsQuery } from '../queries.ts';
import type { Act } from './use-act.ts';

/** One of many reports: asks of which disruption; those of its own product stand first. */
export default function LinkDialog({ detail, act, busy, onClose }: Act & { readonly detail: CaseDetail; readonly onClose: () => void }) {
  const { t } = useSpeech();
  const names = useNames();
  const { data } = useQuery(disruptionsQuery);
  const running = (data?.running ?? [])
    .filter((it) => it.case !== detail.id)
    .toSorted((a, b) => Number(b.product === detail.product) - Number(a.product === detail.product));
  const [chosen, setChosen] = useState<string | null>(null);
  const disruption = chosen ?? running[0]?.id ?? null;
  const go = async () => {
    if (disruption !== null && (await act({ action: 'link', disruption }))) onClose();
  };
  return (
    <AskDialog
      title={t('link.dialog', { ref: detail.reference })}
      go={t('link.go')}
      barred={busy || disruption === null}
      onGo={go}
      onClose={onClose}
    >
      {running.length === 0 ? (
        <Text>{t('link.none')}</Text>
      ) : (
        <Field label={t('link.which')} hint={t('link.hint', { name: names.requester(detail) })}>
          <RadioGroup value={disruption ?? ''} onChange={(_, { value }) => setChosen(value)}>
            {running.map(({ id, title, reference, product }) => (
              <Radio key={id} value={id} label={`${title} (${names.product(product)}, ${reference})`} />
            ))}
          </RadioGroup>
        </Field>
      )}
    </AskDialog>
  );
}
