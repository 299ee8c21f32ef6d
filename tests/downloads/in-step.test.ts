import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { idOf } from '../builders/catalog-records.ts';
import { pinAlbum, pinTrack, type FakeCatalog } from '../fakes/fake-catalog.ts';
import { computer, networkComes, networkGoes, pinOf, titles, until, untilState } from './open-downloads.ts';

const HOUR = 3_600_000;
const albumOf = (...names: readonly string[]) =>
  pinAlbum(
    'Flussabwärts',
    names.map((name) => pinTrack(name)),
  );

const keeping = async (...names: readonly string[]) => {
  const home = await computer();
  home.catalog.put(albumOf(...names));
  const source = { kind: 'album', id: idOf('album', 'Flussabwärts') } as const;
  const downloads = await home.start();
  await downloads.api.pin({ source });
  await untilState(downloads, source, 'kept');
  return { home, source, downloads };
};

describe('what is kept stays in step with the catalog', () => {
  it('fetches what is new and lets go what is no longer part of it', async () => {
    const { home, source, downloads } = await keeping('One', 'Two');
    home.catalog.put({ ...albumOf('Two', 'Three'), title: 'Flussabwärts (Deluxe)' });
    await home.clock.advance(6 * HOUR);
    downloads.serviceReached();
    await until('it has the new track', () => home.cache.whole().includes(idOf('track', 'Three')));
    await untilState(downloads, source, 'kept');
    expect(pinOf(downloads, source)).toMatchObject({ title: 'Flussabwärts (Deluxe)', trackCount: 2 });
    expect(home.cache.pinned()).toEqual([idOf('track', 'Two'), idOf('track', 'Three')]);
    expect(downloads.marks([idOf('track', 'One')])).toEqual({ [idOf('track', 'One')]: { state: 'cached' } });
    expect(titles((await home.start()).snapshot())).toEqual(['Flussabwärts (Deluxe)']);
  });

  it('asks once after the start, then every six hours, and when its page is seen', async () => {
    const { home, source, downloads } = await keeping('One');
    const other = home.album('Other', 1);
    const asked = (): number => home.catalog.asked.length;
    const settled = async (count: number): Promise<void> => {
      await until(`asked ${count} times`, () => asked() === count, asked);
      await home.clock.advance(0);
    };
    downloads.serviceReached();
    await settled(1);
    for (let hour = 0; hour < 5; hour += 1) {
      await home.clock.advance(HOUR);
      downloads.serviceReached();
    }
    expect(asked()).toBe(1);
    await home.clock.advance(HOUR);
    downloads.serviceReached();
    downloads.serviceReached();
    await settled(2);
    downloads.sourceSeen(other);
    downloads.sourceSeen(source);
    expect(asked()).toBe(2);
    await home.clock.advance(11 * 60_000);
    await until('asked because it was seen', () => {
      downloads.sourceSeen(source);
      return asked() === 3;
    });
    await downloads.close();

    await home.clock.advance(11 * 60_000);
    const again = await home.start();
    again.serviceReached();
    await settled(4);
    again.serviceReached();
    expect(asked()).toBe(4);
  });

  it('asks by itself while nobody does anything, so that the date moves on', async () => {
    const { home } = await keeping('One');
    for (let hour = 0; hour < 6; hour += 1) await home.clock.advance(HOUR);
    await until('asked again', () => home.catalog.asked.length === 2);
    expect(new Set(home.catalog.asked).size).toBe(1);
  });

  it.each(['offline', 'service_unreachable'] as const)(
    'goes on after a round that was cut: %s',
    async (cause) => {
      const { home, source, downloads } = await keeping('One');
      home.catalog.put(albumOf('One', 'Two'));
      networkGoes(home, downloads, cause);
      await home.clock.advance(6 * HOUR);
      expect(home.catalog.asked).toHaveLength(1);
      downloads.serviceReached();
      // Asked, and the answer has had its turn to fail.
      await home.clock.advance(0);
      expect(home.catalog.asked).toHaveLength(2);
      networkComes(home, downloads);
      await until('in step', () => {
        downloads.serviceReached();
        return pinOf(downloads, source).trackCount === 2;
      });
      await untilState(downloads, source, 'kept');
      expect(home.cache.whole()).toHaveLength(2);
    },
  );

  it('one source that the service cannot answer for does not keep the others from it', async () => {
    const { home, source, downloads } = await keeping('One');
    const second = home.album('Second', 1);
    await downloads.api.pin({ source: second });
    await untilState(downloads, second, 'kept');
    home.album('Second', 2);
    home.catalog.fail(source.id, 'service_unreachable');
    await home.clock.advance(6 * HOUR);
    downloads.serviceReached();
    await until('in step', () => pinOf(downloads, second).trackCount === 2);
    expect(pinOf(downloads, source)).toMatchObject({ state: { kind: 'kept' }, keptCount: 1 });
  });

  it.each([
    ['the album', (catalog: FakeCatalog, id: string) => catalog.take(id)],
    ['all of its tracks', (catalog: FakeCatalog) => catalog.put(albumOf())],
  ])('does not take away %s when an operator took it out of the catalog', async (_, takeOut) => {
    const { home, source, downloads } = await keeping('One', 'Two');
    takeOut(home.catalog, source.id);
    await home.clock.advance(6 * HOUR);
    downloads.serviceReached();
    await until('noticed', () =>
      home.log.lines.some(({ message }) => message.includes('no longer in the catalog')),
    );
    expect(pinOf(downloads, source)).toMatchObject({ state: { kind: 'kept' }, keptCount: 2 });
    expect(home.cache.pinned()).toHaveLength(2);
    expect(titles((await home.start()).snapshot())).toEqual(['Flussabwärts']);
  });

  it('says so when nothing is kept of what was taken out', async () => {
    const home = await computer();
    const source = home.album('Flussabwärts', 2);
    const downloads = await home.start();
    await downloads.api.pause({ source: null });
    await downloads.api.pin({ source });
    home.catalog.take(source.id);
    for (const name of ['Flussabwärts 1', 'Flussabwärts 2'])
      home.cache.fail(idOf('track', name), 'not_found');
    await downloads.api.resume({ source: null });
    await untilState(downloads, source, 'failed');
    expect(pinOf(downloads, source).state).toEqual({ kind: 'failed', failure: 'not_found' });
  });

  it('writes nothing when only the plays are others', async () => {
    const { home, downloads } = await keeping('One');
    home.catalog.put(pinAlbum('Flussabwärts', [pinTrack('One', { plays: 7 })]));
    const told = home.world.contents.length;
    await home.clock.advance(6 * HOUR);
    downloads.serviceReached();
    const checked = (): string => readFileSync(join(home.folder, 'downloads.json'), 'utf8');
    await until('the round is over', () => checked().includes(`:${home.clock.now()}`), checked);
    expect(home.world.contents).toHaveLength(told);
  });

  it('follows a playlist as it is edited, emptied too, without asking the catalog', async () => {
    const home = await computer();
    const downloads = await home.start();
    const source = { kind: 'playlist', id: 'p'.repeat(20) } as const;
    const holds = (title: string, ...names: readonly string[]): void => {
      home.world.lists = async () => ({
        source,
        title,
        artwork: null,
        tracks: names.map((name) => pinTrack(name)),
      });
    };
    holds('Mix', 'One', 'Two');
    await downloads.api.pin({ source });
    await untilState(downloads, source, 'kept');
    expect(pinOf(downloads, source)).toMatchObject({ title: 'Mix', trackCount: 2, keptCount: 2 });

    holds('Mischung', 'Two', 'Three');
    downloads.listsChanged();
    await until('it follows', () => pinOf(downloads, source).title === 'Mischung');
    await untilState(downloads, source, 'kept');
    expect(pinOf(downloads, source)).toMatchObject({ trackCount: 2, keptCount: 2 });

    holds('Mischung');
    await home.clock.advance(2_000);
    downloads.listsChanged();
    await until('it is empty', () => pinOf(downloads, source).trackCount === 0);
    await downloads.close();

    const again = await home.start();
    expect(pinOf(again, source)).toMatchObject({ title: 'Mischung', trackCount: 0 });
    holds('Mischung', 'Four');
    again.listsChanged();
    await until('it is filled again', () => pinOf(again, source).trackCount === 1);
    expect(home.catalog.asked).toEqual([]);
  });
});
