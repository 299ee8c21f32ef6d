/** Several at once over one track, one folder, one limit; and clocks that are set. */
import { setTimeout as delay } from 'node:timers/promises';
import { createMemorySecrets } from '../../src/main/secrets/memory-secrets.ts';
import { NOTE_BYTES } from '../../src/main/track-cache/audio-store.ts';
import { sealedLength } from '../../src/main/track-cache/sealed-audio/chunked-encryption.ts';
import { audioBytes, createCacheFixture, until, type CacheFixture } from '../host/track-cache-fixture.ts';
import { between, type Random } from './damage.ts';
import { bytesBelow } from './folder-facts.ts';
import { createTally, randomFrom, type Scenario, type Tally } from './outcome.ts';
import { play } from './playing.ts';
import { quickClock } from './quick-clock.ts';

const never = new AbortController().signal;
const DAY_MS = 86_400_000;

interface Song {
  readonly trackId: string;
  readonly audio: Uint8Array;
}

const publishSongs = (fixture: CacheFixture, count: number, bytes: number): readonly Song[] =>
  Array.from({ length: count }, (_, number) => {
    const audio = audioBytes(bytes, 80 + number);
    return { audio, trackId: fixture.publish(`song${number}x`, audio) };
  });

const listen = async (
  fixture: CacheFixture,
  { trackId, audio }: Song,
  what: string,
  tally: Tally,
): Promise<void> => {
  const played = await play(fixture.cache, trackId, audio);
  if (played.kind === 'wrong') tally.wrong(`${trackId}: ${what}`);
  if (played.kind === 'failed') tally.lost(`${trackId}: ${what}: ${String(played.error)}`);
};
const keep = async (fixture: CacheFixture, { trackId }: Song, what: string, tally: Tally): Promise<void> => {
  await fixture.cache
    .keep(trackId, never)
    .catch((error: unknown) => tally.lost(`${trackId} not kept: ${what}: ${String(error)}`));
};

const scenario = (
  fault: string,
  tryOnce: (number: number, random: Random, tally: Tally) => Promise<void>,
): Scenario => ({
  fault,
  async run(tries, seed) {
    const tally = createTally(fault);
    for (let number = 0; number < tries; number += 1) {
      tally.tried();
      await tryOnce(number, randomFrom(seed + number), tally);
    }
    return tally.outcome();
  },
});

const oneTrack = scenario('two windows and two downloads of one track', async (number, random, tally) => {
  const fixture = await createCacheFixture();
  try {
    const [song] = publishSongs(fixture, 1, 500_000);
    if (song === undefined) return;
    // The same recording on another album: another track, the same file.
    const twin: Song = { audio: song.audio, trackId: fixture.publish('twin', song.audio) };
    const what = `try ${number}`;
    const all = [
      () => listen(fixture, song, what, tally),
      () => listen(fixture, song, what, tally),
      () => keep(fixture, song, what, tally),
      () => keep(fixture, song, what, tally),
      () => keep(fixture, twin, what, tally),
    ].sort(() => random() - 0.5);
    await Promise.all(all.map((work) => work()));
    if (fixture.origin.requests.length === 1) tally.met();
    else tally.lost(`${fixture.origin.requests.length} requests, ${what}`);
    await until('it is whole', () => fixture.cache.holding(song.trackId)?.isWhole === true);
    for (const { trackId } of [song, twin])
      if (fixture.cache.holding(trackId)?.isWhole !== true) tally.lost(`${trackId} told to be kept, ${what}`);
    await fixture.restart();
    await fixture.origin.close();
    for (const each of [song, twin]) await listen(fixture, each, `from the disk, ${what}`, tally);
  } finally {
    await fixture.close();
  }
});

const twoApps = scenario('two apps over one folder', async (number, random, tally) => {
  const secrets = createMemorySecrets();
  const one = await createCacheFixture({ secrets, clock: quickClock() });
  const other = await createCacheFixture({ secrets, folder: one.folder, clock: quickClock() });
  try {
    const songs = publishSongs(one, 6, 200_000);
    publishSongs(other, 6, 200_000);
    const order = songs.map((song) => song).sort(() => random() - 0.5);
    const listened = async (fixture: CacheFixture, list: readonly Song[]): Promise<void> => {
      for (const song of list) await listen(fixture, song, `try ${number}`, tally);
    };
    const removing = async (): Promise<void> => {
      await delay(random() * 20);
      await other.cache.clearCached();
    };
    await Promise.all([listened(one, order), listened(other, songs), removing(), removing()]);
    await Promise.all([listened(one, songs), listened(other, order)]);
    if (one.origin.requests.length + other.origin.requests.length > 0) tally.met();
    await other.cache.close();
    await one.restart();
    await listened(one, songs);
  } finally {
    // Closing removes the folder, in which nobody may write any more.
    await one.cache.close();
    await other.close();
    await one.close();
  }
});

