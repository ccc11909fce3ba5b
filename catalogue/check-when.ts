import { nearest } from './nearest.ts';
import { didYouMean, type Path, type Problem } from './problem.ts';
import type { ProductEntry } from './schema.ts';
import type { SourceFile } from './source-file.ts';

type FieldEntry = ProductEntry['fields'][number];

/**
 * A condition on an answer: its field is there, and has these values.
 * @param before the fields that are asked before it
 */
export function checkWhen(file: SourceFile, path: Path, when: FieldEntry['when'], before: readonly FieldEntry[]): Problem[] {
  if (!when) return [];
  const other = before.find(({ id }) => id === when.field);
  if (!other) {
    const hint = didYouMean(
      nearest(
        when.field,
        before.map(({ id }) => id),
      ),
    );
    return [file.problemAt([...path, 'when', 'field'], `there is no field "${when.field}" before this one`, hint)];
  }
  const values = other.type === 'yes-no' ? ['yes', 'no'] : (other.choices ?? []).map(({ id }) => id);
  if (values.length === 0)
    return [file.problemAt([...path, 'when', 'field'], `"${other.id}" is a ${other.type}; only a choice or yes-no can be asked after`)];
  return when.is.flatMap((value, i) => {
    if (values.includes(value)) return [];
    return [
      file.problemAt(
        [...path, 'when', 'is', i],
        `"${value}" is no value of "${other.id}"`,
        didYouMean(nearest(value, values)) ?? `known: ${values.join(', ')}`,
      ),
    ];
  });
}
