import type { DatabaseSync } from 'node:sqlite';
import { TEXT_COLUMNS, type Kind } from '../../core/search-text/filed-text.ts';
import { popularityNumber } from './popularity-number.ts';
import { prepare } from './sql.ts';

/** Numbers rows by popularity and files their text under the same number. */
export interface TextRows {
  /** A number for a row, not taken by any other. */
  numberFor(kind: Kind, id: string, orderKey: number, tie: number): bigint;
  /** Files the text of a row that is there: one text for each column. */
  file(kind: Kind, id: string, texts: readonly string[]): void;
  /** Takes the text out; before the row is numbered otherwise or removed. */
  unfile(kind: Kind, id: string): void;
}

const statementsFor = (database: DatabaseSync, kind: Kind) => {
  const columns = TEXT_COLUMNS[kind];
  const numberOf = `(SELECT no FROM ${kind}s WHERE id = ?)`;
  return {
    takenBy: prepare<{ id: string }>(database, `SELECT id FROM ${kind}s WHERE no = ?`),
    insert: prepare(
      database,
      `INSERT INTO ${kind}_text(rowid, ${columns.join(', ')}) VALUES (${numberOf}, ${columns.map(() => '?').join(', ')})`,
    ),
    remove: prepare(database, `DELETE FROM ${kind}_text WHERE rowid = ${numberOf}`),
  };
};

export const createTextRows = (database: DatabaseSync): TextRows => {
  const statements = {
    track: statementsFor(database, 'track'),
    album: statementsFor(database, 'album'),
    artist: statementsFor(database, 'artist'),
  };
  return {
    numberFor: (kind, id, orderKey, tie) => {
      let number = popularityNumber(orderKey, tie);
      for (;;) {
        const other = statements[kind].takenBy.get(number);
        if (other === undefined || other.id === id) return number;
        number += 1n;
      }
    },
    file: (kind, id, texts) => statements[kind].insert.run(id, ...texts),
    unfile: (kind, id) => statements[kind].remove.run(id),
  };
};
