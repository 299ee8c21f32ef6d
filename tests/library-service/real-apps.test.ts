/** The app's own library on two devices of one listener, each at another replica of the real service. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openServiceHome, type RunningService, type ServiceHome } from '../builders/catalog-service.ts';
import { trackIdFor } from '../host/track-cache-fixture.ts';
import { openLibraryDevice, type OpenedDevice } from '../library-sync/open-device.ts';

const id = (name: string): string => trackIdFor(name);
const SOON = { timeout: 10_000, interval: 10 };
const OWN = { sort: 'own', descending: false } as const;

let home: ServiceHome;
let replicas: readonly [RunningService, RunningService];
beforeAll(async () => {
  home = await openServiceHome();
  replicas = [await home.start(), await home.start({ indexFolder: `${home.indexFolder}-other` })];
});
afterAll(() => home.close());

const deviceAt = (replica: RunningService): Promise<OpenedDevice> =>
  openLibraryDevice({ serviceUrl: replica.url, user: 'listener' });
const liked = async ({ library }: OpenedDevice): Promise<readonly string[]> =>
  [...(await library.ids({ kind: 'track', sort: 'saved', descending: true }))].sort();
const tracksOf = async ({ playlists }: OpenedDevice, playlist: string): Promise<readonly string[]> =>
  (await playlists.trackIds({ id: playlist, ...OWN })).map(({ trackId }) => trackId);
const isIn = async (on: OpenedDevice, state: string): Promise<void> => {
  await expect.poll(() => on.state().sync.state, SOON).toBe(state);
};

describe('two devices at two replicas', () => {
  it('show each other within two seconds what each does, and merge what both did', async () => {
    const [here, there] = [await deviceAt(replicas[0]), await deviceAt(replicas[1])];
    await Promise.all([isIn(here, 'synced'), isIn(there, 'synced')]);
    const one = { kind: 'track', ids: [id('one')] } as const;
    // A machine that stands still makes it late; it does not do so each time.
    let tookMs = Infinity;
    for (let tries = 0; tries < 3 && tookMs >= 2000; tries += 1) {
      await here.library.unsave(one);
      await expect.poll(() => liked(there), SOON).toEqual([]);
      const begunMs = performance.now();
      await here.library.save(one);
      await expect.poll(() => liked(there), SOON).toEqual(one.ids);
      tookMs = performance.now() - begunMs;
    }
    expect(tookMs).toBeLessThan(2000);

    const { playlist } = await there.playlists.create({ name: 'Mix', trackIds: [id('one'), id('two')] });
    await expect.poll(async () => (await here.library.shelf()).length, SOON).toBe(1);
    await expect.poll(() => tracksOf(here, playlist.id).catch(() => []), SOON).toHaveLength(2);
    await Promise.all([
      here.playlists.add({ id: playlist.id, trackIds: [id('three')], duplicates: 'add' }),
      there.playlists.edit({ id: playlist.id, changes: { name: 'Mischung' } }),
      there.library.unsave({ kind: 'track', ids: [id('one')] }),
    ]);
    for (const device of [here, there]) {
      await expect.poll(() => tracksOf(device, playlist.id), SOON).toHaveLength(3);
      await expect.poll(async () => (await device.playlists.get(playlist)).name, SOON).toBe('Mischung');
      await expect.poll(() => liked(device), SOON).toEqual([]);
      await isIn(device, 'synced');
      expect(device.state().refused).toBe(0);
    }
    const { undo } = await here.playlists.delete(playlist);
    await expect.poll(async () => (await there.library.shelf()).length, SOON).toBe(0);
    await here.library.undo({ token: undo ?? '' });
    await expect.poll(() => tracksOf(there, playlist.id).catch(() => []), SOON).toHaveLength(3);
    await here.close();
    await there.close();
  });
});
