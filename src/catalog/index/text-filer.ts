/** Files the text of rows in the text indexes, and takes it out again. */
import type { Database } from 'better-sqlite3';
import type { NumberSpace } from './shared-rows.ts';
import { KINDS, TEXT_COLUMNS, type Kind } from '../../core/search-text/filed-text.ts';
import { FILED, type Filed } from './schema.ts';

export interface TextFiler {
  /** Files a row under its texts, one for each column; returns where it now is. */
  file(kind: Kind, no: number, before: Filed, texts: readonly string[]): Filed;
  /** Takes a row out. In the base its text stays, and is passed over because the row says otherwise. */
  unfile(kind: Kind, no: number, before: Filed): void;
  /** Merges a freshly written base into one piece. */
  settle(): void;
}

export const createTextFiler = (database: Database, space: NumberSpace): TextFiler => {
  const statements = new Map(
    KINDS.map((kind) => {
      const columns = TEXT_COLUMNS[kind];
      const places = columns.map(() => '?').join(', ');
      return [
        kind,
        {
          insert: database.prepare(
            `INSERT INTO ${kind}_text_${space}(rowid, ${columns.join(', ')}) VALUES (?, ${places})`,
          ),
          remove: database.prepare(`DELETE FROM ${kind}_text_fresh WHERE rowid = ?`),
        },
      ];
    }),
  );
  const unfile = (kind: Kind, no: number, before: Filed): void => {
    if (before === FILED.fresh) statements.get(kind)?.remove.run(no);
  };
  return {
    unfile,
    file: (kind, no, before, texts) => {
      unfile(kind, no, before);
      statements.get(kind)?.insert.run(no, ...texts);
      return FILED[space];
    },
    settle: () => {
      for (const kind of KINDS) {
        database.exec(`INSERT INTO ${kind}_text_${space}(${kind}_text_${space}) VALUES ('optimize')`);
      }
    },
  };
};
