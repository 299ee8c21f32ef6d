/** What every bench gives: tables for people, budgets for machines. */

export interface Table {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
}

export interface Budget {
  /** Dotted and stable: `service.search.p99`. */
  readonly id: string;
  readonly value: number;
  readonly unit: string;
  /** The value may not be above it. */
  readonly limit: number;
}

export interface BenchReport {
  readonly tables: readonly Table[];
  readonly budgets: readonly Budget[];
  /** What the reader must know to take the figures for what they are. */
  readonly notes: readonly string[];
}

/** One module a bench; its name is its file's. */
export interface Bench {
  readonly summary: string;
  readonly run: (options: BenchOptions) => Promise<BenchReport>;
}

export interface BenchOptions {
  /** Replaces the default size: tracks, tries, whatever the bench counts. */
  readonly size: number | null;
  readonly progress: (sentence: string) => void;
}

export const isOver = (budget: Budget): boolean => !(budget.value <= budget.limit);

/** At most three significant digits: more would claim a precision that a noisy machine does not have. */
export const figure = (value: number): string =>
  Number.isInteger(value) || value >= 100
    ? Math.round(value).toLocaleString('en')
    : String(Number(value.toPrecision(3)));

export function renderTable({ title, columns, rows }: Table): string {
  const cells = [columns, ...rows].map((row) =>
    row.map((cell) => (typeof cell === 'number' ? figure(cell) : cell)),
  );
  const widths = columns.map((_, column) => Math.max(...cells.map((row) => (row[column] ?? '').length)));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd();
  const [head = [], ...body] = cells;
  return [title, line(head), widths.map((width) => '─'.repeat(width)).join('  '), ...body.map(line)].join(
    '\n',
  );
}

export const renderBudget = (budget: Budget): string =>
  `budget ${budget.id} ${figure(budget.value)} ${budget.unit} limit ${figure(budget.limit)} ${isOver(budget) ? 'over' : 'ok'}`;
