/** Node's own SQLite (docs/adr/0009), with rows typed where a statement is prepared. */
import type { DatabaseSync, SQLInputValue } from 'node:sqlite';

export interface Statement<Row> {
  get(...values: readonly SQLInputValue[]): Row | undefined;
  all(...values: readonly SQLInputValue[]): readonly Row[];
  run(...values: readonly SQLInputValue[]): void;
}

/** `Row` is what the statement selects: only this program writes the file, and its schema is named in it. */
export const prepare = <Row = never>(database: DatabaseSync, sql: string): Statement<Row> => {
  const statement = database.prepare(sql);
  return {
    get: (...values) => statement.get(...values) as Row | undefined,
    all: (...values) => statement.all(...values) as Row[],
    run: (...values) => {
      statement.run(...values);
    },
  };
};

/** All of it or nothing of it. */
export const inTransaction = (database: DatabaseSync, work: () => void): void => {
  database.exec('BEGIN IMMEDIATE');
  try {
    work();
    database.exec('COMMIT');
  } catch (error) {
    // A full disk has rolled back already.
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
};

/** Result codes of SQLite (https://www.sqlite.org/rescode.html). */
const CORRUPT = 11;
const NOT_A_DATABASE = 26;
/** The code for what the statement got wrong; ours are right, so it is the text in the row that SQLite's JSON functions stumble over. */
const GENERAL = 1;

const resultCode = (error: unknown): number | null =>
  error instanceof Error && 'errcode' in error && typeof error.errcode === 'number'
    ? error.errcode % 256
    : null;

/** Rows that are not what was written, or do not agree with each other. */
export class GarbledIndex extends Error {
  override readonly name = 'GarbledIndex';
}

/**
 * Whether an error says that the file is not what was written: SQLite's word, Node's for a number, ours for a row, or a
 * column that holds something of another type.
 */
export const isGarbled = (error: unknown): boolean => {
  const code = resultCode(error);
  return (
    code === CORRUPT ||
    code === NOT_A_DATABASE ||
    (code === GENERAL && error instanceof Error && error.message.startsWith('malformed JSON')) ||
    error instanceof GarbledIndex ||
    error instanceof TypeError ||
    (error instanceof RangeError && 'code' in error && error.code === 'ERR_OUT_OF_RANGE')
  );
};
