import { describe, expect, it } from 'vitest';
import { HostFailure } from '../../src/contract/host-error.ts';
import { LEASE_MS } from '../../src/core/offline/lease.ts';
import { idOf } from '../builders/catalog-records.ts';
import { computer, networkComes, networkGoes, pinOf, until } from './open-downloads.ts';

const HOUR = 3_600_000;

/** A premium listener with three tracks kept; the service is asked for its word, and counts how often. */
const premium = async () => {
  const home = await computer();
  const asked = { times: 0 };
  home.world.confirm = async () => {
    asked.times += 1;
    if (!home.world.mayKeep) throw new HostFailure('premium_required', 'free');
  };
  const source = home.album('Kept', 3);
  const downloads = await home.start();
  await downloads.api.pin({ source });
  await until('all is kept', () => pinOf(downloads, source).state.kind === 'kept');
  const hours = async (count: number): Promise<void> => {
    for (let hour = 0; hour < count; hour += 1) await home.clock.advance(HOUR);
  };
  const trackId = idOf('track', 'Kept 1');
  return { home, source, downloads, asked, hours, trackId };
};

describe('music that is kept by a premium listener', () => {
  it('moves its date on by the word of the service, asked for at most once an hour', async () => {
    const { home, downloads, asked, hours } = await premium();
    await until('asked for the first time', () => asked.times === 1);
    for (let minute = 0; minute < 59; minute += 1) {
      await home.clock.advance(60_000);
      downloads.serviceReached();
    }
    expect(asked.times).toBe(1);
    await hours(24);
    expect(asked.times).toBeGreaterThan(20);
    expect(downloads.snapshot().lease).toMatchObject({ state: 'valid' });
  });

  it('plays to its date, and not a moment longer, when they are made a free one', async () => {
    const { home, downloads, hours, trackId } = await premium();
    await hours(48);
    const lease = downloads.snapshot().lease;
    if (lease.state === 'none') throw new Error('nothing is kept');
    const validUntilMs = Date.parse(lease.validUntil);
    home.world.mayKeep = false;
    downloads.keepingChanged();

    // The service goes on answering all the while.
    while (home.clock.now() + HOUR < validUntilMs) {
      await home.clock.advance(HOUR);
      networkComes(home, downloads);
      expect(downloads.isLocked(trackId)).toBe(false);
    }
    expect(downloads.snapshot().lease).toEqual({ state: 'ending', validUntil: lease.validUntil });
    await hours(2);
    networkComes(home, downloads);
    expect(downloads.isLocked(trackId)).toBe(true);

    home.world.mayKeep = true;
    downloads.keepingChanged();
    await until('the word is there', () => !downloads.isLocked(trackId));
  });

  it('is not renewed by a service that answers anything but that word', async () => {
    const { home, downloads, hours, trackId } = await premium();
    home.world.confirm = null;
    await downloads.close();
    const silent = await home.start();
    await silent.close();
    home.world.confirm = () => Promise.reject(new HostFailure('service_unreachable', 'only this one fails'));
    const again = await home.start();
    await hours(LEASE_MS / HOUR + 1);
    again.serviceReached();
    expect(again.isLocked(trackId)).toBe(true);
  });
});

describe('a free listener', () => {
  it('cannot pin anything', async () => {
    const home = await computer();
    home.world.mayKeep = false;
    const source = home.album('Wanted', 2);
    const downloads = await home.start();

    await expect(downloads.api.pin({ source })).rejects.toMatchObject({ code: 'premium_required' });
    expect(downloads.snapshot().pins).toEqual([]);
    expect(home.catalog.asked).toEqual([]);
  });

  it('keeps what was fetched before, and has the rest named; it is fetched after upgrading', async () => {
    const home = await computer();
    const source = home.album('Half', 2);
    const downloads = await home.start();
    networkGoes(home, downloads);
    home.catalog.failAll(null);
    await downloads.api.pin({ source });
    home.world.mayKeep = false;
    networkComes(home, downloads);
    downloads.keepingChanged();

    await until('it is said', () => pinOf(downloads, source).state.kind === 'failed');
    expect(pinOf(downloads, source)).toMatchObject({
      state: { kind: 'failed', failure: 'premium_required' },
      keptCount: 0,
    });
    home.world.mayKeep = true;
    downloads.keepingChanged();
    await until('all is kept', () => pinOf(downloads, source).state.kind === 'kept');
  });
});
