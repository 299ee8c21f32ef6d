import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addToQueue, setRepeat, setShuffle } from './queue-edit.ts';
import { emptyQueue, jump, next, start, type Queue, type QueueEntry, type QueueTrack } from './queue.ts';
import { entriesOf, inOrder, orderOf } from './queue-order.ts';
import {
  firstHere,
  goOnInsteadWith,
  goOnWith,
  tracksToCome,
  whatFollows,
  whatPrecedes,
} from './what-follows.ts';

type TestQueue = Queue<QueueTrack, string>;

const entry = (entryId: string, trackId = `track-${entryId}`): QueueEntry<QueueTrack> => ({
  entryId,
  track: { id: trackId, durationMs: 1000, artists: [{ id: entryId }] },
});
const entries = (letters: string) => [...letters].map((letter) => entry(letter));
const started = (letters: string, index = 0): TestQueue =>
  start(emptyQueue<QueueTrack, string>(), entries(letters), index, 'an album', 1);
const ids = (list: readonly QueueEntry<QueueTrack>[]): string => list.map((one) => one.entryId).join('');
const allIds = (queue: TestQueue): string =>
  [...queue.played, ...(queue.current ? [queue.current] : []), ...queue.requested, ...queue.upcoming]
    .map((one) => one.entryId)
    .toSorted()
    .join('');

/** Queues in every mode, somewhere in the middle, with and without something asked for. */
const anyQueue = fc
  .record({
    length: fc.integer({ min: 1, max: 12 }),
    place: fc.nat({ max: 11 }),
    asked: fc.integer({ min: 0, max: 3 }),
    shuffle: fc.boolean(),
    repeat: fc.constantFrom('off' as const, 'all' as const, 'one' as const),
    seed: fc.nat(),
  })
  .map(({ length, place, asked, shuffle, repeat, seed }) => {
    const letters = 'ABCDEFGHIJKL'.slice(0, length);
    const shuffled = setShuffle(started(letters, place % length), shuffle, seed);
    return setRepeat(addToQueue(shuffled, entries('XYZ'.slice(0, asked))), repeat);
  });

describe('a queue taken apart', () => {
  it('is the same when put together again, and none when an entry is missing', () => {
    fc.assert(
      fc.property(anyQueue, fc.nat(), (queue, missing) => {
        const parts = entriesOf(queue);
        expect(inOrder(orderOf(queue), parts)).toEqual(queue);
        const some = parts.filter((_, index) => index !== missing % parts.length);
        expect(inOrder(orderOf(queue), some)).toBeNull();
      }),
    );
  });
});

describe('what follows', () => {
  it('is what was asked for, then the rest, then the next round', () => {
    const queue = addToQueue(started('ABCD', 1), entries('X'));
    expect(ids(whatFollows(queue))).toBe('XCD');
    expect(ids(whatFollows(setRepeat(queue, 'all')))).toBe('XCDA');
  });

  it('begins with what stepping on by hand reaches', () => {
    fc.assert(
      fc.property(anyQueue, (queue) => {
        const following = next(queue, 'by_hand')?.current?.entryId ?? null;
        const [first] = whatFollows(queue);
        // A queue of one that repeats reaches only itself.
        const reached = following === queue.current?.entryId ? null : following;
        expect(first?.entryId ?? null).toBe(reached);
      }),
    );
  });

  it('names every other entry at most once, and all of them when it goes round', () => {
    fc.assert(
      fc.property(anyQueue, (queue) => {
        const following = whatFollows(queue).map((one) => one.entryId);
        expect(new Set(following).size).toBe(following.length);
        expect(following).not.toContain(queue.current?.entryId);
        const waiting = queue.requested.length + queue.upcoming.length;
        expect(following).toHaveLength(queue.repeat === 'off' ? waiting : allIds(queue).length - 1);
      }),
    );
  });

  it('can be gone on with, each of it, and nothing is lost on the way', () => {
    fc.assert(
      fc.property(anyQueue, fc.nat(), (queue, pick) => {
        const following = whatFollows(queue);
        const chosen = following[pick % Math.max(1, following.length)];
        if (chosen === undefined) return;
        const gone = goOnWith(queue, chosen.entryId);
        expect(gone.current?.entryId).toBe(chosen.entryId);
        expect(allIds(gone)).toBe(allIds(queue));
        const stillAsked = queue.requested.filter((one) => one !== chosen);
        expect(gone.requested).toEqual(stillAsked);
      }),
    );
  });

  it('leaves what was asked for waiting when it did not sound', () => {
    fc.assert(
      fc.property(anyQueue, fc.nat(), (queue, pick) => {
        const following = whatFollows(queue);
        const chosen = following[pick % Math.max(1, following.length)];
        if (chosen === undefined) return;
        const gone = goOnInsteadWith(queue, chosen.entryId);
        expect(gone.current?.entryId).toBe(chosen.entryId);
        expect(allIds(gone)).toBe(allIds(queue));
      }),
    );
    const asked = jump(addToQueue(started('ABC'), entries('XY')), 'X');
    const gone = goOnInsteadWith(asked, 'C');
    expect([ids(gone.played), gone.current?.entryId, ids(gone.requested)]).toEqual(['AB', 'C', 'XY']);
  });

  it('changes nothing for an entry that does not follow', () => {
    const queue = started('ABC', 1);
    expect(goOnWith(queue, 'A')).toBe(queue);
    expect(goOnWith(queue, 'nobody')).toBe(queue);
  });
});

describe('what precedes', () => {
  it('is what was played, the last first, then round from the end', () => {
    const queue = started('ABCDE', 2);
    expect(ids(whatPrecedes(queue))).toBe('BA');
    expect(ids(whatPrecedes(setRepeat(queue, 'all')))).toBe('BAED');
    expect(jump(queue, 'A').current?.entryId).toBe('A');
  });
});

describe('the tracks to come', () => {
  it('are those that will sound by themselves, each once', () => {
    fc.assert(
      fc.property(anyQueue, fc.integer({ min: 0, max: 4 }), (queue, count) => {
        const coming = tracksToCome(queue, count).map((track) => track.id);
        expect(coming.length).toBeLessThanOrEqual(count);
        expect(new Set(coming).size).toBe(coming.length);
        const walked: string[] = [];
        let at: TestQueue | null = queue;
        for (let step = 0; step < count && at !== null; step += 1) {
          at = next(at, 'automatic');
          const trackId = at?.current?.track.id;
          if (trackId === undefined || trackId === queue.current?.track.id || walked.includes(trackId)) break;
          walked.push(trackId);
        }
        expect(coming.slice(0, walked.length)).toEqual(walked);
      }),
    );
  });

  it('do not name a track twice that stands in the queue twice', () => {
    const queue = start(
      emptyQueue<QueueTrack, string>(),
      [entry('A', 'one'), entry('B', 'two'), entry('C', 'one'), entry('D', 'two'), entry('E', 'three')],
      0,
      null,
      1,
    );
    expect(tracksToCome(queue, 2).map((track) => track.id)).toEqual(['two', 'three']);
  });
});

describe('the first that is here', () => {
  it('is found with how many are passed over for it', () => {
    expect(firstHere(entries('ABC'), new Set(['track-C']))).toMatchObject({
      passed: 2,
      entry: { entryId: 'C' },
    });
    expect(firstHere(entries('ABC'), new Set())).toBeNull();
  });
});
