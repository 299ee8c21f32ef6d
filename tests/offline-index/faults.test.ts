/** Whatever becomes of the file: the app starts, answers, and can be told everything again. */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { OfflineIndex } from '../../src/main/offline-index/offline-index.ts';
import { temporaryFolder } from '../host/temporary-folder.ts';
import { manyTracks } from './many-tracks.ts';
import { openOfflineIndex, type OpenedIndex } from './open-offline-index.ts';

const TRACKS = manyTracks(300);
const KILLS = 6;

const filled = async (): Promise<OpenedIndex> => {
  const opened = await openOfflineIndex();
  opened.index.see({ kind: 'tracks', tracks: TRACKS });
  opened.index.hold(TRACKS.map((track) => track.id));
  await opened.index.settled();
  return opened;
};

const warnings = ({ log }: OpenedIndex): readonly string[] =>
  log.lines.filter((line) => line.level !== 'info').map((line) => line.message);

/** Everything it could be asked: none of it may throw. */
const askAll = (index: OfflineIndex): void => {
  const { known, computer } = index;
  known.home();
  known.albums({});
  known.artists({});
  known.genres({});
  for (const track of TRACKS) {
    index.track(track.id);
    known.album({ id: track.album.id });
    for (const artist of track.artists) known.artist({ id: artist.id });
    known.search({ query: track.title });
  }
  known.search({ query: 'xong' });
  for (const list of [computer.albums, computer.artists, computer.tracks]) list({});
  index.playable();
};

const seeAgain = async (index: OfflineIndex): Promise<void> => {
  index.see({ kind: 'tracks', tracks: TRACKS });
  index.setHeld(TRACKS.map((track) => track.id));
  await index.settled();
  expect(index.known.search({ query: 'song 299' })?.best).toEqual({ kind: 'track', track: TRACKS[299] });
  expect(index.playable().tracks).toBe(TRACKS.length);
};

