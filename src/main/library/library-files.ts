/**
 * The library on the disk: a file for every document, and a journal of what happened since. A document's file says through which
 * line of the journal it goes, so the two need not be changed at once: whatever a kill leaves is read as it was confirmed.
 */
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { DocumentName } from '../../core/library/documents.ts';
import { documentNameSchema } from '../../contract/library-operations-http.ts';
import type { Log } from '../ports.ts';
import { createAppendLog } from '../storage/append-log.ts';
import { createJsonDocument } from '../storage/json-document.ts';
import { storageFailure, systemErrorCode } from '../storage/storage-error.ts';
import { sweepAbandoned } from '../storage/temporary-file.ts';
import { journalEntrySchema, type JournalChange, type JournalEntry } from './journal.ts';

const fileSchema = z.object({
  version: z.literal(1),
  document: documentNameSchema,
  /** The last line of the journal that is in it. */
  through: z.int().nonnegative(),
  /** Checked by the document. */
  stored: z.unknown(),
});

export interface WrittenDocument {
  readonly document: DocumentName;
  readonly through: number;
  readonly stored: unknown;
}
export interface WrittenLibrary {
  readonly documents: readonly WrittenDocument[];
  /** Oldest first. */
  readonly entries: readonly JournalEntry[];
  /** Whose file could not be read and was set aside: all that is left of them is in the journal. */
  readonly broken: readonly DocumentName[];
}

export interface LibraryFiles {
  read(): Promise<WrittenLibrary>;
  /** On the disk when it resolves, all or none. */
  append(changes: readonly JournalChange[]): Promise<void>;
  /** Writes a document whole, as it is after the last line of the journal. */
  writeWhole(document: DocumentName, stored: unknown): Promise<void>;
  /** The journal has as many lines as a start should read. */
  isLong(): boolean;
  /** Writes these documents whole, one after the other, and removes those, after which the journal is not needed any more. */
  compact(
    documents: readonly { readonly name: DocumentName; readonly stored: () => Promise<unknown> }[],
    gone: readonly DocumentName[],
  ): Promise<void>;
}

const FILE = /^(saved|shelf|playlist-[0-9a-z]{20})\.json$/;
const documentOf = (fileName: string): DocumentName | null =>
  documentNameSchema.safeParse(fileName.replace('.json', '').replace('-', ':')).data ?? null;

/** Calls are made one after the other by their owner. All reject with `storage_failed`. */
export const createLibraryFiles = (options: {
  readonly folder: string;
  readonly log: Log;
  /** Of the journal. */
  readonly mostLines?: number;
}): LibraryFiles => {
  const { folder, log, mostLines = 2000 } = options;
  const journal = createAppendLog({ path: join(folder, 'journal.jsonl'), schema: journalEntrySchema, log });
  const pathOf = (document: DocumentName): string => join(folder, `${document.replace(':', '-')}.json`);
  const fileOf = (path: string) => createJsonDocument({ path, schema: fileSchema, log });
  let number = 0;
  let lines = 0;

  const namesInFolder = async (): Promise<readonly string[]> => {
    try {
      return await readdir(folder);
    } catch (error) {
      if (systemErrorCode(error) === 'ENOENT') return [];
      throw storageFailure(`cannot read ${folder}`, error);
    }
  };
  const writeWhole = (document: DocumentName, stored: unknown): Promise<void> =>
    fileOf(pathOf(document)).write({ version: 1, document, through: number, stored });

  return {
    async read() {
      await sweepAbandoned(folder, log);
      const names = (await namesInFolder()).filter((name) => FILE.test(name));
      const documents: WrittenDocument[] = [];
      const broken: DocumentName[] = [];
      for (const name of names) {
        const file = await fileOf(join(folder, name)).read();
        const document = documentOf(name);
        if (file !== null && file.document === document) documents.push(file);
        else if (document !== null) broken.push(document);
      }
      const entries = await journal.read();
      lines = entries.length;
      number = Math.max(
        0,
        ...documents.map(({ through }) => through),
        ...entries.map((entry) => entry.number),
      );
      return { documents, entries, broken };
    },

    async append(changes) {
      // A line that could not be written may be there all the same: its number is not given twice.
      number += 1;
      await journal.append({ number, changes });
      lines += 1;
    },

    writeWhole,
    isLong: () => lines >= mostLines,

    async compact(documents, gone) {
      for (const { name, stored } of documents) await writeWhole(name, await stored());
      try {
        for (const name of gone) await rm(pathOf(name), { force: true });
      } catch (error) {
        throw storageFailure(`cannot remove from ${folder}`, error);
      }
      await journal.replace([]);
      lines = 0;
    },
  };
};