const MOVES = [-365 * DAY_MS, 365 * DAY_MS, -3_600_000, 3_600_000, -40 * 365 * DAY_MS];

const clocks = scenario('clock moved back and forward', async (number, _random, tally) => {
  const clock = quickClock();
  const songBytes = 100_000;
  const onDisk = sealedLength(songBytes) + NOTE_BYTES;
  const fixture = await createCacheFixture({ clock, limitBytes: Math.floor(onDisk * 3.5) });
  try {
    const songs = publishSongs(fixture, 6, songBytes);
    const what = `moved by ${MOVES[number % MOVES.length] ?? 0} ms, try ${number}`;
    const [pinned, ...others] = songs;
    if (pinned === undefined) return;
    fixture.cache.setPinned([pinned.trackId]);
    await keep(fixture, pinned, what, tally);
    let previous: Song | null = null;
    for (const song of others) {
      clock.moveBy((previous === null ? 1 : -0.5) * (MOVES[number % MOVES.length] ?? 0));
      await keep(fixture, song, what, tally);
      // Whatever the clock says, what was used last goes last.
      if (previous !== null && fixture.cache.holding(previous.trackId)?.isWhole !== true)
        tally.lost(`${previous.trackId} was used last and went first, ${what}`);
      if (fixture.cache.holding(song.trackId)?.isWhole !== true)
        tally.lost(`${song.trackId} went at once, ${what}`);
      if (fixture.cache.holding(pinned.trackId)?.isWhole !== true) tally.lost(`the pinned one went, ${what}`);
      if (number % 2 === 1) await fixture.restart();
      fixture.cache.setPinned([pinned.trackId]);
      await fixture.cache.ready;
      await listen(fixture, song, what, tally);
      previous = song;
    }
    if (fixture.cache.wholeTracks().length < songs.length) tally.met();
    if (fixture.cache.failure() !== null) tally.lost(`the disk is blamed, ${what}`);
  } finally {
    await fixture.close();
  }
});

const limits = scenario('limits changed while many tracks come and go', async (number, random, tally) => {
  const songBytes = 150_000;
  const onDisk = sealedLength(songBytes) + NOTE_BYTES;
  const tooMany = 40;
  let limit = 6;
  const fixture = await createCacheFixture({ limitBytes: onDisk * limit });
  try {
    const songs = publishSongs(fixture, 14, songBytes);
    const pinned = songs.slice(0, 2);
    fixture.cache.setPinned(pinned.map(({ trackId }) => trackId));
    for (const song of pinned) await keep(fixture, song, 'pinned', tally);
    const running = new Set(['people']);
    let most = 0;
    /** While the limit goes down, what was within the old one may be there until it has. */
    let allowed = limit;
    const watch = async (): Promise<void> => {
      while (running.size > 0) {
        const before = allowed;
        const bytes = await bytesBelow(fixture.folder);
        most = Math.max(most, bytes);
        const may = (Math.max(before, allowed) + pinned.length) * onDisk;
        if (bytes > may) tally.lost(`${bytes} bytes on the disk where ${may} may be, try ${number}`);
        const totals = fixture.cache.totals('cached').bytes;
        if (totals > Math.max(before, allowed) * onDisk) tally.lost(`${totals} counted, try ${number}`);
      }
    };
    const watching = watch();
    const any = (): Song =>
      songs[between(random, 2, songs.length)] ?? songs[2] ?? { trackId: '', audio: new Uint8Array() };
    const person = async (): Promise<void> => {
      for (let step = 0; step < tooMany / 4; step += 1) {
        const choice = random();
        if (choice < 0.4) {
          const [current, next] = [any(), any()];
          fixture.cache.expect(current.trackId, [next.trackId]);
          await listen(fixture, current, `try ${number}`, tally);
        } else if (choice < 0.8) {
          await fixture.cache.keep(any().trackId, never).catch(() => undefined);
        } else {
          limit = between(random, 3, 8);
          allowed = Math.max(allowed, limit);
          await fixture.cache.setLimits({ cachedBytes: limit * onDisk, pinnedBytes: null });
          if (limit < allowed && fixture.cache.totals('cached').bytes <= limit * onDisk) allowed = limit;
        }
      }
    };
    await Promise.all([person(), person(), person()]);
    running.clear();
    await watching;
    if (most > 3 * onDisk) tally.met();
    await fixture.restart();
    // As an app does that is still reading what is pinned.
    await fixture.cache.ready;
    await delay(1);
    fixture.cache.setPinned(pinned.map(({ trackId }) => trackId));
    await fixture.origin.close();
    for (const song of pinned) await listen(fixture, song, `pinned, try ${number}`, tally);
  } finally {
    await fixture.close();
  }
});

export const TOGETHER: readonly Scenario[] = [oneTrack, twoApps, clocks, limits];
