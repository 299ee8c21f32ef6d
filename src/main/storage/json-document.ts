import { mkdir, readFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { z } from 'zod';
import type { Log } from '../ports.ts';
import { writeFileDurably } from './durable-file.ts';
import { storageFailure, systemErrorCode } from './storage-error.ts';

export interface JsonDocument<Value> {
  /** Null when there is none yet, or when what was there could not be read and was set aside. */
  read(): Promise<Value | null>;
  /**
   * Resolves once the value is on disk. Writes happen one after the other; when several wait, only the newest is written,
   * which answers all of them. Rejects with `storage_failed`.
   */
  write(value: Value): Promise<void>;
}

interface Waiting<Value> {
  readonly value: Value;
  readonly done: Promise<void>;
}

/**
 * One small JSON file. What does not match the schema is renamed to `<name>.broken`, so that nothing a person might want
 * back is overwritten, and the caller starts from its defaults.
 */
export const createJsonDocument = <Value>(options: {
  readonly path: string;
  readonly schema: z.ZodType<Value>;
  readonly log: Log;
}): JsonDocument<Value> => {
  const { path, schema, log } = options;
  let waiting: Waiting<Value> | null = null;
  let writing: Promise<void> = Promise.resolve();

  const setAside = async (reason: string): Promise<void> => {
    log.warn('document set aside', { path, reason });
    await rename(path, `${path}.broken`).catch((error: unknown) => {
      log.error('document could not be set aside', { path, error });
    });
  };

  const takeWaiting = (): Value | undefined => {
    const newest = waiting?.value;
    waiting = null;
    return newest;
  };

  const writeNow = async (value: Value): Promise<void> => {
    try {
      await mkdir(dirname(path), { recursive: true });
      await writeFileDurably(path, `${JSON.stringify(value)}\n`);
    } catch (error) {
      throw storageFailure(`cannot write ${path}`, error);
    }
  };

  return {
    async read() {
      let text: string;
      try {
        text = await readFile(path, 'utf8');
      } catch (error) {
        if (systemErrorCode(error) === 'ENOENT') return null;
        throw storageFailure(`cannot read ${path}`, error);
      }
      let json: unknown;
      try {
        json = JSON.parse(text);
      } catch {
        await setAside('not JSON');
        return null;
      }
      const parsed = schema.safeParse(json);
      if (parsed.success) return parsed.data;
      await setAside(parsed.error.issues.map((issue) => issue.path.join('.')).join(', '));
      return null;
    },

    write(value) {
      if (waiting !== null) {
        waiting = { value, done: waiting.done };
        return waiting.done;
      }
      const previous = writing;
      const done = (async () => {
        await previous.catch(() => undefined);
        const newest = takeWaiting() ?? value;
        await writeNow(newest);
      })();
      waiting = { value, done };
      writing = done;
      return done;
    },
  };
};
