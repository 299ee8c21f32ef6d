/** Makes this process kill itself at one of its changes to the disk: before it, after it, or with half of it written. */
import fs from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { StatementSync } from 'node:sqlite';

type Work = (...given: unknown[]) => unknown;

const die = (what: string): never => {
  fs.writeSync(1, `died at ${what}\n`);
  process.kill(process.pid, 'SIGKILL');
  throw new Error('a killed process does not get here');
};

const FOLDER_CHANGES = ['mkdir', 'rename', 'rm', 'rmdir', 'open', 'unlink', 'utimes'] as const;
const FILE_CHANGES = ['write', 'writeFile', 'datasync', 'sync', 'truncate', 'utimes'] as const;

/** To be called before anything else is imported that takes `node:fs/promises`. */
export const dieAtChange = async (deathAt: number): Promise<void> => {
  let changes = 0;

  const counted = (name: string, work: Work, torn: Work | null = null): Work =>
    function (this: unknown, ...given) {
      if (name === 'open' && given[1] === 'r') return work.apply(this, given);
      changes += 1;
      if (changes !== deathAt) return work.apply(this, given);
      const what = `${name} ${typeof given[0] === 'string' ? given[0] : ''}`;
      if (deathAt % 3 === 0) return die(`before ${what}`);
      if (deathAt % 3 === 1 && torn !== null) {
        torn.apply(this, given);
        return die(`within ${what}`);
      }
      const result = work.apply(this, given);
      const end = (): never => die(`after ${what}`);
      // Also after one that the disk refused, such as removing what is not there.
      return result instanceof Promise ? result.then(end, end) : end();
    };

  const replace = (owner: object, name: string, torn: Work | null = null): void => {
    const original: unknown = Reflect.get(owner, name);
    if (typeof original !== 'function') throw new Error(`there is no ${name}`);
    const work: Work = function (this: unknown, ...given) {
      return Reflect.apply(original, this, given);
    };
    Reflect.set(owner, name, counted(name, work, torn));
  };

  const some = await fs.promises.open('/dev/null', 'r');
  const prototype: object = Object.getPrototypeOf(some) as object;
  await some.close();
  const half: Work = function (this: unknown, bytes, offset = 0, length = 0, position = null) {
    if (!(bytes instanceof Uint8Array) || typeof length !== 'number') return undefined;
    return fs.writeSync(
      (this as FileHandle).fd,
      bytes,
      Number(offset),
      length >> 1,
      position as number | null,
    );
  };
  for (const name of FILE_CHANGES) replace(prototype, name, name === 'write' ? half : null);
  for (const name of FOLDER_CHANGES) replace(fs.promises, name);
  replace(StatementSync.prototype, 'run');
  syncBuiltinESMExports();
};
