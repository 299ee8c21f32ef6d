/**
 * Pages of lists. Cursors are made like the service's, of the same keys: a list that was begun with the service goes on from
 * the same place when the network is gone, and the other way round.
 */
import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { HostFailure } from '../../contract/host-error.ts';
import { prepare, type Statement } from './sql.ts';
import { readBody } from './row-body.ts';

const cursorSchema = z.tuple([
  z.string(),
  z.union([z.string(), z.number()]),
  z.union([z.string(), z.number()]),
]);

type Key = string | number;

export interface PageOf<Item> {
  readonly items: readonly Item[];
  readonly nextCursor: string | null;
  readonly total: number;
}

export interface PageRequest {
  readonly cursor?: string | undefined;
  readonly limit?: number | undefined;
}

/** A list in SQL: rows of `tables` that fulfil `where`, by two columns that never tie. */
export interface ListSource {
  /** Stands in its cursors; the service's name for the list. */
  readonly name: string;
  /** Gives `body`. */
  readonly body: string;
  readonly tables: string;
  readonly where: string;
  readonly sortedBy: readonly [first: string, second: string];
  /** Stands in cursors for the second one, where the service's has another meaning. */
  readonly secondInCursor?: string;
}

/** As the service does when no limit is given. */
const DEFAULT_LIMIT = 50;

const encode = (name: string, first: Key, second: Key): string =>
  Buffer.from(JSON.stringify([name, first, second])).toString('base64url');

const decode = (name: string, cursor: string): readonly [Key, Key] => {
  let parsed: unknown;
  try {
    parsed = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch (error) {
    throw new HostFailure('invalid_argument', 'the cursor is not one of ours', { cause: error });
  }
  const checked = cursorSchema.safeParse(parsed);
  if (!checked.success || checked.data[0] !== name) {
    throw new HostFailure('invalid_argument', 'the cursor is not of this list');
  }
  return [checked.data[1], checked.data[2]];
};

interface PageRow {
  readonly body: string;
  readonly first_key: Key;
  readonly second_key: Key;
}

/** Makes a list's reader. Rejects a cursor of another list with `invalid_argument`. */
export const createList = <Item>(
  database: DatabaseSync,
  source: ListSource,
): ((parameters: readonly Key[], request: PageRequest) => PageOf<Item>) => {
  const [first, second] = source.sortedBy;
  const select = (after: string): Statement<PageRow> =>
    prepare<PageRow>(
      database,
      `SELECT ${source.body} AS body, ${first} AS first_key, ${source.secondInCursor ?? second} AS second_key FROM ${source.tables}
       WHERE ${source.where} ${after} ORDER BY ${first}, ${second} LIMIT ?`,
    );
  const fromStart = select('');
  const fromCursor = select(`AND (${first}, ${second}) > (?, ?)`);
  const count = prepare<{ total: number }>(
    database,
    `SELECT count(*) AS total FROM ${source.tables} WHERE ${source.where}`,
  );
  return (parameters, { cursor, limit = DEFAULT_LIMIT }) => {
    const rows =
      cursor === undefined
        ? fromStart.all(...parameters, limit + 1)
        : fromCursor.all(...parameters, ...decode(source.name, cursor), limit + 1);
    const page = rows.slice(0, limit);
    const last = page.at(-1);
    return {
      items: page.map((row) => readBody<Item>(row.body)),
      nextCursor:
        rows.length > limit && last !== undefined
          ? encode(source.name, last.first_key, last.second_key)
          : null,
      total: count.get(...parameters)?.total ?? 0,
    };
  };
};
