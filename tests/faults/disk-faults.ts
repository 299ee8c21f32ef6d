/** Disks that are full, read-only or gone. Real ones where this user may mount, else by what stops even root. */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createMemorySecrets } from '../../src/main/secrets/memory-secrets.ts';
import { audioBytes, createCacheFixture, until, type CacheFixture } from '../host/track-cache-fixture.ts';
import { between } from './damage.ts';
import { createTally, randomFrom, type Scenario, type Tally } from './outcome.ts';
import { play } from './playing.ts';
import { quickClock, type QuickClock } from './quick-clock.ts';

const run = promisify(execFile);
const never = new AbortController().signal;
const BYTES = 300_000;

interface Disk {
  readonly folder: string;
  remount(how: 'ro' | 'rw'): Promise<void>;
  unmount(): Promise<void>;
}

/** A disk of its own in memory; null where this user may not mount. */
const mountDisk = async (kilobytes: number): Promise<Disk | null> => {
  if (process.platform !== 'linux') return null;
  const folder = await mkdtemp(join(tmpdir(), 'riffle-disk-'));
  try {
    await run('mount', ['-t', 'tmpfs', '-o', `size=${kilobytes}k`, 'tmpfs', folder]);
  } catch {
    await rm(folder, { recursive: true });
    return null;
  }
  return {
    folder,
    remount: async (how) => void (await run('mount', ['-o', `remount,${how}`, folder])),
    async unmount() {
      await run('umount', ['-l', folder]);
      await rm(folder, { recursive: true });
    },
  };
};

export const canMount = async (): Promise<boolean> => {
  const disk = await mountDisk(64);
  await disk?.unmount();
  return disk !== null;
};

const songs = (fixture: CacheFixture, count: number) =>
  Array.from({ length: count }, (_, number) => {
    const audio = audioBytes(BYTES, 60 + number);
    return { audio, trackId: fixture.publish(`song${number}`, audio) };
  });

const mustPlay = async (
  fixture: CacheFixture,
  { trackId, audio }: { readonly trackId: string; readonly audio: Uint8Array },
  what: string,
  tally: Tally,
): Promise<void> => {
  const played = await play(fixture.cache, trackId, audio);
  if (played.kind === 'wrong') tally.wrong(`${trackId}: ${what}`);
  if (played.kind === 'failed') tally.lost(`${trackId}: ${what}: ${String(played.error)}`);
};

const keepQuietly = (fixture: CacheFixture, trackId: string): Promise<string> =>
  fixture.cache.keep(trackId, never).then(
    () => 'kept',
    (error: unknown) => String(error),
  );

type TryOnce = (
  fixture: CacheFixture,
  number: number,
  tally: Tally,
  disk: Disk,
  clock: QuickClock,
) => Promise<void>;

const onDisk = (fault: string, kilobytes: number, tryOnce: TryOnce): Scenario => ({
  fault,
  async run(tries, seed) {
    const tally = createTally(fault);
    for (let number = 0; number < tries; number += 1) {
      const disk = await mountDisk(kilobytes);
      if (disk === null) continue;
      const clock = quickClock();
      const folder = join(disk.folder, 'cache');
      const fixture = await createCacheFixture({
        folder,
        clock,
        secrets: createMemorySecrets(),
        limitBytes: 1e9,
      });
      try {
        tally.tried();
        await tryOnce(fixture, seed + number, tally, disk, clock);
      } finally {
        await disk.remount('rw');
        await fixture.close();
        await disk.unmount();
      }
    }
    return tally.outcome();
  },
});

const full = onDisk('full disk', 2_200, async (fixture, number, tally, disk) => {
  const random = randomFrom(number);
  const [first, second, third] = songs(fixture, 3);
  if (first === undefined || second === undefined || third === undefined) return;
  fixture.cache.setPinned([first.trackId]);
  await fixture.cache.keep(first.trackId, never);
  // Somebody else fills the disk: before the next track, or while it comes.
  const isInTheMiddle = number % 2 === 0;
  const fill = async (): Promise<void> => {
    const parts = Array.from({ length: 64 }, (_, part) => join(disk.folder, `other${part}`));
    for (const part of parts) {
      const isFull = await writeFile(part, new Uint8Array(64_000)).then(
        () => false,
        () => true,
      );
      if (isFull) return;
    }
  };
  if (isInTheMiddle) {
    const afterBytes = between(random, 50_000, 200_000);
    fixture.origin.meetWith('/song1', { kind: 'hold', afterBytes });
    const playing = play(fixture.cache, second.trackId, second.audio);
    await until('it comes', () => (fixture.cache.holding(second.trackId)?.presentBytes ?? 0) > 16_000);
    await fill();
    fixture.origin.release();
    const played = await playing;
    if (played.kind === 'wrong') tally.wrong(`in the middle, try ${number}`);
    if (played.kind === 'failed') tally.lost(`in the middle, try ${number}: ${String(played.error)}`);
  } else {
    await fill();
    await mustPlay(fixture, second, `past the full disk, try ${number}`, tally);
  }
  const kept = await keepQuietly(fixture, third.trackId);
  if (kept.includes('disk') || kept.includes('ENOSPC') || kept.includes('storage')) tally.met();
  await mustPlay(fixture, first, `kept before, try ${number}`, tally);
  await mustPlay(fixture, third, `past the full disk, try ${number}`, tally);
  // There is room again, after a restart and at once.
  for (let part = 0; part < 64; part += 1) await rm(join(disk.folder, `other${part}`), { force: true });
  await fixture.restart();
  const again = await keepQuietly(fixture, second.trackId);
  if (again !== 'kept') tally.lost(`not kept with room again, try ${number}: ${again}`);
  const asked = fixture.origin.requests.length;
  for (const song of [first, second]) await mustPlay(fixture, song, `with room again, try ${number}`, tally);
  if (fixture.origin.requests.length !== asked) tally.lost(`what was kept was fetched again, try ${number}`);
});

