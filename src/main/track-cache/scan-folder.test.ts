import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { recordLog } from '../../../tests/host/silent-log.ts';
import { temporaryFolder } from '../../../tests/host/temporary-folder.ts';
import { scanFolder, type FoundAudio } from './scan-folder.ts';
import { createTurns } from './turns.ts';

const sha = (letter: string): string => letter.repeat(64);
const DEAD_PROCESS = 2 ** 22 + 1;

const folderWith = async (...paths: readonly string[]): Promise<string> => {
  const home = await temporaryFolder();
  for (const path of paths) {
    await mkdir(dirname(join(home, path)), { recursive: true });
    await writeFile(join(home, path), 'x'.repeat(100));
  }
  return home;
};
const filesIn = async (home: string): Promise<readonly string[]> =>
  (await readdir(home, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map(({ name }) => name)
    .sort();

const scan = async (
  home: string,
  verdict: (audio: FoundAudio) => 'keep' | 'sweep' = () => 'keep',
  ours: readonly string[] = [],
): Promise<readonly FoundAudio[]> => {
  const found: FoundAudio[] = [];
  await scanFolder(home, {
    isOurs: (sha256) => ours.includes(sha256),
    async found(audio) {
      found.push(audio);
      return verdict(audio);
    },
    inTurn: createTurns(),
    log: recordLog(),
  });
  return found.sort((one, other) => one.sha256.localeCompare(other.sha256));
};

describe('looking through the cache folder', () => {
  it('finds what is whole and what is in part, with what it takes', async () => {
    const home = await folderWith(
      `aa/${sha('a')}`,
      `aa/${sha('a')}.json`,
      `bb/${sha('b')}.part`,
      `bb/${sha('b')}.json`,
    );
    const found = await scan(home);
    expect(found.map(({ sha256, isWhole }) => [sha256, isWhole])).toEqual([
      [sha('a'), true],
      [sha('b'), false],
    ]);
    expect(found.map(({ fileBytes }) => fileBytes)).toEqual([100, 100]);
    expect(await filesIn(home)).toHaveLength(4);
  });

  it('sweeps notes without audio, parts beside the whole, and what dead writers left, and nothing of others', async () => {
    const home = await folderWith(
      `aa/${sha('a')}`,
      `aa/${sha('a')}.part`,
      `aa/${sha('a')}.json`,
      `bb/${sha('b')}.json`,
      `aa/${sha('a')}.json.${DEAD_PROCESS}-abc-1.tmp`,
      'aa/mine.txt',
      'index.sqlite',
      'other/thing',
    );
    await scan(home);
    expect(await filesIn(home)).toEqual([sha('a'), `${sha('a')}.json`, 'index.sqlite', 'mine.txt', 'thing']);
  });

  it('sweeps what it is told to, with its note', async () => {
    const home = await folderWith(
      `aa/${sha('a')}`,
      `aa/${sha('a')}.json`,
      `bb/${sha('b')}`,
      `bb/${sha('b')}.json`,
    );
    await scan(home, ({ sha256 }) => (sha256 === sha('a') ? 'sweep' : 'keep'));
    expect(await filesIn(home)).toEqual([sha('b'), `${sha('b')}.json`]);
  });

  it('leaves alone what is being written', async () => {
    const home = await folderWith(`aa/${sha('a')}.part`, `bb/${sha('b')}.json`);
    expect(await scan(home, () => 'sweep', [sha('a'), sha('b')])).toEqual([]);
    expect(await filesIn(home)).toHaveLength(2);
  });

  it('finds nothing in a folder that is not there', async () => {
    expect(await scan(join(await temporaryFolder(), 'gone'))).toEqual([]);
  });
});
