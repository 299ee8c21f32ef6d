import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { cacheLocationSchema, createCacheLocation } from '../../src/main/storage/cache-location.ts';
import { createJsonDocument } from '../../src/main/storage/json-document.ts';
import { sweepAbandoned } from '../../src/main/storage/temporary-file.ts';
import { recordLog } from '../host/silent-log.ts';
import { temporaryFolder } from '../host/temporary-folder.ts';
import { readTree, writeCache } from './cache-tree.ts';

const KILLS = 24;
const TARGET = fileURLToPath(new URL('./move-kill-target.ts', import.meta.url));
/** Of the steps of a few moves. */
const MOST_STEPS = 100;

/** Kills it a moment after so many steps, wherever it is by then. Gives how many moves it finished. */
const moveAndKill = async (root: string, steps: number, onMoved: boolean): Promise<number> => {
  const target = spawn(process.execPath, [TARGET, root], { stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = once(target, 'exit');
  let said = '';
  let isKilled = false;
  target.stdout.on('data', (chunk) => {
    said += String(chunk);
    if (isKilled || said.split('\n').length <= steps || (onMoved && !said.endsWith('moved\n'))) return;
    isKilled = true;
    setTimeout(() => target.kill('SIGKILL'), Math.random() * 8);
  });
  await exited;
  return said.split('\n').filter((line) => line === 'moved').length;
};

describe('a process killed while it moves the cache', () => {
  it(`leaves one whole cache and nothing else, ${KILLS} times over`, { timeout: 300_000 }, async () => {
    const root = await temporaryFolder();
    const tree = await writeCache(join(root, 'default'), 8);
    for (const folder of ['one', 'two']) {
      await mkdir(join(root, folder));
      await writeFile(join(root, folder, 'mine.txt'), 'mine');
    }
    let moves = 0;
    let cutOff = 0;
    for (let kill = 0; kill < KILLS; kill += 1) {
      // Every third while the old folder is being removed, which is quicker than copying.
      moves += await moveAndKill(root, Math.random() * MOST_STEPS, kill % 3 === 0);

      const log = recordLog();
      const path = join(root, 'location.json');
      const found = await readFile(path, 'utf8').catch(() => '"leftovers":[]');
      if (!found.includes('"leftovers":[]')) cutOff += 1;
      const location = await createCacheLocation({
        document: createJsonDocument({ path, schema: cacheLocationSchema, log }),
        defaultFolder: join(root, 'default'),
        log,
      });
      await sweepAbandoned(root, log);
      await location.recover();

      expect(log.lines).toEqual([]);
      expect(await readTree(location.folder())).toEqual(tree);
      // Nothing of it anywhere else, and what is not ours is as it was.
      const everything = await readTree(root);
      expect(everything.size).toBe(tree.size + 2 + ((await readdir(root)).includes('location.json') ? 1 : 0));
      expect(await readFile(join(root, 'one', 'mine.txt'), 'utf8')).toBe('mine');
      expect(await readFile(join(root, 'two', 'mine.txt'), 'utf8')).toBe('mine');
    }
    // Else this has tried nothing.
    expect(moves).toBeGreaterThan(KILLS / 4);
    expect(cutOff).toBeGreaterThan(KILLS / 4);
  });
});
