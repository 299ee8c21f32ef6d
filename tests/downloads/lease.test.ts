import { readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Clock } from '../../src/main/ports.ts';
import { idOf } from '../builders/catalog-records.ts';
import { computer, networkComes, networkGoes, untilState } from './open-downloads.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const trackId = idOf('track', 'Flussabwärts 1');

const keeping = async () => {
  const home = await computer();
  const source = home.album('Flussabwärts', 1);
  let offsetMs = 0;
  /** The wall clock, which may be wrong, over time that passes as it does. */
  const clock: Clock = { now: () => home.clock.now() + offsetMs, wait: home.clock.wait };
  const downloads = await home.start(clock);
  await downloads.api.pin({ source });
  await untilState(downloads, source, 'kept');
  return {
    home,
    source,
    downloads,
    clock,
    wrongBy: (milliseconds: number): void => {
      offsetMs = milliseconds;
    },
    pass: async (days: number): Promise<void> => {
      for (let hour = 0; hour < days * 24; hour += 1) await home.clock.advance(HOUR);
    },
  };
};

describe('the date of kept music', () => {
  it('is shown from the first day, warns a week before, locks, and is healed by reaching the service', async () => {
    const { home, downloads, pass } = await keeping();
    const until30 = new Date(home.clock.now() + 30 * DAY).toISOString();
    expect(downloads.snapshot().lease).toEqual({ state: 'valid', validUntil: until30 });
    networkGoes(home, downloads);
    await pass(22);
    expect(downloads.snapshot().lease.state).toBe('valid');
    await pass(1);
    expect(downloads.snapshot().lease).toEqual({ state: 'ending', validUntil: until30 });
    expect(downloads.isLocked(trackId)).toBe(false);
    await pass(7);
    expect(downloads.snapshot().lease).toEqual({ state: 'over', validUntil: until30 });
    expect(downloads.isLocked(trackId)).toBe(true);
    expect(downloads.marks([trackId])).toEqual({ [trackId]: { state: 'locked' } });
    expect(home.cache.whole()).toEqual([trackId]);
    networkComes(home, downloads);
    expect(downloads.isLocked(trackId)).toBe(false);
    expect(downloads.snapshot().lease.state).toBe('valid');
  });

  it('never locks what is only cached', async () => {
    const { home, downloads, pass } = await keeping();
    home.cache.play(idOf('track', 'played'));
    networkGoes(home, downloads);
    await pass(31);
    expect(downloads.isLocked(idOf('track', 'played'))).toBe(false);
    expect(downloads.marks([idOf('track', 'played')])).toEqual({
      [idOf('track', 'played')]: { state: 'cached' },
    });
  });

  it('gains nothing from a clock set back, in this run or after a restart', async () => {
    const { home, downloads, clock, wrongBy, pass } = await keeping();
    networkGoes(home, downloads);
    await pass(20);
    wrongBy(-300 * DAY);
    await pass(11);
    expect(downloads.isLocked(trackId)).toBe(true);
    await downloads.close();
    const again = await home.start(clock);
    expect(again.isLocked(trackId)).toBe(true);
    expect(again.snapshot().lease.state).toBe('over');
  });

  it('is locked by a clock that jumped forward only while it is wrong', async () => {
    const { home, downloads, clock, wrongBy, pass } = await keeping();
    networkGoes(home, downloads);
    await pass(2);
    wrongBy(900 * DAY);
    expect(downloads.isLocked(trackId)).toBe(true);
    await pass(1);
    await downloads.close();
    const again = await home.start(clock);
    expect(again.isLocked(trackId)).toBe(true);
    wrongBy(0);
    expect(again.isLocked(trackId)).toBe(false);
    expect(again.snapshot().lease.state).toBe('valid');
  });

  it('runs from what the catalog last said when its document is lost', async () => {
    const { home, downloads, clock, pass } = await keeping();
    networkGoes(home, downloads);
    await pass(31);
    await downloads.close();
    await rm(join(home.folder, 'lease.json'));
    expect((await home.start(clock)).isLocked(trackId)).toBe(true);
  });

  it('is written at most once an hour, and not at all while nothing is kept', async () => {
    const { home, source, downloads } = await keeping();
    const path = join(home.folder, 'lease.json');
    await downloads.close();
    const again = await home.start();
    const before = await readFile(path, 'utf8');
    for (let minute = 0; minute < 59; minute += 1) {
      await home.clock.advance(60_000);
      again.serviceReached();
    }
    await again.close();
    expect(await readFile(path, 'utf8')).toBe(before);

    const third = await home.start();
    await third.api.unpin({ source });
    await third.close();
    const unpinned = await stat(path);
    const fourth = await home.start();
    for (let hour = 0; hour < 48; hour += 1) await home.clock.advance(HOUR);
    fourth.serviceReached();
    await fourth.close();
    expect((await stat(path)).mtimeMs).toBe(unpinned.mtimeMs);
  });
});
