import { Combobox, Dropdown, Field, makeStyles, Option, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import { KINDS, type Kind } from '../../../domain/index.ts';
import type { CaseDetail } from '../../protocol.ts';
import { AskDialog } from '../ask-dialog.tsx';
import { useSpeech } from '../language.tsx';
import { useMe, useNames } from '../me.ts';
import type { Act } from './use-act.ts';

const useStyles = makeStyles({
  content: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalL },
  team: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
  option: { display: 'flex', flexDirection: 'column' },
});

type Target = { readonly product: string; readonly team: string } | { readonly team: string };

/** Corrects product, team or kind in one step. A product is better than a team alone: it also teaches the desk. */
export default function MoveDialog({ detail, act, busy, onClose }: Act & { readonly detail: CaseDetail; readonly onClose: () => void }) {
  const styles = useStyles();
  const { t, language } = useSpeech();
  const me = useMe();
  const names = useNames();
  const [typed, setTyped] = useState('');
  const [target, setTarget] = useState<Target | null>(null);
  const [kind, setKind] = useState<Kind>(detail.kind);
  const products = me.products
    .filter((product) => product.id !== detail.product)
    .map((product) => ({ id: product.id, name: product.name[language], team: product.team, teamName: names.team(product.team) }))
    .filter((product) => fits(`${product.name} ${product.teamName}`, typed))
    .sort((a, b) => a.name.localeCompare(b.name, language));
  const teams = me.allTeams.filter((team) => team.id !== detail.team);
  const chosenProduct = target && 'product' in target ? target.product : null;
  const chosenTeam = target && !('product' in target) ? target.team : null;
  const corrects = kind !== detail.kind;
  const go = async () => {
    if (!target && !corrects) return;
    const where = !target ? {} : 'product' in target ? { product: target.product } : { team: target.team };
    const done = await act({ action: 'move', ...where, ...(corrects ? { kind } : {}) });
    if (done) onClose();
  };
  return (
    <AskDialog
      title={t('move.title', { ref: detail.reference })}
      go={target === null ? t(corrects ? 'move.kindOnly' : 'move.goNowhere') : t('move.go', { team: names.team(target.team) })}
      barred={busy || (target === null && !corrects)}
      onGo={go}
      onClose={onClose}
      content={styles.content}
    >
      <Field label={t('move.product')} hint={t('move.productHint')}>
        <Combobox
          autoFocus
          value={chosenProduct === null ? typed : names.product(chosenProduct)}
          selectedOptions={chosenProduct === null ? [] : [chosenProduct]}
          onChange={(event) => {
            setTyped(event.target.value);
            setTarget(null);
          }}
          onOptionSelect={(_, { optionValue }) => {
            const product = me.products.find(({ id }) => id === optionValue);
            setTarget(product ? { product: product.id, team: product.team } : null);
            setTyped('');
          }}
        >
          {products.map((product) => (
            <Option key={product.id} value={product.id} text={product.name}>
              <span className={styles.option}>
                {product.name}
                <span className={styles.team}>{product.teamName}</span>
              </span>
            </Option>
          ))}
          {products.length === 0 && (
            <Option disabled text="" value="">
              {t('move.noHit')}
            </Option>
          )}
        </Combobox>
      </Field>
      <Field label={t('move.orTeam')}>
        <Dropdown
          value={chosenTeam === null ? '' : names.team(chosenTeam)}
          selectedOptions={chosenTeam === null ? [] : [chosenTeam]}
          onOptionSelect={(_, { optionValue }) => setTarget(optionValue === undefined ? null : { team: optionValue })}
        >
          {teams.map((team) => (
            <Option key={team.id} value={team.id}>
              {team.name[language]}
            </Option>
          ))}
        </Dropdown>
      </Field>
      <Field label={t('move.kind')}>
        <Dropdown
          value={t(`kind.${kind}`)}
          selectedOptions={[kind]}
          onOptionSelect={(_, { optionValue }) => setKind(KINDS.find((known) => known === optionValue) ?? kind)}
        >
          {KINDS.map((known) => (
            <Option key={known} value={known}>
              {t(`kind.${known}`)}
            </Option>
          ))}
        </Dropdown>
      </Field>
    </AskDialog>
  );
}

/** Every word typed stands somewhere in the name, whatever the accents. */
function fits(name: string, typed: string): boolean {
  const plain = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  const hay = plain(name);
  return plain(typed)
    .split(/\s+/)
    .every((word) => hay.includes(word));
}
