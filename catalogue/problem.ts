/** Something wrong in the catalogue's files, so said that whoever wrote the line can mend it. */
export interface Problem {
  /** Relative to the catalogue's folder, with `/`. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** Where in the file's content, by id where there is one: `products[lift].fields[place].type`. */
  readonly path: string;
  readonly message: string;
  /** The nearest right thing, when one is near. */
  readonly hint?: string | undefined;
}

/** A place in a file's content, as keys and indexes from its root. */
export type Path = readonly (string | number)[];

/** One line for a terminal: `groups/travel.yaml:12: products[taxi].team: unknown team "ict2" (did you mean "ict"?)`. */
export function formatProblem(problem: Problem): string {
  const place = problem.path === '' ? '' : `${problem.path}: `;
  return `${problem.file}:${problem.line}: ${place}${problem.message}${problem.hint ? ` (${problem.hint})` : ''}`;
}

/** The hint that names a near word, if there is one. */
export function didYouMean(word: string | null): string | undefined {
  return word === null ? undefined : `did you mean "${word}"?`;
}
