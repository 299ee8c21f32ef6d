import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Log } from '../ports.ts';
import { systemErrorCode } from '../storage/storage-error.ts';
import { isAbandoned } from '../storage/temporary-file.ts';

export interface FoundAudio {
  readonly sha256: string;
  readonly isWhole: boolean;
  readonly fileBytes: number;
  readonly modifiedMs: number;
}

const AUDIO = /^([0-9a-f]{64})(\.part)?$/;
const NOTE = /^([0-9a-f]{64})\.json$/;
/** Ten thousand files are looked at in well under a second, and never in one go. */
const AT_ONCE = 32;

/**
 * Looks at every audio file of a folder (`<aa>/<sha256>`), and sweeps what belongs to none: notes without audio, what writers
 * that were killed left, a part beside the whole, and what `found` says to sweep.
 */
export const scanFolder = async (
  home: string,
  visitor: {
    /** Being written now: neither looked at nor swept. */
    readonly isOurs: (sha256: string) => boolean;
    readonly found: (audio: FoundAudio) => Promise<'keep' | 'sweep'>;
    readonly log: Log;
  },
): Promise<void> => {
  const { isOurs, found, log } = visitor;
  const list = async (folder: string): Promise<readonly string[]> => {
    try {
      return await readdir(folder);
    } catch (error) {
      if (systemErrorCode(error) === 'ENOENT') return [];
      throw error;
    }
  };
  const sweep = async (path: string): Promise<void> => {
    log.info('swept from the audio cache', { name: path.slice(home.length + 1) });
    await rm(path, { force: true });
  };

  const look = async (parent: string, name: string, names: ReadonlySet<string>): Promise<void> => {
    const path = join(parent, name);
    const [, sha256, part] = AUDIO.exec(name) ?? [];
    if (sha256 === undefined) {
      const noted = NOTE.exec(name)?.[1];
      const isAlone = noted !== undefined && !names.has(noted) && !names.has(`${noted}.part`);
      if (isAbandoned(name) || (isAlone && !isOurs(noted))) await sweep(path);
      return;
    }
    if (isOurs(sha256)) return;
    if (part !== undefined && names.has(sha256)) {
      await sweep(path);
      return;
    }
    const facts = await stat(path).catch(() => null);
    if (facts === null) return;
    const verdict = await found({
      sha256,
      isWhole: part === undefined,
      fileBytes: facts.size,
      modifiedMs: facts.mtimeMs,
    });
    if (verdict === 'keep') return;
    await sweep(path);
    await rm(join(parent, `${sha256}.json`), { force: true });
  };

  for (const parent of (await list(home)).filter((name) => /^[0-9a-f]{2}$/.test(name))) {
    const folder = join(home, parent);
    const names = await list(folder);
    const present = new Set(names);
    for (let start = 0; start < names.length; start += AT_ONCE) {
      await Promise.all(names.slice(start, start + AT_ONCE).map((name) => look(folder, name, present)));
    }
  }
};
