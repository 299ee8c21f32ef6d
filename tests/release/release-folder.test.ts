/** What is refused before anything is sent. */
import { appendFile, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { ReleaseError } from '../../scripts/release/release-error.ts';
import { readReleaseFolder } from '../../scripts/release/release-folder.ts';
import { notesOf } from '../../scripts/release/release-notes.ts';
import { temporaryFolder } from '../host/temporary-folder.ts';
import { buildRelease } from './built-release.ts';

let folder = '';
beforeEach(async () => {
  folder = await temporaryFolder();
  await buildRelease(folder, '0.2.0');
});
const at = (name: string): string => join(folder, name);
const edit = async (name: string, change: (text: string) => string): Promise<void> =>
  writeFile(at(name), change(await readFile(at(name), 'utf8')));

describe('a folder of electron-builder', () => {
  it('is understood whole', async () => {
    const release = await readReleaseFolder(folder);
    expect(release).toMatchObject({
      version: '0.2.0',
      channel: 'stable',
      notes: { en: 'Gapless, at last.', de: 'Endlich lückenlos.' },
    });
    expect(release.files.map(({ platform, arch, kind, name }) => [platform, arch, kind, name])).toEqual([
      ['win32', 'x64', 'nsis', 'riffle-0.2.0-win-x64.exe'],
      ['win32', 'arm64', 'nsis', 'riffle-0.2.0-win-arm64.exe'],
      ['darwin', 'x64', 'zip', 'riffle-0.2.0-mac-x64.zip'],
      ['darwin', 'arm64', 'zip', 'riffle-0.2.0-mac-arm64.zip'],
      ['linux', 'x64', 'appimage', 'riffle-0.2.0-linux-x86_64.appimage'],
      ['linux', 'x64', 'deb', 'riffle-0.2.0-linux-amd64.deb'],
    ]);
    expect(release.installers.map(({ name }) => name)).toContain('riffle-0.2.0-mac-arm64.dmg');
    expect(release.blockmaps.map(({ name }) => name)).toEqual([
      'riffle-0.2.0-win-x64.exe.blockmap',
      'riffle-0.2.0-win-arm64.exe.blockmap',
      'riffle-0.2.0-mac-x64.zip.blockmap',
      'riffle-0.2.0-mac-arm64.zip.blockmap',
    ]);
    // The feed has small letters only, and electron-updater's files say so.
    expect(release.updateFiles.map(({ suffix }) => suffix)).toEqual(['', '-mac', '-linux']);
    expect(release.updateFiles[0]?.text).toContain('url: riffle-0.2.0-win-x64.exe');
    expect(release.updateFiles[0]?.text).not.toContain('Riffle-');
  });

  it('is for beta when it holds a pre-release', async () => {
    const beta = await temporaryFolder();
    await buildRelease(beta, '0.3.0-beta.2', { platforms: [''] });
    expect(await readReleaseFolder(beta)).toMatchObject({ version: '0.3.0-beta.2', channel: 'beta' });
  });

  it.each<[string, string, () => Promise<unknown>]>([
    [
      'nothing built',
      'no latest*.yml',
      () => Promise.all(['', '-mac', '-linux'].map((end) => rm(at(`latest${end}.yml`)))),
    ],
    ['a file that is missing', 'is named, and not there', () => rm(at('Riffle-0.2.0-mac-x64.zip'))],
    [
      'a file that was changed',
      'is not the file that was named',
      () => appendFile(at('Riffle-0.2.0-win-x64.exe'), '!'),
    ],
    [
      'a file of the same length with other bytes',
      'is not the file that was named',
      () => edit('Riffle-0.2.0-win-x64.exe', (text) => text.replace('0', '1')),
    ],
    ['a block map that is missing', 'The block map of', () => rm(at('Riffle-0.2.0-win-arm64.exe.blockmap'))],
    [
      'an AppImage without a block map within',
      'names no block map in',
      () => edit('latest-linux.yml', (text) => text.replace(/ +blockMapSize: 12\n/, '')),
    ],
    [
      'two versions',
      'several versions',
      () => edit('latest-mac.yml', (text) => text.replaceAll('0.2.0', '0.2.1')),
    ],
    [
      'a name that climbs',
      'cannot be the name',
      () => edit('latest.yml', (text) => text.replace('url: Riffle', 'url: ../Riffle')),
    ],
    [
      'a name without its version',
      'does not say its version',
      async () => {
        await rename(at('Riffle-0.2.0-win-x64.exe'), at('Riffle-win-x64.exe'));
        await edit('latest.yml', (text) => text.replaceAll('Riffle-0.2.0-win-x64', 'Riffle-win-x64'));
      },
    ],
    [
      'a name without its processor',
      'for which processor',
      () => edit('latest.yml', (text) => text.replaceAll('-win-x64', '-win')),
    ],
    [
      'a file that contradicts itself',
      'contradicts itself',
      () => edit('latest.yml', (text) => text.replace(/^path: .*$/m, 'path: other.exe')),
    ],
    ['no YAML', 'is not what electron-builder writes', () => edit('latest.yml', () => '{')],
    [
      "a roll-out of electron-updater's own",
      'is not what electron-builder writes',
      () => edit('latest.yml', (text) => `${text}stagingPercentage: 10\n`),
    ],
    ['no notes in one language', 'There is no notes.de.md', () => rm(at('notes.de.md'))],
    [
      'notes of another version',
      'says nothing of 0.2.0',
      () => edit('notes.en.md', (text) => text.replace('## 0.2.0', '## 0.1.9')),
    ],
    [
      'two names that differ in letters only',
      'would be called',
      () => writeFile(at('riffle-0.2.0-win-x64.EXE'), 'other'),
    ],
  ])('is refused with %s', async (_what, sentence, spoil) => {
    await spoil();
    const refused = await readReleaseFolder(folder).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(ReleaseError);
    expect((refused as ReleaseError).message).toContain(sentence);
  });
});

describe('notes', () => {
  it('are those of the version, or all there are', () => {
    expect(notesOf('## 1.1.0\nNew.\n## 1.0.0\nOld.', '1.0.0')).toBe('Old.');
    expect(notesOf('## [1.1.0] - 2026-06-07\r\nNew.\r\n\r\n## v1.0.0\r\nOld.', '1.1.0')).toBe('New.');
    expect(notesOf('Just this.\n', '1.1.0')).toBe('Just this.');
    expect(notesOf('## 1.1.0\n\n## 1.0.0\nOld.', '1.1.0')).toBeNull();
    expect(notesOf('## 1.1.0\nNew.', '1.1.1')).toBeNull();
  });
});
