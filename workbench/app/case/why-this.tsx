import { Button, makeStyles, Text, tokens } from '@fluentui/react-components';
import type { Assisted } from '../../../domain/index.ts';
import type { CaseDetail } from '../../protocol.ts';
import { useSpeech } from '../language.tsx';
import { useNames } from '../me.ts';
import { isTextKey } from '../texts.ts';
import { Block, Blocks } from './block.tsx';
import { WhyTime } from './why-time.tsx';

const useStyles = makeStyles({
  bars: {
    width: '100%',
    maxWidth: '480px',
    margin: 0,
    padding: 0,
    listStyleType: 'none',
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalS,
  },
  line: { display: 'flex', justifyContent: 'space-between', gap: tokens.spacingHorizontalM },
  track: { height: '6px', borderRadius: tokens.borderRadiusCircular, backgroundColor: tokens.colorNeutralBackground5, overflow: 'hidden' },
  fill: { height: '100%', backgroundColor: tokens.colorCompoundBrandBackground },
  other: { backgroundColor: tokens.colorNeutralStrokeAccessible },
  words: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS, margin: 0, padding: 0, listStyleType: 'none' },
  word: {
    padding: `2px ${tokens.spacingHorizontalS}`,
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorNeutralBackground4,
    fontSize: tokens.fontSizeBase300,
  },
  against: { textDecorationLine: 'line-through', color: tokens.colorNeutralForeground2 },
  quiet: { color: tokens.colorNeutralForeground2, overflowWrap: 'anywhere' },
});

/** Why the case is where it is, so that a mistake is seen and mended in one step. */
export function WhyThis({ detail, onMove }: { readonly detail: CaseDetail; readonly onMove: (() => void) | null }) {
  const styles = useStyles();
  const { t } = useSpeech();
  const names = useNames();
  const { why } = detail;
  // What shows as 0,0 didn't count.
  const words = why.words.filter(({ weight }) => Math.abs(weight) >= 0.05);
  const rule = `rule.${why.rule}`;
  return (
    <Blocks>
      <Block title={t('why.chosen')}>
        <ul className={styles.bars}>
          <Sure name={names.product(detail.product)} confidence={why.confidence} first />
        </ul>
        <Text>{isTextKey(rule) ? t(rule) : why.rule}</Text>
        {onMove && <Button onClick={onMove}>{t('why.wrong')}</Button>}
      </Block>
      {why.runnersUp.length > 0 && (
        <Block title={t('why.others')}>
          <ul className={styles.bars}>
            {why.runnersUp.map(({ product, confidence }) => (
              <Sure key={product} name={names.product(product)} confidence={confidence} />
            ))}
          </ul>
        </Block>
      )}
      <Block title={t('why.words')}>
        {words.length === 0 ? (
          <Text className={styles.quiet}>{t('why.noWords')}</Text>
        ) : (
          <ul className={styles.words}>
            {words.map(({ word, weight }) => (
              <li key={word} className={styles.word}>
                <span className={weight < 0 ? styles.against : undefined}>{word}</span>{' '}
                <Text size={200} className={styles.quiet}>
                  {weight > 0 ? '+' : ''}
                  {weight.toFixed(1)}
                </Text>
              </li>
            ))}
          </ul>
        )}
      </Block>
      <WhyTime detail={detail} />
      {why.assisted && <Help assisted={why.assisted} />}
      <Text size={200} className={styles.quiet}>
        {t('why.versions', { catalogue: why.catalogue, model: why.model })}
      </Text>
    </Blocks>
  );
}

/** What a language model did, where it was asked. */
function Help({ assisted: { model, chose, fields, phrased, failed } }: { readonly assisted: Assisted }) {
  const { t } = useSpeech();
  const names = useNames();
  return (
    <Block title={t('why.assisted')}>
      {chose === null && <Text block>{t('assisted.none', { model })}</Text>}
      {typeof chose === 'string' && <Text block>{t('assisted.chose', { model, product: names.product(chose) })}</Text>}
      {fields && fields.length > 0 && <Text block>{t('assisted.fields', { model })}</Text>}
      {phrased && <Text block>{t('assisted.phrased', { model })}</Text>}
      {failed && <Text block>{t('assisted.failed', { model, reason: t(`failed.${failed}`) })}</Text>}
    </Block>
  );
}

function Sure({ name, confidence, first = false }: { readonly name: string; readonly confidence: number; readonly first?: boolean }) {
  const styles = useStyles();
  const { t } = useSpeech();
  const percent = Math.round(confidence * 100);
  return (
    <li>
      <div className={styles.line}>
        <Text weight={first ? 'semibold' : 'regular'}>{name}</Text>
        <Text>{t('why.sure', { percent: percent < 1 ? '<1' : percent })}</Text>
      </div>
      <div className={styles.track} aria-hidden>
        <div className={first ? styles.fill : `${styles.fill} ${styles.other}`} style={{ width: `${percent}%` }} />
      </div>
    </li>
  );
}
