/** Files that are not what was written, between two runs or while they are read. */
import { copyFile, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { HostFailure } from '../../src/contract/host-error.ts';
import { CHUNK_BYTES } from '../../src/main/track-cache/sealed-audio/chunked-encryption.ts';
import {
  audioBytes,
  createCacheFixture,
  readSome,
  sha256Of,
  until,
  type CacheFixture,
} from '../host/track-cache-fixture.ts';
import {
  AUDIO_DAMAGE,
  between,
  cut,
  empty,
  flipAnywhere,
  garble,
  type Damage,
  type Random,
} from './damage.ts';
import { createTally, randomFrom, type Scenario, type Tally } from './outcome.ts';
import { play } from './playing.ts';

const never = new AbortController().signal;
const OFFLINE = new HostFailure('offline', 'there is no network');

interface Music {
  readonly trackId: string;
  readonly audio: Uint8Array;
}

/** One of them ends just at a chunk's end. */
const LENGTHS = [150_000, 6 * CHUNK_BYTES, 70_000];

const publishAll = (fixture: CacheFixture): readonly Music[] =>
  LENGTHS.map((length, place) => {
    const audio = audioBytes(length, 31 + place);
    return { audio, trackId: fixture.publish(`song${place}`, audio) };
  });

const pathOf = async (fixture: CacheFixture, audio: Uint8Array): Promise<string> => {
  const sha256 = sha256Of(audio);
  return join(await fixture.audioFolder(), sha256.slice(0, 2), sha256);
};

const named = <Value>(choices: Readonly<Record<string, Value>>, number: number): readonly [string, Value] => {
  const entries = Object.entries(choices);
  const entry = entries[number % entries.length];
  if (entry === undefined) throw new Error('there is nothing to choose');
  return entry;
};

/** Plays everything without a network, then with one; what must be there is there at both times. */
const playAll = async (
  fixture: CacheFixture,
  music: readonly Music[],
  mustBeThere: (trackId: string) => boolean,
  what: string,
  tally: Tally,
): Promise<void> => {
  fixture.failService(OFFLINE);
  for (const { trackId, audio } of music) {
    const played = await play(fixture.cache, trackId, audio);
    if (played.kind === 'wrong' || (played.kind === 'failed' && !played.isRightSoFar))
      tally.wrong(`${trackId} without a network: ${what}`);
    if (played.kind === 'failed' && mustBeThere(trackId))
      tally.lost(`${trackId} without a network: ${what}: ${String(played.error)}`);
  }
  fixture.failService(null);
  for (const { trackId, audio } of music) {
    const played = await play(fixture.cache, trackId, audio);
    if (played.kind === 'wrong' || (played.kind === 'failed' && !played.isRightSoFar))
      tally.wrong(`${trackId}: ${what}`);
    if (played.kind === 'failed') tally.lost(`${trackId}: ${what}: ${String(played.error)}`);
  }
};

/** A scenario over a folder in which everything is kept, one try a folder. */
const overKept = (
  fault: string,
  tryOnce: (
    fixture: CacheFixture,
    music: readonly Music[],
    number: number,
    random: Random,
    tally: Tally,
  ) => Promise<void>,
): Scenario => ({
  fault,
  async run(tries, seed) {
    const tally = createTally(fault);
    for (let number = 0; number < tries; number += 1) {
      const fixture = await createCacheFixture();
      try {
        const music = publishAll(fixture);
        for (const { trackId } of music) await fixture.cache.keep(trackId, never);
        tally.tried();
        await tryOnce(fixture, music, number, randomFrom(seed + number), tally);
        tally.met();
      } finally {
        await fixture.close();
      }
    }
    return tally.outcome();
  },
});

const damagedBetweenRuns = overKept(
  'bits flipped, cut, extended, chunks swapped between two runs',
  async (fixture, music, number, random, tally) => {
    const [name, damage] = named(AUDIO_DAMAGE, number);
    const [hurt] = music.slice(number % 2);
    if (hurt === undefined) return;
    await fixture.restart(async () => damage(await pathOf(fixture, hurt.audio), random));
    await playAll(fixture, music, (trackId) => trackId !== hurt.trackId, `${name}, try ${number}`, tally);
  },
);

const damagedWhilePlaying = overKept(
  'bits flipped under two readers',
  async (fixture, [song], number, random, tally) => {
    if (song === undefined) return;
    const { trackId, audio } = song;
    const what = `try ${number}`;
    const file = await fixture.cache.describe(trackId);
    const everything = { first: 0, last: audio.byteLength - 1 };
    const streams = await Promise.all([1, 2].map(() => fixture.cache.read(file, everything)));
    const [quick, slow] = streams.map((stream) => stream.getReader());
    if (quick === undefined || slow === undefined) return;
    const isKeptAgain = (): Promise<void> =>
      until('it is kept again', () => fixture.cache.holding(trackId)?.isWhole === true);
    const rest = async (reader: typeof quick, start: Uint8Array): Promise<void> => {
      try {
        const all = Buffer.concat([start, await readSome(reader, Number.POSITIVE_INFINITY)]);
        if (Buffer.compare(all, audio) !== 0) tally.wrong(what);
      } catch (error) {
        tally.lost(`${what}: ${String(error)}`);
      }
    };
    const starts = await Promise.all([readSome(quick, 1), readSome(slow, 1)]);
    const behind = Math.max(...starts.map(({ byteLength }) => byteLength));
    const untouched = (behind + CHUNK_BYTES) / audio.byteLength;
    await flipAnywhere(await pathOf(fixture, audio), () => untouched + random() * (1 - untouched));
    if (number % 2 === 0) {
      await Promise.all([rest(quick, starts[0]), rest(slow, starts[1])]);
      await isKeptAgain();
    } else {
      // The slow one comes to the damage when the file in its place has long been another.
      await rest(quick, starts[0]);
      await isKeptAgain();
      fixture.origin.meetWith('/song0', { kind: 'status', status: 404 });
      await rest(slow, starts[1]);
    }
    if (fixture.cache.failure() !== null) tally.lost(`the disk is blamed, ${what}`);
    await playAll(fixture, [song], () => true, `afterwards, ${what}`, tally);
  },
);

const replaced = overKept(
  'a file of another track or another account in its place',
  async (fixture, music, number, _random, tally) => {
    const [song, other] = music;
    if (song === undefined || other === undefined) return;
    const isOtherAccount = number % 2 === 1;
    const foreign = await createCacheFixture();
    try {
      foreign.publish('song0', song.audio);
      await foreign.cache.keep(song.trackId, never);
      const from = isOtherAccount ? await pathOf(foreign, song.audio) : await pathOf(fixture, other.audio);
      await fixture.restart(async () => copyFile(from, await pathOf(fixture, song.audio)));
      const what = `${isOtherAccount ? 'another account' : 'another track'}, try ${number}`;
      await playAll(fixture, music, (trackId) => trackId !== song.trackId, what, tally);
    } finally {
      await foreign.close();
    }
  },
);

const indexPath = async (fixture: CacheFixture): Promise<string> =>
  join(await fixture.audioFolder(), 'index.sqlite');
const inIndex = async (fixture: CacheFixture, statement: string): Promise<void> => {
  const database = new DatabaseSync(await indexPath(fixture));
  database.exec(statement);
  database.close();
};

const INDEX_DAMAGE: Readonly<Record<string, (fixture: CacheFixture, random: Random) => Promise<void>>> = {
  deleted: async (fixture) => rm(await indexPath(fixture)),
  garbled: async (fixture, random) => garble(await indexPath(fixture), random),
  empty: async (fixture, random) => empty(await indexPath(fixture), random),
  cut: async (fixture, random) => cut(await indexPath(fixture), random),
  flipped: async (fixture, random) => flipAnywhere(await indexPath(fixture), random),
  'of another version': (fixture) => inIndex(fixture, 'PRAGMA user_version = 99'),
  'with a changed row': (fixture) =>
    inIndex(fixture, `UPDATE entries SET body = replace(body, '"bytes":150000', '"bytes":150001')`),
  'without rows': (fixture) => inIndex(fixture, 'DELETE FROM entries'),
  'another one': (fixture) => inIndex(fixture, 'DROP TABLE entries; CREATE TABLE entries(other TEXT)'),
};

const indexDamaged = overKept(
  'index deleted, garbled, of another version',
  async (fixture, music, number, random, tally) => {
    const [name, damage] = named(INDEX_DAMAGE, number);
    await fixture.restart(() => damage(fixture, random));
    await until('everything is known again', () => fixture.cache.wholeTracks().length === music.length).catch(
      () => undefined,
    );
    await playAll(fixture, music, () => true, `index ${name}, try ${number}`, tally);
  },
);

const NOTE_DAMAGE: Readonly<Record<string, Damage>> = {
  deleted: (path) => rm(path),
  garbled: garble,
  empty,
  cut,
  flipped: flipAnywhere,
};

const notesDamaged = overKept('notes deleted or garbled', async (fixture, music, number, random, tally) => {
  const [name, damage] = named(NOTE_DAMAGE, number);
  const [hurt] = music.slice(number % 3);
  if (hurt === undefined) return;
  const isIndexGone = number % 2 === 1;
  await fixture.restart(async () => {
    await damage(`${await pathOf(fixture, hurt.audio)}.json`, random);
    if (isIndexGone) await rm(await indexPath(fixture));
  });
  await fixture.cache.ready;
  // With the index there the note is not needed; with both gone nothing says any more what the file is.
  await playAll(
    fixture,
    music,
    (trackId) => !isIndexGone || trackId !== hurt.trackId,
    `note ${name}, try ${number}`,
    tally,
  );
});

const PART_LENGTHS = [400_000, 20 * CHUNK_BYTES];

const partsDamaged: Scenario = {
  fault: 'a part damaged before it is gone on with',
  async run(tries, seed) {
    const tally = createTally(partsDamaged.fault);
    for (let number = 0; number < tries; number += 1) {
      const random = randomFrom(seed + number);
      const fixture = await createCacheFixture();
      try {
        const audio = audioBytes(PART_LENGTHS[number % 2] ?? 0, 5);
        const trackId = fixture.publish('song', audio);
        const afterBytes = between(random, 60_000, 300_000);
        fixture.origin.meetWith('/song', { kind: 'hold', afterBytes });
        const stream = await fixture.cache.read(await fixture.cache.describe(trackId), {
          first: 0,
          last: audio.byteLength - 1,
        });
        await readSome(stream.getReader(), 50_000);
        // A reader has it from memory, before the disk does.
        const wholeChunks = Math.floor(afterBytes / CHUNK_BYTES) * CHUNK_BYTES;
        await until(
          'what came is on the disk',
          () => (fixture.cache.holding(trackId)?.presentBytes ?? 0) >= wholeChunks,
        );
        tally.tried();
        const [name, damage] = named(AUDIO_DAMAGE, number);
        const what = `${name}, try ${number}`;
        await fixture.restart(async () => {
          const part = `${await pathOf(fixture, audio)}.part`;
          const folder = await readdir(join(part, '..'));
          if (folder.some((file) => part.endsWith(file))) tally.met();
          await damage(part, random);
        });
        await fixture.cache
          .keep(trackId, never)
          .catch((error: unknown) => tally.lost(`not kept: ${what}: ${String(error)}`));
        await fixture.restart();
        await playAll(fixture, [{ trackId, audio }], () => true, what, tally);
      } finally {
        await fixture.close();
      }
    }
    return tally.outcome();
  },
};

export const AT_REST: readonly Scenario[] = [
  damagedBetweenRuns,
  damagedWhilePlaying,
  replaced,
  indexDamaged,
  notesDamaged,
  partsDamaged,
];
