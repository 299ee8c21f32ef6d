import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { recordLog } from '../../../tests/host/silent-log.ts';
import { temporaryFolder } from '../../../tests/host/temporary-folder.ts';
import { trackIdFor } from '../../../tests/host/track-cache-fixture.ts';
import { openEntryIndex, type Entry } from './entry-index.ts';

const entryOf = (letter: string, changes: Partial<Entry> = {}): Entry => ({
  sha256: letter.repeat(64),
  bytes: 1_000,
  fileBytes: 5_200,
  contentType: 'audio/flac',
  isWhole: true,
  lastUsedMs: 1,
  trackIds: [trackIdFor(letter)],
  ...changes,
});

const indexPath = async (): Promise<string> => join(await temporaryFolder(), 'key', 'index.sqlite');
const written = async (path: string, ...entries: readonly Entry[]): Promise<void> => {
  const index = await openEntryIndex(path, recordLog());
  for (const entry of entries) index.put(entry);
  index.close();
};
const loaded = async (path: string): Promise<readonly Entry[] | null> => {
  const index = await openEntryIndex(path, recordLog());
  index.close();
  return index.loaded;
};
const inDatabase = (path: string, statement: string): void => {
  const database = new DatabaseSync(path);
  database.exec(statement);
  database.close();
};

describe('the index of the cache folder', () => {
  it('is there again as it was last written', async () => {
    const path = await indexPath();
    expect(await loaded(path)).toBeNull();
    await written(path, entryOf('a'), entryOf('b', { isWhole: false }), entryOf('a', { lastUsedMs: 9 }));
    const index = await openEntryIndex(path, recordLog());
    index.remove('b'.repeat(64));
    index.close();
    expect(await loaded(path)).toEqual([entryOf('a', { lastUsedMs: 9 })]);
  });

  it.each([
    ['another version', (path: string) => inDatabase(path, 'PRAGMA user_version = 7')],
    [
      'a row that has changed',
      (path: string) => inDatabase(path, `UPDATE entries SET body = replace(body, '1000', '1001')`),
    ],
    [
      'other tables',
      (path: string) => inDatabase(path, 'DROP TABLE entries; CREATE TABLE entries(other TEXT)'),
    ],
    ['nonsense', (path: string) => writeFile(path, 'nonsense'.repeat(2_000))],
  ])('does not believe %s, and begins anew', async (_name, damage) => {
    const path = await indexPath();
    await written(path, entryOf('a'));
    await damage(path);
    expect(await loaded(path)).toBeNull();
    await written(path, entryOf('b'));
    expect(await loaded(path)).toEqual([entryOf('b')]);
  });

  it('does without where it cannot lie, and says so', async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, 'key'), 'a file where a folder must be');
    const log = recordLog();
    const index = await openEntryIndex(join(folder, 'key', 'index.sqlite'), log);
    index.put(entryOf('a'));
    index.remove('a'.repeat(64));
    index.close();
    expect(index.loaded).toBeNull();
    expect(log.lines.map(({ message }) => message)).toContain('no audio index');
  });

  it('is given up, and made anew at the next start, once it cannot be written any more', async () => {
    const path = await indexPath();
    await written(path, entryOf('a'));
    const log = recordLog();
    const index = await openEntryIndex(path, log);
    inDatabase(path, 'DROP TABLE entries');
    index.put(entryOf('b'));
    index.put(entryOf('c'));
    expect(log.lines.map(({ message }) => message)).toEqual(['audio index given up']);
    await mkdir(join(path, '..'), { recursive: true });
    index.close();
  });
});