const readOnly = onDisk('read-only folder', 4_000, async (fixture, number, tally, disk, clock) => {
  const [first, second] = songs(fixture, 2);
  if (first === undefined || second === undefined) return;
  await fixture.cache.keep(first.trackId, never);
  await fixture.restart(() => disk.remount('ro'));
  await fixture.cache.ready;
  const asked = fixture.origin.requests.length;
  await mustPlay(fixture, first, `kept, read-only, try ${number}`, tally);
  if (fixture.origin.requests.length !== asked) tally.lost(`what was kept was fetched again, try ${number}`);
  await mustPlay(fixture, second, `past a read-only disk, try ${number}`, tally);
  if ((await keepQuietly(fixture, second.trackId)) !== 'kept' && fixture.cache.failure() !== null)
    tally.met();
  if (number % 2 === 0) await fixture.restart(() => disk.remount('rw'));
  else {
    await disk.remount('rw');
    clock.moveBy(120_000);
  }
  await mustPlay(fixture, first, `writable again, try ${number}`, tally);
  const again = await keepQuietly(fixture, second.trackId);
  if (again !== 'kept') tally.lost(`not kept although writable, try ${number}: ${again}`);
});

const gone: Scenario = {
  fault: 'folder gone, running and between two runs',
  async run(tries, seed) {
    const tally = createTally(gone.fault);
    for (let number = seed; number < seed + tries; number += 1) {
      const clock = quickClock();
      const fixture = await createCacheFixture({ clock });
      const audioFolder = join(fixture.folder, 'audio');
      const aside = join(fixture.folder, 'aside');
      try {
        tally.tried();
        const [first, second] = songs(fixture, 2);
        if (first === undefined || second === undefined) continue;
        await fixture.cache.keep(first.trackId, never);
        const away = (): Promise<void> =>
          number % 4 < 2 ? rm(audioFolder, { recursive: true }) : rename(audioFolder, aside);
        if (number % 2 === 0) await fixture.restart(away);
        else await away();
        // The edge is there: it plays, whatever became of the folder.
        await mustPlay(fixture, first, `fetched again, try ${number}`, tally);
        await mustPlay(fixture, second, `with the folder gone, try ${number}`, tally);
        if (fixture.origin.requests.length >= 2) tally.met();
        // The disk may have been blamed; that passes.
        clock.moveBy(120_000);
        const again = await keepQuietly(fixture, first.trackId);
        if (again !== 'kept') tally.lost(`not kept again, try ${number}: ${again}`);
        await fixture.restart();
        await mustPlay(fixture, first, `kept again, try ${number}`, tally);
      } finally {
        await fixture.close();
      }
    }
    return tally.outcome();
  },
};

const inTheWay: Scenario = {
  fault: 'a file where the folder must be',
  async run(tries, seed) {
    const tally = createTally(inTheWay.fault);
    for (let number = seed; number < seed + tries; number += 1) {
      const clock = quickClock();
      const fixture = await createCacheFixture({ clock });
      const audioFolder = join(fixture.folder, 'audio');
      try {
        tally.tried();
        const [song] = songs(fixture, 1);
        if (song === undefined) continue;
        await fixture.restart(async () => {
          await rm(audioFolder, { recursive: true, force: true });
          await writeFile(audioFolder, 'not a folder');
        });
        await mustPlay(fixture, song, `with no folder, try ${number}`, tally);
        if ((await keepQuietly(fixture, song.trackId)).includes('ENOTDIR')) tally.met();
        await rm(audioFolder);
        await mkdir(audioFolder);
        // The disk was blamed; that passes, and does not last for as long as a clock was wrong.
        clock.moveBy(number % 2 === 0 ? 120_000 : -86_400_000);
        const again = await keepQuietly(fixture, song.trackId);
        if (again !== 'kept') tally.lost(`not kept once there is a folder, try ${number}: ${again}`);
      } finally {
        await fixture.close();
      }
    }
    return tally.outcome();
  },
};

/** These need a disk of their own, and say nothing where this user may not mount one. */
export const MOUNTED_DISK_FAULTS: readonly Scenario[] = [full, readOnly];
export const DISK_FAULTS: readonly Scenario[] = [gone, inTheWay];
