import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  audioBytes,
  bodyOf,
  createCacheFixture,
  readSome,
  until,
  type CacheFixture,
} from './track-cache-fixture.ts';

const BYTES = 2_000_000;
const WARM_BYTES = 256 * 1024;
const never = new AbortController().signal;
const audioOf = (seed: number): Uint8Array => audioBytes(BYTES, seed);
const isSame = (left: Uint8Array, right: Uint8Array): boolean => Buffer.compare(left, right) === 0;

describe('what is fetched first', () => {
  let fixture: CacheFixture;
  beforeEach(async () => {
    fixture = await createCacheFixture();
    fixture.cache.setPinned([]);
  });
  afterEach(() => fixture.close());

  const requestsFor = (path: string) => fixture.origin.requests.filter((request) => request.path === path);
  const presentBytes = (trackId: string): number => fixture.cache.holding(trackId)?.presentBytes ?? 0;
  const isWhole = (trackId: string): boolean => fixture.cache.holding(trackId)?.isWhole === true;
  const readerFor = async (trackId: string, range = 'bytes=0-') => {
    const { body } = await fixture.get(trackId, { range });
    if (body === null) throw new Error('no body');
    return body.getReader();
  };

  it('stops keeping at once when something is to sound, and goes on later from where it was', async () => {
    const kept = fixture.publish('kept', audioOf(1));
    const played = fixture.publish('played', audioOf(2));
    fixture.origin.meetWith('/kept', { kind: 'slow', bytesPerSecond: 4_000_000 });
    fixture.origin.meetWith('/played', { kind: 'hold', afterBytes: 300_000 });
    const keeping = fixture.cache.keep(kept, never);
    await until('some of it is kept', () => presentBytes(kept) > 200_000);

    fixture.cache.expect(played, []);
    const reader = await readerFor(played);
    await readSome(reader, 200_000);
    await until('the edge sends to one only', async () => (await fixture.origin.openConnections()) === 1);
    const whenStopped = presentBytes(kept);
    expect(whenStopped).toBeLessThan(BYTES);
    expect(requestsFor('/kept')).toHaveLength(1);

    fixture.origin.release();
    await readSome(reader, BYTES);
    await keeping;
    expect(requestsFor('/kept')[1]?.range).toMatch(/^bytes=[1-9]\d+-1999999$/);
    expect(isSame(await bodyOf(await fixture.get(kept)), audioOf(1))).toBe(true);
  });

  it('has the next track whole before the current one ends, though music is being kept', async () => {
    const [current, next, kept] = ['current', 'next', 'kept'].map((name, place) =>
      fixture.publish(name, audioOf(10 + place)),
    );
    if (current === undefined || next === undefined || kept === undefined) throw new Error('three tracks');
    // Each time that it goes on it comes a little farther, and not to its end.
    const held = { kind: 'hold', afterBytes: 50_000 } as const;
    fixture.origin.meetWith('/kept', held, held, held, held);
    const keeping = fixture.cache.keep(kept, never);
    await until('it is being kept', () => presentBytes(kept) > 0);

    fixture.cache.expect(current, [next]);
    const reader = await readerFor(current);
    await readSome(reader, 100_000);
    await until('the current one is whole', () => isWhole(current));
    await until('the next one is whole', () => isWhole(next));

    // The listener is still near the beginning, and what is kept has waited.
    expect(isWhole(kept)).toBe(false);
    await reader.cancel();
    await until('it goes on being kept', () => requestsFor('/kept').length > 1);
    fixture.origin.release();
    await keeping;
    // Begun while the line was free, it may have made way for the one that was pressed.
    expect(requestsFor('/next').length).toBeLessThanOrEqual(2);
  });

  it('puts down what nobody reads and nobody expects, and goes on with it when it is played', async () => {
    const [left, now] = [fixture.publish('left', audioOf(20)), fixture.publish('now', audioOf(21))];
    fixture.origin.meetWith('/left', { kind: 'slow', bytesPerSecond: 3_000_000 });
    fixture.cache.expect(left, []);
    const reader = await readerFor(left);
    await readSome(reader, 200_000);
    await reader.cancel();

    fixture.cache.expect(now, []);
    await bodyOf(await fixture.get(now));
    await until('the edge is left alone', () => fixture.cache.holding(left)?.isArriving === false);
    expect(isWhole(left)).toBe(false);
    expect(presentBytes(left)).toBeGreaterThan(100_000);

    fixture.cache.expect(left, []);
    expect(isSame(await bodyOf(await fixture.get(left)), audioOf(20))).toBe(true);
    const [, again] = requestsFor('/left');
    expect(again?.range).toMatch(/^bytes=[1-9]\d+-1999999$/);
    expect(again?.ifRange).toBe('"2000000"');
    await until('it is whole', () => isWhole(left));
  });

  it('seeks far ahead over one connection of its own, and fills the hole later', async () => {
    const trackId = fixture.publish('song', audioOf(30));
    fixture.origin.meetWith('/song', { kind: 'slow', bytesPerSecond: 400_000 });
    fixture.cache.expect(trackId, []);
    const start = await readerFor(trackId);
    await readSome(start, 50_000);
    await start.cancel();

    const far = await bodyOf(await fixture.get(trackId, { range: 'bytes=1500000-' }));
    expect(isSame(far, audioOf(30).subarray(1_500_000))).toBe(true);
    expect(requestsFor('/song')).toHaveLength(2);

    await until('the hole is filled', () => isWhole(trackId));
    expect(requestsFor('/song').length).toBeLessThanOrEqual(3);
    expect(isSame(await bodyOf(await fixture.get(trackId)), audioOf(30))).toBe(true);
  });

  it('costs one media request for a full play in the pieces a media element asks for', async () => {
    const trackId = fixture.publish('song', audioOf(40));
    fixture.cache.expect(trackId, []);
    for (let first = 0; first < BYTES; first += 500_000) {
      const piece = await bodyOf(await fixture.get(trackId, { range: `bytes=${first}-${first + 499_999}` }));
      expect(isSame(piece, audioOf(40).subarray(first, first + 500_000))).toBe(true);
    }
    await until('it is kept', () => isWhole(trackId));
    expect(requestsFor('/song')).toHaveLength(1);
  });

  it.each([
    ['while something plays', true],
    ['while nothing plays', false],
  ])('warms the first 256 KiB of what the pointer rests on and no more, %s', async (_when, isPlaying) => {
    const trackId = fixture.publish('song', audioOf(50));
    fixture.origin.meetWith('/song', { kind: 'slow', bytesPerSecond: 4_000_000 });
    if (isPlaying) fixture.cache.expect(fixture.publish('other', audioOf(51)), []);

    await fixture.cache.warm(trackId);
    await until('the edge is left alone', () => fixture.cache.holding(trackId)?.isArriving === false);

    expect(presentBytes(trackId)).toBeGreaterThanOrEqual(WARM_BYTES);
    expect(presentBytes(trackId)).toBeLessThan(2 * WARM_BYTES);
    // What is there sounds without the edge.
    const asked = fixture.origin.requests.length;
    const start = await bodyOf(await fixture.get(trackId, { range: 'bytes=0-99999' }));
    expect(isSame(start, audioOf(50).subarray(0, 100_000))).toBe(true);
    expect(fixture.origin.requests.slice(asked).map(({ range }) => range)).not.toContain(null);
  });

  it('warms nothing while the line is busy', async () => {
    const [playing, other] = [fixture.publish('playing', audioOf(60)), fixture.publish('other', audioOf(61))];
    fixture.origin.meetWith('/playing', { kind: 'hold', afterBytes: 100_000 });
    fixture.cache.expect(playing, []);
    const reader = await readerFor(playing);
    await readSome(reader, 50_000);

    await fixture.cache.warm(other);

    expect(requestsFor('/other')).toEqual([]);
    fixture.origin.release();
    await reader.cancel();
  });

  it('stops fetching ahead when that is switched off', async () => {
    const [current, next] = [fixture.publish('current', audioOf(70)), fixture.publish('next', audioOf(71))];
    const held = { kind: 'hold', afterBytes: 500_000 } as const;
    fixture.origin.meetWith('/next', held, held, held);
    fixture.cache.expect(current, [next]);
    await bodyOf(await fixture.get(current));
    await until('the next one comes', () => presentBytes(next) > 0);

    fixture.cache.setPrefetch(false);

    await until('it is put down', () => fixture.cache.holding(next)?.isArriving === false);
    expect(isWhole(next)).toBe(false);
  });
});
