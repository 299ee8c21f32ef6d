import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addToQueue, goOnAfterEnd, setRepeat, setShuffle } from './queue-edit.ts';
import { emptyQueue, next, start, type QueueEntry } from './queue.ts';
import { similarTracks } from './similar.ts';
import { SLEEP_FADE_MS, sleepGain, sleepsAfterTrack } from './sleep-timer.ts';

const track = (id: string, album = 'one', artist = id, genres: readonly string[] = []) => ({
  id,
  durationMs: 1000,
  album: { id: album },
  artists: [{ id: artist }],
  genres: genres.map((genre) => ({ id: genre })),
});
type TestTrack = ReturnType<typeof track>;
const entry = (entryId: string, album?: string): QueueEntry<TestTrack> => ({
  entryId,
  track: track(entryId, album),
});
const started = (entries: readonly QueueEntry<TestTrack>[], index = 0) =>
  start(emptyQueue<TestTrack, string>(), entries, index, 'a list', 1);

describe('a sleep timer', () => {
  it('fades in its last ten seconds, evenly, to nothing', () => {
    const sleep = { kind: 'at', endsAtMs: 60_000 } as const;
    expect(sleepGain(sleep, 60_000 - SLEEP_FADE_MS)).toBe(1);
    expect(sleepGain(sleep, 55_000)).toBe(0.25);
    expect(sleepGain(sleep, 60_000)).toBe(0);
    expect(sleepGain({ kind: 'endOfTrack' }, 60_000)).toBe(1);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 70_000 }), (nowMs) => {
        const gain = sleepGain(sleep, nowMs);
        expect(gain).toBeGreaterThanOrEqual(sleepGain(sleep, nowMs + 1));
        expect(gain - sleepGain(sleep, nowMs + 100)).toBeLessThan(0.02);
      }),
    );
  });

  it('ends with a track, or where the album does', () => {
    const queue = started([entry('A'), entry('B'), entry('C', 'two')]);
    const album = { kind: 'endOfAlbum', albumId: 'one' } as const;
    expect(sleepsAfterTrack({ kind: 'endOfTrack' }, queue)).toBe(true);
    expect(sleepsAfterTrack({ kind: 'at', endsAtMs: 0 }, queue)).toBe(false);
    expect(sleepsAfterTrack(album, queue)).toBe(false);
    const second = next(queue, 'automatic') ?? queue;
    expect(sleepsAfterTrack(album, second)).toBe(true);
    expect(sleepsAfterTrack(album, setRepeat(started([entry('A'), entry('B')]), 'one'))).toBe(true);
    expect(sleepsAfterTrack(album, setRepeat(started([entry('A'), entry('B')], 1), 'all'))).toBe(true);
  });

  it('lets what was asked for in mid-album be heard, and the rest of the album after it', () => {
    const asked = addToQueue(started([entry('A'), entry('B')]), [entry('X', 'two')]);
    const album = { kind: 'endOfAlbum', albumId: 'one' } as const;
    expect(sleepsAfterTrack(album, asked)).toBe(false);
    const hearingX = next(asked, 'automatic') ?? asked;
    expect(hearingX.current?.entryId).toBe('X');
    expect(sleepsAfterTrack(album, hearingX)).toBe(false);
  });
});

describe('a queue that goes on', () => {
  it('plays what was added after everything else, and keeps it through shuffling and un-shuffling', () => {
    const queue = addToQueue(started([entry('A'), entry('B')]), [entry('X')]);
    const longer = goOnAfterEnd(queue, [entry('Y'), entry('Z')]);
    expect(longer.upcoming.map(({ entryId }) => entryId).join('')).toBe('BYZ');
    const back = setShuffle(setShuffle(longer, true, 7), false, 0);
    expect(back.upcoming.map(({ entryId }) => entryId).join('')).toBe('BYZ');
    expect(goOnAfterEnd(queue, [])).toBe(queue);
  });
});

describe('similar music', () => {
  const heard = [track('heard', 'one', 'band', ['folk', 'pop'])];
  const request = {
    heard,
    relatedArtistIds: new Set(['kin']),
    excluded: new Set(['heard', 'lately']),
    seed: 3,
    count: 10,
  };
  const pool = [
    ...Array.from({ length: 40 }, (_, index) => track(`far${index}`, 'two', `far${index}`)),
    ...Array.from({ length: 40 }, (_, index) => track(`kin${index}`, 'two', 'kin', ['folk', 'pop'])),
  ];

  it('is the same for the same seed, in whatever order the answers came', () => {
    const chosen = similarTracks({ ...request, candidates: pool });
    expect(similarTracks({ ...request, candidates: pool.toReversed() })).toEqual(chosen);
    expect(similarTracks({ ...request, candidates: pool, seed: 4 })).not.toEqual(chosen);
  });

  it('holds nothing that was heard lately, and nothing twice', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 30 }), { maxLength: 60 }),
        fc.nat(),
        fc.integer({ min: 0, max: 20 }),
        (names, seed, count) => {
          const candidates = [...names.map((name) => track(`t${name}`)), track('lately'), track('heard')];
          const ids = similarTracks({ ...request, candidates, seed, count }).map(({ id }) => id);
          expect(new Set(ids).size).toBe(ids.length);
          expect(ids).toHaveLength(Math.min(count, new Set(names).size));
          expect(ids.filter((id) => request.excluded.has(id))).toEqual([]);
        },
      ),
    );
  });

  it('is mostly what is close', () => {
    let close = 0;
    for (let seed = 0; seed < 50; seed += 1) {
      const chosen = similarTracks({ ...request, candidates: pool, seed });
      close += chosen.filter(({ artists }) => artists[0]?.id === 'kin').length;
    }
    // As many of either were there: by chance it would be half of 500.
    expect(close).toBeGreaterThan(350);
  });
});
