import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { idOf } from '../builders/catalog-records.ts';
import {
  computer,
  networkComes,
  networkGoes,
  pinOf,
  titles,
  TRACK_BYTES,
  until,
  untilState,
} from './open-downloads.ts';

const first = idOf('track', 'Flussabwärts 1');

describe('without a network', () => {
  it('an app that starts lists what it keeps, all of it, and waits with the rest', async () => {
    const home = await computer();
    const [whole, half] = [home.album('Whole', 3), home.album('Half', 4)];
    const downloads = await home.start();
    await downloads.api.pin({ source: whole });
    await untilState(downloads, whole, 'kept');
    home.cache.hold();
    await downloads.api.pin({ source: half });
    await downloads.close();
    home.cache.release();

    networkGoes(home, null);
    const offline = await home.start();
    expect((await offline.api.get()).pins).toMatchObject([
      { title: 'Whole', state: { kind: 'kept' }, keptCount: 3 },
      { title: 'Half', state: { kind: 'waiting', cause: 'offline' }, trackCount: 4, failedCount: 0 },
    ]);
    networkComes(home, offline);
    await untilState(offline, half, 'kept');
  });

  it('what is being fetched waits, no track has failed, and all goes on when the service is back', async () => {
    const home = await computer();
    const album = home.album('Flussabwärts', 6);
    const downloads = await home.start();
    home.cache.hold();
    await downloads.api.pin({ source: album });
    await untilState(downloads, album, 'fetching');
    networkGoes(home, downloads, 'service_unreachable');
    home.cache.release();
    await untilState(downloads, album, 'waiting');
    expect(pinOf(downloads, album)).toMatchObject({
      state: { kind: 'waiting', cause: 'service_unreachable' },
      failedCount: 0,
    });
    networkComes(home, downloads);
    await untilState(downloads, album, 'kept');
  });

  it('when only the audio cannot be reached, tries again by itself ever more seldom', async () => {
    const home = await computer();
    const album = home.album('Flussabwärts', 2);
    const downloads = await home.start();
    home.cache.failAll('service_unreachable');
    await downloads.api.pin({ source: album });
    await untilState(downloads, album, 'waiting');
    const tries = home.cache.asked.length;
    downloads.serviceReached();
    downloads.serviceReached();
    expect(home.cache.asked).toHaveLength(tries);
    await home.clock.advance(2_000);
    await until('tried again', () => home.cache.asked.length > tries);
    await untilState(downloads, album, 'waiting');
    home.cache.failAll(null);
    await home.clock.advance(7_000);
    expect(pinOf(downloads, album).state.kind).toBe('waiting');
    await home.clock.advance(1_000);
    await untilState(downloads, album, 'kept');
  });

  it('keeping something new is refused with the reason, and nothing is left of it', async () => {
    const home = await computer();
    const album = home.album('Flussabwärts', 2);
    const downloads = await home.start();
    networkGoes(home, downloads);
    await expect(downloads.api.pin({ source: album })).rejects.toMatchObject({ code: 'offline' });
    home.catalog.failAll(null);
    const unknown = { kind: 'album', id: idOf('album', 'unknown') } as const;
    await expect(downloads.api.pin({ source: unknown })).rejects.toMatchObject({ code: 'not_found' });
    expect(downloads.snapshot().pins).toEqual([]);
    expect((await home.start()).snapshot().pins).toEqual([]);
  });
});

