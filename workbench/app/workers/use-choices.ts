import type { WorkerList } from '../../protocol-workers.ts';
import { useSpeech } from '../language.tsx';
import { useNames } from '../me.ts';

/** What skills and wishes are called, in the reader's language. What the catalogue no longer has is shown as it is. */
export function useChoices({ groups, places }: Pick<WorkerList, 'groups' | 'places'>) {
  const { t, language } = useSpeech();
  const names = useNames();
  const group = (id: string) => groups.find((known) => known.id === id)?.name[language];
  return {
    product: (id: string): string => names.product(id),
    place: (id: string): string => places.find((known) => known.id === id)?.name[language] ?? id,
    skill: (id: string): string => {
      const whole = group(id);
      return whole === undefined ? names.product(id) : t('workers.all', { group: whole });
    },
    /** Whole groups, each followed by its products. */
    skills: groups.flatMap(({ id, products }) => [id, ...products]),
    products: groups.flatMap(({ products }) => products),
    places: places.map(({ id }) => id),
  };
}
