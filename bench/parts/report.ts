/** The shape that every benchmark has, and the table that people read. */

export interface BenchOptions {
  /** Smaller and shorter: to see that it works. */
  readonly quick: boolean;
  readonly redis: boolean;
  /** A folder of data in place of the project's own. */
  readonly data: string | null;
  /** Progress; never on stdout. */
  readonly say: (line: string) => void;
}

export type Figures = Readonly<Record<string, number | string | null>>;

/** Null where it does not apply. */
export interface BenchReport {
  readonly name: string;
  readonly ours: Figures;
  readonly floor: Figures | null;
  readonly peers: Readonly<Record<string, Figures>> | null;
  /** Ours in parts of the floor: throughput, so more is better. */
  readonly ratio: number | null;
  /** What a unit of work costs in a large register, in parts of what it costs in a small one: less is better. */
  readonly growth: number | null;
  /** Resident memory of the idle Node process. */
  readonly rssMB: number | null;
}

export function tableOf({ name, ours, floor, peers, ratio, growth, rssMB }: BenchReport): string {
  const columns: (readonly [string, Figures])[] = [
    ['ours', ours],
    ...(floor ? ([['floor', floor]] as const) : []),
    ...Object.entries(peers ?? {}),
  ];
  const keys = [...new Set(columns.flatMap(([, figures]) => Object.keys(figures)))];
  const width = Math.max(...keys.map((key) => key.length), 10);
  const line = (head: string, cells: readonly string[]) =>
    [head.padEnd(width), ...cells.map((cell) => cell.padStart(14))].join('  ').trimEnd();
  const summary: (readonly [string, number | null])[] = [
    ['ratio', ratio],
    ['growth', growth],
    ['rssMB', rssMB],
  ];
  return [
    line(
      name,
      columns.map(([head]) => head),
    ),
    ...keys.map((key) =>
      line(
        key,
        columns.map(([, figures]) => shown(figures[key])),
      ),
    ),
    '',
    ...summary.map(([key, value]) => line(key, [shown(value)])),
  ].join('\n');
}

function shown(value: number | string | null | undefined): string {
  return value === null || value === undefined ? '-' : String(value);
}
