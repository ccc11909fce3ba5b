import { Dropdown, Field, makeStyles, Option, Textarea, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import type { CaseDetail } from '../../protocol.ts';
import { AskDialog } from '../ask-dialog.tsx';
import { useSpeech } from '../language.tsx';
import { useMe, useNames } from '../me.ts';
import type { Act } from './use-act.ts';

const useStyles = makeStyles({ content: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM } });

/** Two questions in one case: the text is cut down to the second, and that becomes a case of its own. */
export default function SplitDialog({ detail, act, busy, onClose }: Act & { readonly detail: CaseDetail; readonly onClose: () => void }) {
  const styles = useStyles();
  const { t, language } = useSpeech();
  const me = useMe();
  const names = useNames();
  const [text, setText] = useState(detail.text);
  const [product, setProduct] = useState(detail.product);
  const second = text.trim();
  const ready = second !== '' && second !== detail.text.trim();
  const go = async () => {
    if (ready && (await act({ action: 'split', text: second, ...(product === null ? {} : { product }) }))) onClose();
  };
  return (
    <AskDialog title={t('split.title')} go={t('split.go')} barred={busy || !ready} onGo={go} onClose={onClose} content={styles.content}>
      <Field label={t('split.text')} hint={t('split.hint', { name: names.requester(detail) })} required>
        <Textarea autoFocus resize="vertical" rows={5} value={text} maxLength={8_000} onChange={(_, data) => setText(data.value)} />
      </Field>
      <Field label={t('split.product')}>
        <Dropdown
          value={names.product(product)}
          selectedOptions={product === null ? [] : [product]}
          onOptionSelect={(_, { optionValue }) => setProduct(optionValue ?? product)}
        >
          {[...me.products]
            .sort((a, b) => a.name[language].localeCompare(b.name[language], language))
            .map(({ id, name }) => (
              <Option key={id} value={id}>
                {name[language]}
              </Option>
            ))}
        </Dropdown>
      </Field>
    </AskDialog>
  );
}
