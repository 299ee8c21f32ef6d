/** Disks that cannot be written, with the real errors of the system. */
import { execFile } from 'node:child_process';
import { chmod, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import { temporaryFolder } from '../host/temporary-folder.ts';
import { manyTracks } from './many-tracks.ts';
import { openOfflineIndex, type OpenedIndex } from './open-offline-index.ts';

const run = promisify(execFile);
/** Small and read-only disks are mounted; where that may not be done, a folder's permissions stand in for them. */
const canMount = process.platform === 'linux' && process.getuid?.() === 0;
const TRACKS = manyTracks(100);

const mountSmall = async (bytes: number, ...options: readonly string[]): Promise<string> => {
  const folder = await temporaryFolder();
  await run('mount', ['-t', 'tmpfs', '-o', [`size=${bytes}`, ...options].join(','), 'tmpfs', folder]);
  onTestFinished(async () => {
    await run('umount', ['--lazy', folder]);
  });
  return folder;
};

const warnings = ({ log }: OpenedIndex): readonly string[] =>
  log.lines.filter((line) => line.level !== 'info').map((line) => line.message);

/** What it finds of music that it sees, and how it complained. */
const seeAndFind = async (opened: OpenedIndex) => {
  opened.index.see({ kind: 'tracks', tracks: TRACKS });
  await opened.index.settled();
  return { best: opened.index.known.search({ query: 'song 7' })?.best, warnings: warnings(opened) };
};
const FOUND_IN_MEMORY = {
  best: { kind: 'track', track: TRACKS[7] },
  warnings: ['offline index kept in memory: no file can be written'],
};

describe('the offline index on a disk that cannot be written', () => {
  it.runIf(canMount)('works in memory and warns once when the disk is read-only', async () => {
    const folder = await mountSmall(1_000_000, 'ro');
    const opened = await openOfflineIndex({ path: join(folder, 'index.sqlite') });
    expect(await seeAndFind(opened)).toEqual(FOUND_IN_MEMORY);
  });

  it.runIf(process.platform !== 'win32' && !canMount)('… or the folder is', async () => {
    const folder = await temporaryFolder();
    await chmod(folder, 0o500);
    onTestFinished(() => chmod(folder, 0o700));
    const opened = await openOfflineIndex({ path: join(folder, 'index.sqlite') });
    expect(await seeAndFind(opened)).toEqual(FOUND_IN_MEMORY);
  });

  it.runIf(canMount)(
    'goes on answering when the disk fills up, and files again when there is room',
    async () => {
      const folder = await mountSmall(8_000_000);
      const opened = await openOfflineIndex({ path: join(folder, 'index.sqlite') });
      const { index } = opened;
      index.see({ kind: 'tracks', tracks: TRACKS });
      await index.settled();
      const other = join(folder, 'something-else');
      // tmpfs takes what fits and fails then; what fits is the point.
      await writeFile(other, new Uint8Array(8_000_000)).catch(() => undefined);

      index.see({ kind: 'tracks', tracks: manyTracks(2_000, 1_000) });
      index.hold(TRACKS.map((track) => track.id));
      await index.settled();

      expect(index.known.search({ query: 'song 7' })?.best).toEqual({ kind: 'track', track: TRACKS[7] });
      expect(index.track(TRACKS[99]?.id ?? '')).toEqual(TRACKS[99]);
      expect(warnings(opened)).toEqual(['offline index cannot be written']);

      await rm(other);
      index.see({ kind: 'tracks', tracks: manyTracks(50, 5_000) });
      await index.settled();

      expect(index.track(manyTracks(1, 5_049)[0]?.id ?? '')).not.toBeNull();
      // What became of the cache meanwhile is not forgotten.
      expect(index.playable().tracks).toBe(TRACKS.length);
      expect(warnings(opened)).toHaveLength(1);
      const reopened = await opened.reopen();
      expect(reopened.playable().tracks).toBe(TRACKS.length);
      await reopened.close();
    },
  );
});
