/** One listener on several devices, and several listeners in one playlist, against a service that goes wrong in every way it may. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createStampClock } from '../../src/core/library/stamp.ts';
import type { LibraryState } from '../../src/contract/library.ts';
import { libraryPaths } from '../../src/contract/library-http.ts';
import { quickClock } from '../faults/quick-clock.ts';
import { trackIdFor } from '../host/track-cache-fixture.ts';
import { startLibraryStandIn, type LibraryStandIn } from './library-stand-in.ts';
import { openLibraryDevice, type OpenedDevice } from './open-device.ts';

const id = (name: string): string => trackIdFor(name);
const SOON = { timeout: 10_000, interval: 10 };
const OWN = { sort: 'own', descending: false } as const;

describe('a library on several devices', { timeout: 60_000 }, () => {
  let service: LibraryStandIn;
  beforeEach(async () => {
    service = await startLibraryStandIn();
  });
  afterEach(() => service.close());

  const device = (options: Partial<Parameters<typeof openLibraryDevice>[0]> = {}): Promise<OpenedDevice> =>
    openLibraryDevice({ serviceUrl: service.url, ...options });
  const liked = async ({ library }: OpenedDevice): Promise<readonly string[]> =>
    [...(await library.ids({ kind: 'track', sort: 'saved', descending: true }))].sort();
  const tracksOf = async ({ playlists }: OpenedDevice, playlist: string): Promise<readonly string[]> =>
    (await playlists.trackIds({ id: playlist, ...OWN })).map(({ trackId }) => trackId);
  const like = (on: OpenedDevice, ...names: readonly string[]) =>
    on.library.save({ kind: 'track', ids: names.map(id) });
  const isIn = async (on: OpenedDevice, state: LibraryState['sync']['state']): Promise<void> => {
    await expect.poll(() => on.state().sync.state, SOON).toBe(state);
  };

  it('shows on the other what one does, pushed', async () => {
    const [here, there] = [await device(), await device()];
    await Promise.all([isIn(here, 'synced'), isIn(there, 'synced')]);
    await like(here, 'one');
    await expect.poll(() => liked(there), SOON).toEqual([id('one')]);
    const { playlist } = await there.playlists.create({ name: 'Mix', trackIds: [id('one'), id('two')] });
    await expect.poll(async () => (await here.library.shelf()).length, SOON).toBe(1);
    await here.playlists.add({ id: playlist.id, trackIds: [id('three')], duplicates: 'add' });
    await expect.poll(() => tracksOf(there, playlist.id), SOON).toEqual([id('one'), id('two'), id('three')]);
    await isIn(here, 'synced');
    expect(here.state().sync).toMatchObject({ state: 'synced' });
  });

  it('merges what both did without a network, and loses none of it', async () => {
    const [here, there] = [await device(), await device()];
    const { playlist } = await here.playlists.create({ name: 'Mix', trackIds: [id('one'), id('two')] });
    await expect.poll(() => tracksOf(there, playlist.id).catch(() => []), SOON).toHaveLength(2);
    service.hangUp('before');
    await like(here, 'here');
    await like(there, 'there');
    await here.playlists.add({ id: playlist.id, trackIds: [id('here')], duplicates: 'add' });
    await there.playlists.add({ id: playlist.id, trackIds: [id('there')], duplicates: 'add' });
    await there.playlists.edit({ id: playlist.id, changes: { name: 'Mischung' } });
    await here.playlists.edit({ id: playlist.id, changes: { description: 'für zwei' } });
    await isIn(here, 'waiting');
    expect(here.state().sync).toMatchObject({ state: 'waiting', changes: 3 });

    service.hangUp('never');
    for (const one of [here, there]) {
      await expect.poll(() => liked(one), SOON).toEqual([id('here'), id('there')].sort());
      await expect.poll(() => tracksOf(one, playlist.id), SOON).toHaveLength(4);
      const head = () => one.playlists.get({ id: playlist.id });
      await expect.poll(head, SOON).toMatchObject({ name: 'Mischung', description: 'für zwei' });
      await isIn(one, 'synced');
    }
    expect(await tracksOf(here, playlist.id)).toEqual(await tracksOf(there, playlist.id));
  });

  it('sends once what was taken although the answer was lost, also after a restart', async () => {
    const here = await device();
    await isIn(here, 'synced');
    service.hangUp('after');
    await like(here, 'one');
    await expect.poll(() => service.operations('lene', 'saved').length, SOON).toBe(1);
    await here.close();
    service.hangUp('never');
    const again = await device({ folder: here.folder });
    await isIn(again, 'synced');
    expect(await liked(again)).toEqual([id('one')]);
    expect(service.operations('lene', 'saved')).toHaveLength(1);
  });

  it('asks instead where the service cannot tell', async () => {
    service.setPush(false);
    const [here, there] = [await device(), await device()];
    await like(here, 'one');
    await expect.poll(() => liked(there), SOON).toEqual([id('one')]);
  });

  it('keeps what waits over a restart without a network, and sends it then', async () => {
    service.hangUp('before');
    const here = await device();
    await like(here, 'one', 'two');
    await here.library.unsave({ kind: 'track', ids: [id('two')] });
    await here.close();
    service.hangUp('never');
    const again = await device({ folder: here.folder });
    await isIn(again, 'synced');
    expect(service.operations('lene', 'saved').map(({ type }) => type)).toEqual(['save', 'unsave']);
    const elsewhere = await device();
    await expect.poll(() => liked(elsewhere), SOON).toEqual([id('one')]);
  });

  it('begins from a snapshot where there is much to read, with what waits to be sent on top', async () => {
    const here = await device();
    for (let number = 0; number < 12; number += 1) {
      await like(here, `one${'abcdefghijkl'.charAt(number)}`);
      await isIn(here, 'synced');
    }
    const there = await device();
    await isIn(there, 'synced');
    service.hangUp('before');
    await like(there, 'mine');
    service.snapshotsAfter(3);
    await there.close();
    service.write('lene', { document: 'saved', operations: manyLikes(8) });
    service.hangUp('never');
    const again = await device({ folder: there.folder });
    await isIn(again, 'synced');
    await expect.poll(() => liked(again), SOON).toHaveLength(12 + 8 + 1);
    await expect.poll(() => liked(here), SOON).toHaveLength(12 + 8 + 1);
  });

  it('drops what the service will never take, says so, and shows what there is', async () => {
    const [here, there] = [await device(), await device({ user: 'otto' })];
    const { playlist } = await here.playlists.create({ name: 'Mix', trackIds: [id('one')] });
    await here.playlists.setRole({ id: playlist.id, userId: 'otto', role: 'editor' });
    await expect.poll(() => tracksOf(there, playlist.id).catch(() => []), SOON).toEqual([id('one')]);
    await there.playlists.add({ id: playlist.id, trackIds: [id('theirs')], duplicates: 'add' });
    await expect.poll(() => tracksOf(here, playlist.id), SOON).toEqual([id('one'), id('theirs')]);

    service.refuse(`playlist:${playlist.id}`, 'forbidden');
    await there.playlists.add({ id: playlist.id, trackIds: [id('late')], duplicates: 'add' });
    await expect.poll(() => there.state().refused, SOON).toBe(1);
    expect(await tracksOf(there, playlist.id)).toEqual([id('one'), id('theirs')]);
    await isIn(there, 'synced');

    await here.playlists.setRole({ id: playlist.id, userId: 'otto', role: 'viewer' });
    const role = async () => (await there.playlists.get({ id: playlist.id })).role;
    await expect.poll(role, SOON).toBe('viewer');
    await expect(there.playlists.remove({ id: playlist.id, itemIds: [] })).rejects.toMatchObject({
      code: 'forbidden',
    });
    await here.playlists.setRole({ id: playlist.id, userId: 'otto', role: null });
    await expect.poll(() => tracksOf(there, playlist.id).catch(() => 'gone'), SOON).toBe('gone');
  });

  it('puts a clock right that runs an hour ahead, and takes another id where one is another’s', async () => {
    const clock = quickClock();
    clock.moveBy(3_600_000);
    service.hangUp('before');
    const here = await device({ clock });
    await like(here, 'early');
    await here.library.unsave({ kind: 'track', ids: [id('early')] });
    await like(here, 'early', 'kept');
    const { playlist } = await here.playlists.create({ name: 'Mix', trackIds: [id('one'), id('two')] });
    service.hangUp('never');
    await isIn(here, 'synced');
    expect(await liked(here)).toEqual([id('early'), id('kept')].sort());
    const there = await device();
    await expect.poll(() => liked(there), SOON).toEqual([id('early'), id('kept')].sort());
    await expect
      .poll(() => tracksOf(there, playlist.id).catch(() => []), SOON)
      .toEqual([id('one'), id('two')]);
    // What comes after is newer for everybody.
    await there.library.unsave({ kind: 'track', ids: [id('early')] });
    await expect.poll(() => liked(here), SOON).toEqual([id('kept')]);

    service.refuse('saved', 'device_taken');
    await like(here, 'another');
    await expect.poll(() => liked(there), SOON).toEqual([id('another'), id('kept')].sort());
    const devices = new Set(service.operations('lene', 'saved').map(({ stamp }) => stamp.slice(-10)));
    expect(devices.size).toBe(3);
  });

  it('deletes a playlist everywhere, and gives it back', async () => {
    const [here, there] = [await device(), await device()];
    const { playlist } = await here.playlists.create({ name: 'Mix', trackIds: [id('one')] });
    await expect.poll(async () => (await there.library.shelf()).length, SOON).toBe(1);
    const { undo } = await here.playlists.delete({ id: playlist.id });
    await expect.poll(async () => (await there.library.shelf()).length, SOON).toBe(0);
    await isIn(here, 'synced');
    await here.library.undo({ token: undo ?? '' });
    await expect.poll(() => tracksOf(there, playlist.id).catch(() => []), SOON).toEqual([id('one')]);
    await expect.poll(async () => (await there.library.shelf()).length, SOON).toBe(1);
  });

  it('does not ask again and again while nothing happens', async () => {
    const here = await device();
    await like(here, 'one');
    await isIn(here, 'synced');
    await here.library.sync();
    const asked = service.asked(libraryPaths.changes);
    await here.library.sync();
    await here.library.sync();
    expect(service.asked(libraryPaths.changes)).toBe(asked);
  });
});

const manyLikes = (count: number) => {
  const clock = createStampClock({ device: 'elsewhere0', now: Date.now, last: null });
  return Array.from({ length: count }, (_, number) => ({
    type: 'save' as const,
    stamp: clock.next(),
    kind: 'track' as const,
    items: [{ id: id(`e${number}`) }],
  }));
};
