import { readFileSync } from 'node:fs';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { idOf } from '../builders/catalog-records.ts';
import { pinArtist, pinTrack } from '../fakes/fake-catalog.ts';
import { computer, pinOf, titles, TRACK_BYTES, until, untilState } from './open-downloads.ts';

const trackIds = (album: string, count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => idOf('track', `${album} ${index + 1}`));

describe('keeping an album offline', () => {
  it('fetches it track by track, says how far it is, and keeps it', async () => {
    const home = await computer();
    const album = home.album('Flussabwärts', 4);
    const downloads = await home.start();
    home.cache.hold();
    const answer = await downloads.api.pin({ source: album });
    expect(titles(answer)).toEqual(['Flussabwärts']);
    expect(pinOf(downloads, album)).toMatchObject({
      artists: 'Lene Wörner Trio',
      trackCount: 4,
      keptCount: 0,
      remainingBytes: 4 * TRACK_BYTES,
    });
    await untilState(downloads, album, 'fetching');
    const isHalf = (title: string): boolean =>
      home.cache.holding(idOf('track', title))?.presentBytes === TRACK_BYTES / 2;
    await until('half of the first two is here', () => {
      if (isHalf('Flussabwärts 1') && isHalf('Flussabwärts 2')) return true;
      home.cache.step();
      return false;
    });
    await home.clock.advance(500);
    // One of four million bytes in half a second: the other three take one and a half.
    expect(downloads.snapshot()).toMatchObject({ bytesPerSecond: 2 * TRACK_BYTES, remainingMs: 1_500 });
    expect(pinOf(downloads, album).remainingBytes).toBe(3 * TRACK_BYTES);
    expect(downloads.marks(trackIds('Flussabwärts', 4))[idOf('track', 'Flussabwärts 1')]).toMatchObject({
      state: 'fetching',
      share: 0.5,
    });
    expect(downloads.marks([idOf('track', 'Flussabwärts 4')])).toEqual({
      [idOf('track', 'Flussabwärts 4')]: { state: 'queued' },
    });
    home.cache.release();
    await untilState(downloads, album, 'kept');
    expect(pinOf(downloads, album)).toMatchObject({ keptCount: 4, failedCount: 0, remainingBytes: 0 });
    expect(pinOf(downloads, album).bytes).toBeGreaterThanOrEqual(4 * TRACK_BYTES);
    expect(downloads.snapshot()).toMatchObject({ bytesPerSecond: null, remainingMs: null, waitingTracks: 0 });
    expect(downloads.marks(trackIds('Flussabwärts', 4))).toEqual(
      Object.fromEntries(trackIds('Flussabwärts', 4).map((trackId) => [trackId, { state: 'kept' }])),
    );
    expect(home.cache.mostAtOnce()).toBe(2);
    expect(home.cache.asked).toEqual(trackIds('Flussabwärts', 4));
  });

  it('tells changes at most four times a second', async () => {
    const home = await computer();
    const downloads = await home.start();
    await downloads.api.pin({ source: home.album('Long', 40) });
    await until('all kept', () => home.cache.whole().length === 40);
    // The clock stood still: one at once, the rest waits.
    expect(home.world.told).toBe(1);
    await home.clock.advance(250);
    expect(home.world.told).toBe(2);
    await home.clock.advance(60_000);
    await home.clock.advance(60_000);
    const told = home.world.told;
    await home.clock.advance(60_000);
    expect(home.world.told).toBe(told);
  });

  it('keeps a single track, and an artist with everything of theirs', async () => {
    const home = await computer();
    const track = pinTrack('Alone');
    home.catalog.putTrack(track);
    const artist = pinArtist('Lene Wörner Trio');
    const tracks = Array.from({ length: 450 }, (_, index) => pinTrack(`of hers ${index}`));
    home.catalog.putArtist(artist, tracks);
    home.album('Flussabwärts', 1);
    const downloads = await home.start();
    await downloads.api.pin({ source: { kind: 'track', id: track.id } });
    await downloads.api.pin({ source: { kind: 'artist', id: artist.id } });
    await until('all kept', () => downloads.snapshot().pins.every(({ state }) => state.kind === 'kept'));
    expect(downloads.snapshot().pins).toMatchObject([
      { title: 'Alone', artists: 'Lene Wörner Trio', trackCount: 1 },
      { title: 'Lene Wörner Trio', artists: '', trackCount: 450 },
    ]);
    expect(home.world.contents.map(({ reason }) => reason)).toEqual(['changed', 'changed']);
    expect(home.world.contents[1]?.contents).toMatchObject({ albums: [{ title: 'Flussabwärts' }] });
  });

  it('keeps of a very busy artist the first two thousand', async () => {
    const home = await computer();
    const artist = pinArtist('Busy');
    home.catalog.putArtist(
      artist,
      Array.from({ length: 2_350 }, (_, index) => pinTrack(`busy ${index}`)),
    );
    home.cache.hold();
    const downloads = await home.start();
    const source = { kind: 'artist', id: artist.id } as const;
    await downloads.api.pin({ source });
    expect(pinOf(downloads, source).trackCount).toBe(2_000);
  });

  it('changes nothing when it is pinned already, and fetches what two pins share once', async () => {
    const home = await computer();
    const album = home.album('Flussabwärts', 3);
    const shared = pinTrack('Flussabwärts 2');
    home.catalog.putTrack(shared);
    const downloads = await home.start();
    home.cache.hold();
    await Promise.all([downloads.api.pin({ source: album }), downloads.api.pin({ source: album })]);
    await downloads.api.pin({ source: { kind: 'track', id: shared.id } });
    expect(downloads.snapshot().waitingTracks).toBe(3);
    home.cache.release();
    await untilState(downloads, { kind: 'track', id: shared.id }, 'kept');
    await untilState(downloads, album, 'kept');
    expect(home.cache.asked.filter((trackId) => trackId === shared.id)).toHaveLength(1);
    await downloads.api.unpin({ source: album });
    expect(home.cache.pinned()).toEqual([shared.id]);
    expect(downloads.marks([shared.id, idOf('track', 'Flussabwärts 1')])).toEqual({
      [shared.id]: { state: 'kept' },
      [idOf('track', 'Flussabwärts 1')]: { state: 'cached' },
    });
  });
});

