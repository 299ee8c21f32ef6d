/**
 * Pages of lists. A cursor names the last item of its page by what the list is sorted by, so whatever is added or
 * removed meanwhile, nothing that stays is given twice or left out.
 */
import type { Database, Statement } from 'better-sqlite3';
import { z } from 'zod';

const cursorSchema = z.tuple([
  z.string(),
  z.union([z.string(), z.number()]),
  z.union([z.string(), z.number()]),
]);

/** A cursor that this service did not make, or made for another list. */
export class CursorError extends Error {
  override readonly name = 'CursorError';
}

export interface PageOf<Item> {
  readonly items: readonly Item[];
  readonly nextCursor: string | null;
  readonly total: number;
}

export interface PageRequest {
  readonly cursor?: string | undefined;
  readonly limit: number;
}

/** A list in SQL: rows of `tables` that fulfil `where`, by two columns that never tie. */
export interface ListSource {
  /** Stands in its cursors. */
  readonly name: string;
  readonly columns: string;
  readonly tables: string;
  readonly where: string;
  readonly parameters: readonly (number | string)[];
  readonly sortedBy: readonly [first: string, second: string];
}

type Key = string | number;
type Keyed = { readonly first_key: Key; readonly second_key: Key };

const encode = (name: string, row: Keyed): string =>
  Buffer.from(JSON.stringify([name, row.first_key, row.second_key])).toString('base64url');

const decode = (name: string, cursor: string): readonly [Key, Key] => {
  let parsed: unknown;
  try {
    parsed = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch (error) {
    throw new CursorError('The cursor is not one of ours.', { cause: error });
  }
  const checked = cursorSchema.safeParse(parsed);
  if (!checked.success || checked.data[0] !== name) throw new CursorError('The cursor is not of this list.');
  return [checked.data[1], checked.data[2]];
};

/** A dozen lists, each with and without a cursor: prepared once. */
const statements = new WeakMap<Database, Map<string, Statement>>();
const prepared = <Row>(database: Database, sql: string): Statement<(number | string)[], Row> => {
  const known = statements.get(database) ?? new Map<string, Statement>();
  statements.set(database, known);
  const statement = known.get(sql) ?? database.prepare(sql);
  known.set(sql, statement);
  return statement as Statement<(number | string)[], Row>;
};

/** Reads one page. The lists are indexed in the order they are given out, so a page costs what is on it. */
export const readPage = <Row, Item>(
  database: Database,
  source: ListSource,
  request: PageRequest,
  total: number,
  toItem: (row: Row) => Item,
): PageOf<Item> => {
  const [first, second] = source.sortedBy;
  const after = request.cursor === undefined ? null : decode(source.name, request.cursor);
  const statement = prepared<Row & Keyed>(
    database,
    `SELECT ${source.columns}, ${first} AS first_key, ${second} AS second_key FROM ${source.tables}
     WHERE ${source.where} ${after === null ? '' : `AND (${first}, ${second}) > (?, ?)`}
     ORDER BY ${first}, ${second} LIMIT ?`,
  );
  const rows = statement.all(...source.parameters, ...(after ?? []), request.limit + 1);
  const page = rows.slice(0, request.limit);
  const last = page.at(-1);
  return {
    items: page.map(toItem),
    nextCursor: rows.length > request.limit && last !== undefined ? encode(source.name, last) : null,
    total,
  };
};
