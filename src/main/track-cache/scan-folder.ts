import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Log } from '../ports.ts';
import { systemErrorCode } from '../storage/storage-error.ts';
import { isAbandoned } from '../storage/temporary-file.ts';
import type { Turns } from './turns.ts';

export interface FoundAudio {
  readonly sha256: string;
  readonly isWhole: boolean;
  /** Of a part: what it takes on the disk. */
  readonly fileBytes: number;
  readonly modifiedMs: number;
}

const AUDIO = /^([0-9a-f]{64})(\.part)?$/;
const NOTE = /^([0-9a-f]{64})\.json$/;
/** What `stat` counts in, whatever the disk's own blocks are. */
const BLOCK_BYTES = 512;
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
    /** What is looked at is not begun anew until it has been. */
    readonly inTurn: Turns;
    readonly log: Log;
  },
): Promise<void> => {
  const { isOurs, found, inTurn, log } = visitor;
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

  const lookAtAudio = async (
    parent: string,
    sha256: string,
    isWhole: boolean,
    names: ReadonlySet<string>,
  ): Promise<void> => {
    if (isOurs(sha256)) return;
    const path = join(parent, isWhole ? sha256 : `${sha256}.part`);
    if (!isWhole && names.has(sha256)) {
      await sweep(path);
      return;
    }
    const facts = await stat(path).catch(() => null);
    if (facts === null) return;
    // The holes of a part take nothing.
    const fileBytes = isWhole ? facts.size : Math.min(facts.size, facts.blocks * BLOCK_BYTES);
    const verdict = await found({ sha256, isWhole, fileBytes, modifiedMs: facts.mtimeMs });
    if (verdict === 'keep') return;
    await sweep(path);
    await rm(join(parent, `${sha256}.json`), { force: true });
  };

  const look = async (parent: string, name: string, names: ReadonlySet<string>): Promise<void> => {
    const [, audio, part] = AUDIO.exec(name) ?? [];
    const noted = NOTE.exec(name)?.[1];
    if (audio !== undefined) {
      await inTurn(audio, () => lookAtAudio(parent, audio, part === undefined, names));
    } else if (isAbandoned(name)) {
      await sweep(join(parent, name));
    } else if (noted !== undefined && !names.has(noted) && !names.has(`${noted}.part`)) {
      await inTurn(noted, async () => {
        if (!isOurs(noted)) await sweep(join(parent, name));
      });
    }
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