describe('the offline index', () => {
  it('knows after a restart what it knew before, without a word', async () => {
    const opened = await filled();
    const before = opened.index.known.search({ query: 'song' });

    const index = await opened.reopen();

    expect(index.known.search({ query: 'song' })).toEqual(before);
    expect(index.playable().tracks).toBe(TRACKS.length);
    expect(warnings(opened)).toEqual([]);
  });

  it('begins anew when its file was deleted, also when its log was left behind', async () => {
    const opened = await filled();
    await opened.index.close();
    await rm(opened.path);
    await writeFile(`${opened.path}-wal`, randomBytes(5_000));

    const index = await opened.reopen();

    expect(index.known.search({ query: 'song' })).toBeNull();
    expect(warnings(opened)).toEqual([]);
    await seeAgain(index);
  });

  it.each([
    ['random bytes', async (path: string) => writeFile(path, randomBytes(40_000))],
    ['nothing but a beginning', async (path: string) => truncate(path, 3_000)],
    [
      'a text',
      async (path: string) =>
        writeFile(path, 'not a database, and longer than its first page is\n'.repeat(200)),
    ],
    [
      'a newer format',
      async (path: string) => {
        const database = new DatabaseSync(path);
        database.exec('PRAGMA user_version = 999');
        database.close();
      },
    ],
    [
      'a turned bit in the name of a column',
      async (path: string) => {
        const bytes = await readFile(path);
        for (let at = bytes.indexOf('name'); at >= 0; at = bytes.indexOf('name', at + 1))
          bytes[at + 1] = 0x62;
        await writeFile(path, bytes);
      },
    ],
    [
      'tables of something else',
      async (path: string) => {
        await rm(path);
        const database = new DatabaseSync(path);
        database.exec('CREATE TABLE cookies(value)');
        database.close();
      },
    ],
  ])('is made anew over %s, with one warning', async (_, spoil) => {
    const opened = await filled();
    await opened.index.close();
    await spoil(opened.path);

    const index = await opened.reopen();

    expect(index.known.search({ query: 'song' })).toBeNull();
    await seeAgain(index);
    expect(warnings(opened)).toEqual(['offline index made anew']);
    const again = await opened.reopen();
    expect(again.playable().tracks).toBe(TRACKS.length);
  });

  it('answers or begins anew, never fails, when parts of its file are lost', async () => {
    let anew = 0;
    for (let round = 0; round < 9; round += 1) {
      const opened = await filled();
      await opened.index.close();
      const bytes = await readFile(opened.path);
      if (round % 3 === 0) {
        await truncate(opened.path, Math.floor((bytes.length * (round + 1)) / 10));
      } else if (round % 3 === 1) {
        for (let flip = 0; flip < 60; flip += 1) {
          const at = 4_096 + Math.floor(Math.random() * (bytes.length - 4_096));
          bytes[at] = (bytes[at] ?? 0) ^ (1 << Math.floor(Math.random() * 8));
        }
        await writeFile(opened.path, bytes);
      } else {
        // Past the first page, so that it opens.
        for (let hole = 0; hole < 12; hole += 1) {
          const at = 4_096 + Math.floor(Math.random() * (bytes.length - 8_192));
          randomBytes(2_048).copy(bytes, at);
        }
        await writeFile(opened.path, bytes);
      }

      const index = await opened.reopen();
      askAll(index);
      // What is written now may be the first that meets the damage.
      index.see({ kind: 'tracks', tracks: manyTracks(200, 1_000) });
      await index.settled();
      askAll(index);
      anew += warnings(opened).length > 0 ? 1 : 0;
      expect(warnings(opened).every((message) => message.includes('made anew'))).toBe(true);
      await index.close();
    }
    expect(anew).toBeGreaterThan(2);
  }, 120_000);

  it('begins anew when what its own statements read in a row is no JSON', async () => {
    const opened = await filled();
    await opened.index.close();
    const database = new DatabaseSync(opened.path);
    database.exec("UPDATE tracks SET body = replace(body, '{', '(')");
    database.close();

    const index = await opened.reopen();
    index.known.genres({});
    await index.settled();
    expect(warnings(opened)).toEqual([expect.stringContaining('made anew')]);
    await seeAgain(index);
  });

  it('lives in memory, and says so once, where no file can be made', async () => {
    const occupied = join(await temporaryFolder(), 'a-file');
    await writeFile(occupied, '');
    const opened = await openOfflineIndex({ path: join(occupied, 'folder', 'index.sqlite') });

    await seeAgain(opened.index);

    expect(warnings(opened)).toEqual(['offline index kept in memory: no file can be written']);
  });

  it('lives in memory where something stands in the place of its file', async () => {
    const opened = await openOfflineIndex({ path: await temporaryFolder() });

    await seeAgain(opened.index);

    expect(warnings(opened)).toEqual(['offline index kept in memory: no file can be written']);
  });

  it('goes on answering while another process writes the file, warns once, and files again afterwards', async () => {
    const opened = await filled();
    const { index } = opened;
    const other = new DatabaseSync(opened.path);
    other.exec('BEGIN IMMEDIATE');
    index.see({ kind: 'tracks', tracks: manyTracks(50, 1_000) });
    index.see({ kind: 'tracks', tracks: manyTracks(50, 2_000) });
    await index.settled();

    expect(index.known.search({ query: 'song 299' })?.best).toEqual({ kind: 'track', track: TRACKS[299] });
    expect(warnings(opened)).toEqual(['offline index cannot be written']);

    other.exec('ROLLBACK');
    other.close();
    index.see({ kind: 'tracks', tracks: manyTracks(50, 3_000) });
    await index.settled();
    expect(index.track(manyTracks(1, 3_000)[0]?.id ?? '')).not.toBeNull();
    expect(warnings(opened)).toHaveLength(1);
  });

  it('writes nothing while nothing new is seen', async () => {
    const opened = await filled();
    const { index, path } = opened;
    const written = async () => [
      (await stat(path)).mtimeMs,
      (await stat(`${path}-wal`)).mtimeMs,
      (await stat(`${path}-wal`)).size,
    ];
    const before = await written();

    index.see({ kind: 'tracks', tracks: TRACKS });
    index.setHeld(TRACKS.map((track) => track.id));
    index.setPinned([]);
    askAll(index);
    await index.settled();

    expect(await written()).toEqual(before);
  });

  it(`opens and answers after being killed while it files, ${KILLS} times over`, async () => {
    for (let kill = 0; kill < KILLS; kill += 1) {
      const path = join(await temporaryFolder(), 'index.sqlite');
      const target = fileURLToPath(new URL('./index-kill-target.ts', import.meta.url));
      const writer = spawn(process.execPath, [target, path], { stdio: ['ignore', 'pipe', 'inherit'] });
      const exited = once(writer, 'exit');
      let said = '';
      for await (const chunk of writer.stdout) {
        said += String(chunk);
        if (said.split('\n').length > 1 + kill) writer.kill('SIGKILL');
      }
      await exited;
      const filed = Number(said.split('\n').at(-2));
      expect(filed).toBeGreaterThan(0);

      const opened = await openOfflineIndex({ path });
      expect(opened.index.playable().tracks).toBeGreaterThanOrEqual(filed);
      for (const track of manyTracks(filed)) expect(opened.index.track(track.id)).toEqual(track);
      expect(opened.index.known.search({ query: `song ${filed - 1}` })?.best).toMatchObject({
        kind: 'track',
      });
      await seeAgain(opened.index);
      expect(warnings(opened)).toEqual([]);
      await opened.index.close();
    }
  }, 120_000);
});
