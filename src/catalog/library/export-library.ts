/** Everything of a listener as one JSON document, a piece at a time: no library is ever whole in memory, but one document of it. */
import type { DocumentName } from '../../core/library/documents.ts';
import type { Documents } from './documents.ts';
import { documentRef, userKeyOf } from './library-keys.ts';
import type { Plays } from './plays.ts';
import type { ReadLibrary } from './read-library.ts';

/** Pieces of a `libraryExportSchema`. Rejects with a `StoreError`, and then what came before is not whole. */
export type ExportLibrary = (userId: string) => AsyncIterable<string>;

export const createExportLibrary = (options: {
  readonly documents: Documents;
  readonly reading: ReadLibrary;
  readonly plays: Plays;
  readonly nowMs: () => number;
}): ExportLibrary =>
  async function* (userId) {
    const { documents, reading, plays, nowMs } = options;
    const userKey = userKeyOf(userId);
    const exportedAt = new Date(nowMs()).toISOString();
    const names: readonly DocumentName[] = (await reading.list(userId, 0)).map(({ document }) => document);
    yield `{"format":"riffle-library","version":1,"exportedAt":"${exportedAt}","documents":[`;
    let comma = '';
    for (const document of names) {
      const snapshot = await documents.look(documentRef(document, userKey), ({ replica }) =>
        replica.snapshot(),
      );
      yield `${comma}${JSON.stringify({ document, snapshot })}`;
      comma = ',';
    }
    yield '],"plays":[';
    comma = '';
    for await (const ofDay of plays.all(userId)) {
      if (ofDay.length === 0) continue;
      yield `${comma}${ofDay.map((play) => JSON.stringify(play)).join(',')}`;
      comma = ',';
    }
    yield ']}';
  };
