import { mkdir, open, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Log } from '../ports.ts';
import type { ExpectedFile } from './verify-file.ts';

/** Bytes of a payload that came, from the first one on. */
export interface PartialFile {
  readonly bytes: number;
  /** Those bytes. */
  read(): AsyncIterable<Uint8Array>;
  /** Never rejects: a disk that takes no more is told by whoever must have the whole on it. */
  append(chunk: Uint8Array): Promise<void>;
  close(): Promise<void>;
}

/**
 * What came of a payload that is fetched whole, so that the next start of the app goes on from there. Nothing here is believed: the whole
 * is compared with what was signed, and what turns out wrong is forgotten.
 */
export interface PartialPayload {
  /** Gives what there is of this file, and forgets every other. Null where nothing can be kept. */
  open(file: ExpectedFile): Promise<PartialFile | null>;
  /** Never rejects. */
  forget(): Promise<void>;
}

const nameOf = ({ sha512 }: ExpectedFile): string =>
  `${Buffer.from(sha512, 'base64').toString('hex').slice(0, 32)}.part`;

export const createPartialPayload = (folder: string, log: Log): PartialPayload => {
  const forgetAllBut = async (name: string | null): Promise<void> => {
    for (const each of await readdir(folder))
      if (each.endsWith('.part') && each !== name) await rm(join(folder, each), { force: true });
  };

  return {
    async open(file) {
      const name = nameOf(file);
      try {
        await mkdir(folder, { recursive: true });
        await forgetAllBut(name);
        const handle = await open(join(folder, name), 'a+', 0o600);
        const { size } = await handle.stat();
        if (size > file.sizeBytes) await handle.truncate(0);
        let isFull = false;
        const bytes = size > file.sizeBytes ? 0 : size;
        return {
          bytes,
          // `end` is inclusive, so that there is no way to say "nothing".
          read: () =>
            bytes === 0 ? empty() : handle.createReadStream({ autoClose: false, start: 0, end: bytes - 1 }),
          async append(chunk) {
            if (isFull) return;
            await handle.appendFile(chunk).catch((error: unknown) => {
              isFull = true;
              log.warn('what comes of an update is not kept any further', { error });
            });
          },
          close: () => handle.close(),
        };
      } catch (error) {
        log.warn('what comes of an update is not kept for another start', { error });
        return null;
      }
    },
    async forget() {
      await forgetAllBut(null).catch((error: unknown) =>
        log.info('no part of an update forgotten', { error }),
      );
    },
  };
};

async function* empty(): AsyncGenerator<Uint8Array> {}
