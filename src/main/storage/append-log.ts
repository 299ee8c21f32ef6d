import { mkdir, open, readFile, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { z } from 'zod';
import { createSequence } from '../../core/work/sequence.ts';
import type { Steps } from '../../core/work/steps.ts';
import { inSlices } from '../in-slices.ts';
import type { Log } from '../ports.ts';
import { syncFolder, writeFileDurably } from './durable-file.ts';
import { storageFailure, systemErrorCode } from './storage-error.ts';

export interface AppendLog<Entry> {
  /** Oldest first. Lines that cannot be read (a torn last one, above all) are left out. */
  read(): Promise<readonly Entry[]>;
  /** Resolves once the line is on disk. */
  append(entry: Entry): Promise<void>;
  /** Replaces everything, atomically. They are taken as they are written, a little at a time. */
  replace(entries: Iterable<Entry>): Promise<void>;
}

const toLine = (entry: unknown): string => `${JSON.stringify(entry)}\n`;

/** Written at once. */
const PART_LETTERS = 128 * 1024;
function* partsOf(entries: Iterable<unknown>): Generator<string, void, void> {
  let part = '';
  for (const entry of entries) {
    part += toLine(entry);
    if (part.length < PART_LETTERS) continue;
    yield part;
    part = '';
  }
  yield part;
}

/**
 * A growing list as JSON lines: adding one entry costs the bytes of that entry, not of the list. Calls are carried out one
 * after the other. All reject with `storage_failed`.
 */
export const createAppendLog = <Entry>(options: {
  readonly path: string;
  readonly schema: z.ZodType<Entry>;
  readonly log: Log;
}): AppendLog<Entry> => {
  const { path, schema, log } = options;
  const calls = createSequence();

  const inTurn = <Result>(what: string, action: () => Promise<Result>): Promise<Result> =>
    calls.inTurn(action).catch((error: unknown) => {
      throw storageFailure(`cannot ${what} ${path}`, error);
    });

  const parseLine = (line: string): Entry | null => {
    try {
      const parsed = schema.safeParse(JSON.parse(line));
      if (parsed.success) return parsed.data;
    } catch {
      // Not JSON: the same as not matching the schema.
    }
    log.warn('line left out', { path, bytes: line.length });
    return null;
  };

  function* parsed(lines: readonly string[]): Steps<readonly Entry[]> {
    const entries: Entry[] = [];
    for (const line of lines) {
      const entry = line === '' ? null : parseLine(line);
      if (entry !== null) entries.push(entry);
      yield;
    }
    return entries;
  }

  /** A torn last line is closed first, so that it does not swallow the next entry. */
  const endsWithNewline = async (handle: FileHandle): Promise<boolean> => {
    const { size } = await handle.stat();
    if (size === 0) return true;
    const { buffer } = await handle.read(Buffer.alloc(1), 0, 1, size - 1);
    return buffer[0] === 0x0a;
  };

  return {
    read: () =>
      inTurn('read', async () => {
        try {
          const text = await readFile(path, 'utf8');
          return await inSlices(parsed(text.split('\n')));
        } catch (error) {
          if (systemErrorCode(error) === 'ENOENT') return [];
          throw error;
        }
      }),

    append: (entry) =>
      inTurn('append to', async () => {
        await mkdir(dirname(path), { recursive: true });
        const handle = await open(path, 'a+', 0o600);
        try {
          const isNew = (await handle.stat()).size === 0;
          const prefix = (await endsWithNewline(handle)) ? '' : '\n';
          await handle.appendFile(prefix + toLine(entry));
          await handle.datasync();
          if (isNew) await syncFolder(dirname(path));
        } finally {
          await handle.close();
        }
      }),

    replace: (entries) =>
      inTurn('replace', async () => {
        await mkdir(dirname(path), { recursive: true });
        await writeFileDurably(path, partsOf(entries));
      }),
  };
};
