import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pinTrack } from '../../../tests/fakes/fake-catalog.ts';
import type { Holding } from '../track-cache/cache-contract.ts';
import { createPinTable, WAITING, type PinTable, type Tally, type TrackStanding } from './pin-table.ts';

const KEYS = ['album-a', 'album-b', 'artist-c'];
const TRACKS = Array.from({ length: 8 }, (_, index) =>
  pinTrack(`track ${index}`, { durationMs: index * 1_000 }),
);
const idAt = (index: number): string => TRACKS[index]?.id ?? '';

const holdingOf = (trackId: string, presentBytes: number, totalBytes: number): Holding => ({
  trackId,
  isWhole: presentBytes === totalBytes,
  totalBytes,
  presentBytes,
  fileBytes: presentBytes + 10,
  isArriving: false,
});

type Step = (table: PinTable, disk: Map<string, Holding>) => void;
const trackIndex = fc.nat(TRACKS.length - 1);
const key = fc.constantFrom(...KEYS);
const standing: fc.Arbitrary<TrackStanding> = fc.constantFrom<TrackStanding>(
  WAITING,
  { state: 'waiting', failedTries: 1, isResting: true },
  { state: 'fetching', failedTries: 0 },
  { state: 'kept' },
  { state: 'failed', failure: 'forbidden' },
);
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.tuple(key, fc.uniqueArray(trackIndex)).map<Step>(([key, indexes]) => (table, disk) => {
    const heading = { title: key, artists: '', artwork: null };
    const tracks = TRACKS.filter((_, index) => indexes.includes(index));
    table.put(
      { key, source: { kind: 'album', id: key }, heading, addedAt: '' },
      tracks,
      (trackId) => disk.get(trackId) ?? null,
    );
  }),
  key.map<Step>((key) => (table) => table.remove(key)),
  fc.tuple(key, fc.boolean()).map<Step>(
    ([key, isPaused]) =>
      (table) =>
        table.setPaused(key, isPaused),
  ),
  fc.shuffledSubarray(KEYS).map<Step>((order) => (table) => table.arrange(order)),
  fc.tuple(trackIndex, standing).map<Step>(([index, standing]) => (table) => {
    table.setTrack(idAt(index), standing);
  }),
  fc
    .tuple(trackIndex, standing, fc.nat(1_000), fc.integer({ min: 1_000, max: 2_000 }))
    .map<Step>(([index, standing, present, total]) => (table, disk) => {
      const holding = holdingOf(idAt(index), present, total);
      if (table.track(idAt(index)) !== undefined) disk.set(idAt(index), holding);
      table.setTrack(idAt(index), standing, holding);
    }),
);

/** Counted anew from every track, as the running counts must say. */
const counted = (
  table: PinTable,
  trackIds: Iterable<string>,
): Pick<Tally, 'waiting' | 'fetching' | 'kept' | 'failed'> => {
  const tally = { waiting: 0, fetching: 0, kept: 0, failed: 0 };
  for (const trackId of trackIds) {
    const state = table.track(trackId)?.standing.state;
    if (state !== undefined) tally[state] += 1;
  }
  return tally;
};

describe('the table of pins', () => {
  it('counts as if it had counted everything anew, after any changes', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const table = createPinTable();
        const disk = new Map<string, Holding>();
        for (const change of steps) change(table, disk);
        for (const pin of table.pins()) expect(pin.tally).toMatchObject(counted(table, pin.trackIds));
        expect(table.total()).toMatchObject(counted(table, table.trackIds()));
        const pinned = new Set(table.pins().flatMap(({ trackIds }) => trackIds));
        expect(new Set(table.trackIds())).toEqual(pinned);
        const left = Array.from(table.trackIds()).map((trackId) => table.track(trackId));
        const isDone = left.every(
          (track) => track?.standing.state === 'kept' || track?.standing.state === 'failed',
        );
        expect(table.total().remainingBytes).toBeGreaterThanOrEqual(0);
        expect(isDone && table.total().remainingBytes > 0).toBe(false);
        for (const { key } of table.pins()) table.remove(key);
        expect(table.total()).toEqual({
          waiting: 0,
          fetching: 0,
          kept: 0,
          failed: 0,
          bytes: 0,
          remainingBytes: 0,
        });
      }),
      { numRuns: 300 },
    );
  });

  it('names as next the first that waits, of the first pin that is not paused', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), trackIndex, (steps, leftOut) => {
        const table = createPinTable();
        const disk = new Map<string, Holding>();
        for (const change of steps) change(table, disk);
        const due = table
          .pins()
          .filter(({ isPaused }) => !isPaused)
          .flatMap(({ trackIds }) => trackIds)
          .filter((trackId) => {
            const now = table.track(trackId)?.standing;
            return now?.state === 'waiting' && !now.isResting && trackId !== idAt(leftOut);
          });
        expect(table.nextWaiting((trackId) => trackId === idAt(leftOut))?.trackId).toBe(due[0]);
        expect(due.every((trackId) => table.isWanted(trackId))).toBe(true);
      }),
    );
  });
});