describe('on a metered network', () => {
  it('nothing is fetched until the network is another one', async () => {
    const home = await computer();
    const album = home.album('Flussabwärts', 3);
    home.world.isMetered = true;
    const downloads = await home.start();
    await downloads.api.pin({ source: album });
    await untilState(downloads, album, 'waiting');
    expect(pinOf(downloads, album).state).toEqual({ kind: 'waiting', cause: 'metered' });
    expect(home.cache.asked).toEqual([]);
    home.world.isMetered = false;
    await home.clock.advance(60_000);
    await untilState(downloads, album, 'kept');
  });

  it('what runs stops when the network becomes one, and goes on when the listener allows it', async () => {
    const home = await computer();
    const album = home.album('Flussabwärts', 3);
    const downloads = await home.start();
    home.cache.hold();
    await downloads.api.pin({ source: album });
    await untilState(downloads, album, 'fetching');
    home.world.isMetered = true;
    downloads.networkChanged();
    await untilState(downloads, album, 'waiting');
    expect(home.cache.isFetching()).toEqual([]);
    home.world.mayUseMetered = true;
    downloads.settingsChanged();
    home.cache.release();
    await untilState(downloads, album, 'kept');
  });

  it('is asked about anew for what is kept later', async () => {
    const home = await computer();
    const [first, second] = [home.album('First', 1), home.album('Second', 1)];
    home.world.isMetered = true;
    const downloads = await home.start();
    await downloads.api.pin({ source: first });
    await untilState(downloads, first, 'waiting');
    await downloads.api.unpin({ source: first });
    await home.clock.advance(60_000);
    await home.clock.advance(60_000);
    home.world.isMetered = false;
    await downloads.api.pin({ source: second });
    await untilState(downloads, second, 'kept');
    expect(home.cache.whole()).toHaveLength(1);
  });

  it('where the system does not say, nothing is held back', async () => {
    const home = await computer();
    home.world.isMetered = null;
    const album = home.album('Flussabwärts', 3);
    const downloads = await home.start();
    await downloads.api.pin({ source: album });
    await untilState(downloads, album, 'kept');
    expect(home.cache.whole()).toHaveLength(3);
  });
});

describe('a track that cannot be fetched', () => {
  it.each(['not_found', 'forbidden'] as const)(
    'says %s at once, the others go on, and it can be tried again',
    async (code) => {
      const home = await computer();
      const album = home.album('Flussabwärts', 4);
      const downloads = await home.start();
      home.cache.fail(first, code, 1);
      await downloads.api.pin({ source: album });
      await untilState(downloads, album, 'failed');
      expect(pinOf(downloads, album)).toMatchObject({
        state: { kind: 'failed', failure: code },
        keptCount: 3,
        failedCount: 1,
      });
      expect(downloads.marks([first])).toEqual({ [first]: { state: 'failed', failure: code } });
      await downloads.api.retry({ source: album });
      await untilState(downloads, album, 'kept');
    },
  );

  it('is tried three times when only its audio is in trouble', async () => {
    const home = await computer();
    const album = home.album('Flussabwärts', 3);
    const downloads = await home.start();
    home.cache.fail(first, 'media_unavailable');
    await downloads.api.pin({ source: album });
    await until('the others are kept', () => home.cache.whole().length === 2);
    expect(pinOf(downloads, album).failedCount).toBe(0);
    const tries = (): number => home.cache.asked.filter((trackId) => trackId === first).length;
    await home.clock.advance(2_000);
    await until('tried twice', () => tries() === 2 && home.cache.isFetching().length === 0);
    await home.clock.advance(8_000);
    await untilState(downloads, album, 'failed');
    expect(tries()).toBe(3);
    expect(pinOf(downloads, album).state).toEqual({ kind: 'failed', failure: 'media_unavailable' });
    await home.clock.advance(3_600_000);
    expect(tries()).toBe(3);
    home.cache.fail(first, 'media_unavailable', 0);
    await downloads.api.retry({ source: null });
    await untilState(downloads, album, 'kept');
  });

  it('is tried again although the clock was set back meanwhile', async () => {
    const home = await computer();
    const album = home.album('Flussabwärts', 1);
    let offsetMs = 0;
    const downloads = await home.start({ now: () => home.clock.now() + offsetMs, wait: home.clock.wait });
    home.cache.fail(first, 'media_unavailable', 1);
    await downloads.api.pin({ source: album });
    await until('tried once', () => home.cache.asked.length === 1 && home.cache.isFetching().length === 0);
    offsetMs = -86_400_000;
    await home.clock.advance(2_000);
    await untilState(downloads, album, 'kept');
    expect(home.cache.asked).toEqual([first, first]);
  });

  it('for want of room stops the rest, until there is a higher limit', async () => {
    const home = await computer();
    const album = home.album('Flussabwärts', 8);
    const downloads = await home.start();
    home.cache.setPinnedLimit(3.5 * TRACK_BYTES);
    await downloads.api.pin({ source: album });
    await untilState(downloads, album, 'failed');
    await until('nothing is fetched', () => home.cache.isFetching().length === 0);
    expect(pinOf(downloads, album).state).toEqual({ kind: 'failed', failure: 'limit_reached' });
    // Two were on their way; nobody asks for the others in vain.
    expect(home.cache.asked.length).toBeLessThanOrEqual(6);
    const asked = home.cache.asked.length;
    downloads.serviceReached();
    await home.clock.advance(3_600_000);
    expect(home.cache.asked).toHaveLength(asked);
    home.cache.setPinnedLimit(null);
    downloads.settingsChanged();
    await untilState(downloads, album, 'kept');
  });

  it('goes on when letting another one go has made room', async () => {
    const home = await computer();
    const [big, small] = [home.album('Big', 4), home.album('Small', 2)];
    const downloads = await home.start();
    home.cache.setPinnedLimit(4 * TRACK_BYTES);
    await downloads.api.pin({ source: big });
    await untilState(downloads, big, 'kept');
    await downloads.api.pin({ source: small });
    await untilState(downloads, small, 'failed');
    // Asked for one of two: the failure of the other is forgotten only when there is room.
    await downloads.api.retry({ source: small });
    await untilState(downloads, small, 'failed');
    await downloads.api.unpin({ source: big });
    await untilState(downloads, small, 'kept');
    expect(titles(downloads.snapshot())).toEqual(['Small']);
  });

  it('for a full disk is tried again once the disk takes something', async () => {
    const home = await computer();
    const album = home.album('Flussabwärts', 4);
    const downloads = await home.start();
    home.cache.failAll('storage_failed');
    await downloads.api.pin({ source: album });
    await untilState(downloads, album, 'failed');
    expect(pinOf(downloads, album).state).toEqual({ kind: 'failed', failure: 'storage_failed' });
    home.cache.failAll(null);
    home.cache.play(idOf('track', 'something played'));
    await untilState(downloads, album, 'kept');
  });

  it('that was played meanwhile is kept', async () => {
    const home = await computer();
    const album = home.album('Flussabwärts', 2);
    const downloads = await home.start();
    home.cache.fail(first, 'forbidden');
    await downloads.api.pin({ source: album });
    await untilState(downloads, album, 'failed');
    home.cache.play(first);
    await untilState(downloads, album, 'kept');
    expect(pinOf(downloads, album).failedCount).toBe(0);
  });
});