describe('pausing and cancelling', () => {
  it('pauses one, and the next goes on', async () => {
    const home = await computer();
    const [first, second] = [home.album('First', 2), home.album('Second', 2)];
    const downloads = await home.start();
    home.cache.hold();
    await downloads.api.pin({ source: first });
    await downloads.api.pin({ source: second });
    await untilState(downloads, first, 'fetching');
    expect(pinOf(downloads, second).state.kind).toBe('queued');
    await downloads.api.pause({ source: first });
    expect(pinOf(downloads, first).state).toEqual({ kind: 'paused' });
    home.cache.release();
    await untilState(downloads, second, 'kept');
    expect(pinOf(downloads, first)).toMatchObject({ state: { kind: 'paused' }, keptCount: 0 });
    expect(downloads.snapshot().waitingTracks).toBe(0);
    await downloads.api.resume({ source: first });
    await untilState(downloads, first, 'kept');
  });

  it('pauses everything, also what is added, and one alone can be resumed', async () => {
    const home = await computer();
    const [first, second] = [home.album('First', 2), home.album('Second', 2)];
    const downloads = await home.start();
    await downloads.api.pause({ source: null });
    await downloads.api.pin({ source: first });
    expect((await downloads.api.pin({ source: second })).isPaused).toBe(true);
    expect(downloads.snapshot().pins.map(({ state }) => state.kind)).toEqual(['paused', 'paused']);
    expect(home.cache.asked).toEqual([]);
    await downloads.api.resume({ source: second });
    await untilState(downloads, second, 'kept');
    expect(pinOf(downloads, first).state.kind).toBe('paused');
    await downloads.api.resume({ source: null });
    await untilState(downloads, first, 'kept');
  });

  it('cancelled half way leaves what is there as cached and stops the rest', async () => {
    const home = await computer();
    const album = home.album('Flussabwärts', 6);
    const downloads = await home.start();
    home.cache.hold();
    await downloads.api.pin({ source: album });
    await until('some are kept', () => {
      home.cache.step();
      return home.cache.whole().length >= 2;
    });
    await downloads.api.unpin({ source: album });
    home.cache.release();
    await until('nothing is fetched', () => home.cache.isFetching().length === 0);
    expect(downloads.snapshot()).toMatchObject({ pins: [], lease: { state: 'none' }, waitingTracks: 0 });
    const marks = downloads.marks(trackIds('Flussabwärts', 6));
    expect(Object.values(marks)).toEqual(home.cache.whole().map(() => ({ state: 'cached' })));
    expect(home.cache.whole().length).toBeLessThan(6);
    expect(home.cache.pinned()).toEqual([]);
  });

  it('let go before the catalog has answered is not kept', async () => {
    const home = await computer();
    const album = home.album('Flussabwärts', 2);
    const downloads = await home.start();
    home.catalog.hold();
    const pinned = downloads.api.pin({ source: album });
    await downloads.api.unpin({ source: album });
    home.catalog.release();
    expect((await pinned).pins).toEqual([]);
    expect(await readdir(join(home.folder))).not.toContain('pins');
  });

  it('removes everything, and its audio', async () => {
    const home = await computer();
    const [first, second] = [home.album('First', 3), home.album('Second', 3)];
    const downloads = await home.start();
    await downloads.api.pin({ source: first });
    await untilState(downloads, first, 'kept');
    home.cache.hold();
    await downloads.api.pin({ source: second });
    await untilState(downloads, second, 'fetching');
    expect((await downloads.api.removeAll()).pins).toEqual([]);
    expect(home.cache.whole()).toEqual([]);
    expect(home.cache.isFetching()).toEqual([]);
    expect(await readdir(join(home.folder, 'pins'))).toEqual([]);
    expect((await (await home.start()).api.get()).pins).toEqual([]);
  });
});

