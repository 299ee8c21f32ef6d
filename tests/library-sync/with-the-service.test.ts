/** Two devices of one listener and the real service, over real HTTP. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openServiceHome, type RunningService, type ServiceHome } from '../builders/catalog-service.ts';
import { trackIdFor } from '../host/track-cache-fixture.ts';
import { startShapedLink, type ShapedLink } from '../network-link/shaped-link.ts';
import { openLibraryDevice, type OpenedDevice } from './open-device.ts';

const SOON = { timeout: 10_000, interval: 20 };
const OWN = { sort: 'own', descending: false } as const;
const id = (name: string): string => trackIdFor(name);
const portOf = ({ url }: RunningService): number => Number(new URL(url).port);

describe('a library and the service that keeps it', { timeout: 60_000 }, () => {
  let home: ServiceHome;
  let service: RunningService;
  /** Keeps the address while the service is away. */
  let link: ShapedLink;
  beforeEach(async () => {
    home = await openServiceHome();
    service = await home.start();
    link = await startShapedLink({ targetPort: portOf(service) });
  });
  afterEach(async () => {
    await link.close();
    await home.close();
  });

  /** A service without sign-in knows one listener. */
  const device = (folder?: string): Promise<OpenedDevice> =>
    openLibraryDevice({
      serviceUrl: link.url,
      user: 'listener',
      ...(folder === undefined ? {} : { folder }),
    });
  const liked = async ({ library }: OpenedDevice): Promise<readonly string[]> =>
    [...(await library.ids({ kind: 'track', sort: 'saved', descending: true }))].sort();
  const tracksOf = async ({ playlists }: OpenedDevice, playlist: string): Promise<readonly string[]> =>
    (await playlists.trackIds({ id: playlist, ...OWN })).map(({ trackId }) => trackId);
  const synced = async (one: OpenedDevice): Promise<void> => {
    await expect.poll(() => one.state().sync.state, SOON).toBe('synced');
  };

  it('tells one device what the other does, and takes back a deletion', async () => {
    const [here, there] = [await device(), await device()];
    await Promise.all([synced(here), synced(there)]);
    await here.library.save({ kind: 'track', ids: [id('one')] });
    await expect.poll(() => liked(there), SOON).toEqual([id('one')]);
    const { playlist } = await there.playlists.create({ name: 'Mix', trackIds: [id('one'), id('two')] });
    await expect
      .poll(() => tracksOf(here, playlist.id).catch(() => []), SOON)
      .toEqual([id('one'), id('two')]);
    const items = await here.playlists.trackIds({ id: playlist.id, ...OWN });
    await here.playlists.move({
      id: playlist.id,
      itemIds: [items[1]?.itemId ?? ''],
      before: items[0]?.itemId ?? null,
    });
    await expect.poll(() => tracksOf(there, playlist.id), SOON).toEqual([id('two'), id('one')]);

    const { undo } = await here.playlists.delete({ id: playlist.id });
    await expect.poll(async () => (await there.library.shelf()).length, SOON).toBe(0);
    await synced(here);
    await here.library.undo({ token: undo ?? '' });
    await expect
      .poll(() => tracksOf(there, playlist.id).catch(() => []), SOON)
      .toEqual([id('two'), id('one')]);
    await expect.poll(async () => (await there.library.shelf()).length, SOON).toBe(1);
    expect([here, there].flatMap(({ log }) => log.lines.filter(({ level }) => level !== 'info'))).toEqual([]);
  });

  it('merges what both did while the service was away, and a third begins with all of it', async () => {
    const [here, there] = [await device(), await device()];
    const { playlist } = await here.playlists.create({ name: 'Mix', trackIds: [id('one')] });
    await expect.poll(() => tracksOf(there, playlist.id).catch(() => []), SOON).toHaveLength(1);
    link.cut('reset');
    await service.close();
    await here.library.save({ kind: 'track', ids: [id('here')] });
    await here.playlists.add({ id: playlist.id, trackIds: [id('here')], duplicates: 'add' });
    await there.library.save({ kind: 'track', ids: [id('there')] });
    await there.playlists.add({ id: playlist.id, trackIds: [id('there')], duplicates: 'add' });
    await there.close();

    service = await home.start();
    link.leadTo(portOf(service));
    link.restore();
    const again = await device(there.folder);
    const third = await device();
    for (const one of [here, again, third]) {
      await expect.poll(() => liked(one), SOON).toEqual([id('here'), id('there')].sort());
      await expect.poll(() => tracksOf(one, playlist.id).catch(() => []), SOON).toHaveLength(3);
      await synced(one);
    }
    expect(await tracksOf(third, playlist.id)).toEqual(await tracksOf(here, playlist.id));
  });
});