describe('kept music that is gone from the disk', () => {
  it('is fetched again', async () => {
    const home = await computer();
    const album = home.album('Flussabwärts', 5);
    const downloads = await home.start();
    await downloads.api.pin({ source: album });
    await untilState(downloads, album, 'kept');
    home.cache.hold();
    home.cache.lose(home.cache.whole());
    expect(pinOf(downloads, album)).toMatchObject({ keptCount: 0, bytes: expect.any(Number) });
    home.cache.release();
    await untilState(downloads, album, 'kept');
    expect(home.cache.whole()).toHaveLength(5);
  });
});

describe('a data folder that cannot be written', () => {
  it('refuses each change and keeps what was', async () => {
    const home = await computer();
    const [a, b] = [home.album('A', 1), home.album('B', 1)];
    const downloads = await home.start();
    await downloads.api.pin({ source: a });
    await untilState(downloads, a, 'kept');
    // A folder where a file is to be: as unwritable as a full disk, for every user.
    for (const name of ['downloads.json', join('pins', `album-${a.id}.json`)]) {
      await rm(join(home.folder, name), { force: true });
      await mkdir(join(home.folder, name, 'in the way'), { recursive: true });
    }
    const refused = { code: 'storage_failed' };
    await expect(downloads.api.pin({ source: b })).rejects.toMatchObject(refused);
    await expect(downloads.api.unpin({ source: a })).rejects.toMatchObject(refused);
    await expect(downloads.api.pause({ source: null })).rejects.toMatchObject(refused);
    await expect(downloads.api.move({ source: a, before: null })).rejects.toMatchObject(refused);
    await expect(downloads.api.removeAll()).rejects.toMatchObject(refused);
    expect(titles(downloads.snapshot())).toEqual(['A']);
    expect(downloads.snapshot().isPaused).toBe(false);
    expect(home.cache.whole()).toHaveLength(1);
  });
});