describe('the order', () => {
  it('is that of adding, until something is moved', async () => {
    const home = await computer();
    const [a, b, c] = [home.album('A', 1), home.album('B', 1), home.album('C', 1)];
    const downloads = await home.start();
    await downloads.api.pause({ source: null });
    for (const source of [a, b, c]) {
      await downloads.api.pin({ source });
      await home.clock.advance(1_000);
    }
    expect(titles(downloads.snapshot())).toEqual(['A', 'B', 'C']);
    expect(titles(await downloads.api.move({ source: c, before: a }))).toEqual(['C', 'A', 'B']);
    expect(titles(await downloads.api.move({ source: a, before: null }))).toEqual(['C', 'B', 'A']);
    const again = await home.start();
    expect(titles(again.snapshot())).toEqual(['C', 'B', 'A']);
    await again.api.resume({ source: null });
    await untilState(again, a, 'kept');
    expect(home.cache.asked).toEqual(['C 1', 'B 1', 'A 1'].map((title) => idOf('track', title)));
  });

  it('of something that was let go and kept anew is last, after a restart as well', async () => {
    const home = await computer();
    const [a, b] = [home.album('A', 1), home.album('B', 1)];
    const downloads = await home.start();
    home.cache.hold();
    for (const source of [b, a]) {
      await downloads.api.pin({ source });
      await home.clock.advance(1_000);
    }
    await downloads.api.move({ source: a, before: b });
    await downloads.api.pause({ source: a });
    await downloads.api.unpin({ source: a });
    await downloads.close();
    const again = await home.start();
    await again.api.pin({ source: a });
    expect(titles(again.snapshot())).toEqual(['B', 'A']);
    await again.close();
    const third = await home.start();
    expect(titles(third.snapshot())).toEqual(['B', 'A']);
    home.cache.release();
    await untilState(third, a, 'kept');
  });
});

