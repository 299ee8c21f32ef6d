import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { listProfiles, profileFolders, readProfileName } from './profiles.ts';

const FOLDERS = { data: '/d', cache: '/c', session: '/s' };

it('keeps everything of a profile apart from all others', () => {
  expect(profileFolders(FOLDERS, null)).toEqual(FOLDERS);
  expect(profileFolders(FOLDERS, 'work')).toEqual({
    data: join('/d', 'profiles', 'work'),
    cache: join('/c', 'profiles', 'work'),
    session: join('/s', 'profiles', 'work'),
  });
});

it('takes a name in any case, and no path and no device for one', () => {
  expect(['Work', 'a-1', 'kids'].map(readProfileName)).toEqual(['work', 'a-1', 'kids']);
  const none = ['', '.', '..', 'a/b', 'a\\b', 'a b', '-a', 'ä', 'a\0', 'con', 'COM1', 'a'.repeat(33)];
  expect(none.map(readProfileName)).toEqual(none.map(() => null));
});

it('lists the profiles that there are', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'riffle-profiles-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  expect(await listProfiles(folder)).toEqual([]);
  for (const name of ['work', 'kids', 'No Profile', 'CAPS']) {
    await mkdir(join(folder, 'profiles', name), { recursive: true });
  }
  await writeFile(join(folder, 'profiles', 'file'), '');
  expect(await listProfiles(folder)).toEqual(['kids', 'work']);
});