describe('starting again', () => {
  it('in the middle goes on where it was, and fetches nothing twice', async () => {
    const home = await computer();
    const album = home.album('Flussabwärts', 8);
    const paused = home.album('Paused', 2);
    const downloads = await home.start();
    home.cache.hold();
    await downloads.api.pin({ source: album });
    await downloads.api.pin({ source: paused });
    await downloads.api.pause({ source: paused });
    await until('some are kept', () => {
      home.cache.step();
      return home.cache.whole().length >= 3;
    });
    await downloads.close();
    expect(home.cache.isFetching()).toEqual([]);
    // What is pinned is told anew by each run.
    home.cache.setPinned([]);
    const before = new Set(home.cache.whole());
    const askedBefore = home.cache.asked.length;

    const again = await home.start();
    expect(new Set(home.cache.pinned()).size).toBe(10);
    expect(pinOf(again, paused).state.kind).toBe('paused');
    home.cache.release();
    await untilState(again, album, 'kept');
    expect(home.cache.asked.slice(askedBefore).filter((trackId) => before.has(trackId))).toEqual([]);
    expect(home.world.contents.filter(({ reason }) => reason === 'loaded')).toHaveLength(2);
  });

  it('leaves a pin that cannot be read aside and keeps the others', async () => {
    const home = await computer();
    const [good, bad] = [home.album('Good', 1), home.album('Bad', 1)];
    const downloads = await home.start();
    await downloads.api.pin({ source: good });
    await downloads.api.pin({ source: bad });
    await downloads.close();
    await writeFile(join(home.folder, 'pins', `album-${bad.id}.json`), '{"version":1,');
    await writeFile(join(home.folder, 'downloads.json'), 'garbage');
    const again = await home.start();
    expect(titles(again.snapshot())).toEqual(['Good']);
    expect(await readdir(join(home.folder, 'pins'))).toContain(`album-${bad.id}.json.broken`);
  });
});

describe('undoing', () => {
  it('while the fetch that was cancelled has not ended yet waits for it, and then goes on', async () => {
    const home = await computer();
    const album = home.album('Flussabwärts', 1);
    const downloads = await home.start();
    home.cache.hold();
    const end = home.cache.linger();
    await downloads.api.pin({ source: album });
    await untilState(downloads, album, 'fetching');
    await downloads.api.unpin({ source: album });
    await downloads.api.pin({ source: album });
    home.cache.release();
    expect(home.cache.asked).toHaveLength(1);
    expect(pinOf(downloads, album).state.kind).toBe('queued');
    end();
    await untilState(downloads, album, 'kept');
    expect(home.cache.asked).toHaveLength(2);
    expect(home.log.lines.filter(({ level }) => level !== 'info')).toEqual([]);
  });

  it('while everything was removed, does not leave half of it behind', async () => {
    const home = await computer();
    const album = home.album('Flussabwärts', 2);
    const downloads = await home.start();
    home.cache.hold();
    const end = home.cache.linger();
    await downloads.api.pin({ source: album });
    await untilState(downloads, album, 'fetching');
    await until('a part is here', () => {
      home.cache.step();
      return (home.cache.holding(idOf('track', 'Flussabwärts 1'))?.presentBytes ?? 0) > 0;
    });
    const removed = downloads.api.removeAll();
    const written = (): string => readFileSync(join(home.folder, 'downloads.json'), 'utf8');
    await until('nothing is pinned', () => written().includes('"order":[]'), written);
    // Whoever did not wait for the fetch would have gone on by now.
    for (let look = 0; look < 20; look += 1) await readdir(home.folder);
    end();
    await removed;
    expect(home.cache.holding(idOf('track', 'Flussabwärts 1'))).toBeNull();
  });

  it('takes back what was just let go, in its place, without any network', async () => {
    const home = await computer();
    const [a, b, c] = [home.album('A', 2), home.album('B', 2), home.album('C', 2)];
    const downloads = await home.start();
    for (const source of [a, b, c]) {
      await downloads.api.pin({ source });
      await untilState(downloads, source, 'kept');
    }
    await downloads.api.unpin({ source: b });
    home.catalog.failAll('offline');
    expect(titles(await downloads.api.pin({ source: b }))).toEqual(['A', 'B', 'C']);
    expect(pinOf(downloads, b)).toMatchObject({ state: { kind: 'kept' }, keptCount: 2 });
    expect(titles((await home.start()).snapshot())).toEqual(['A', 'B', 'C']);
  });
});
