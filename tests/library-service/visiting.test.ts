/** Others' playlists in the app: what a listener who is no member sees of them, and when they see it no more. */
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { HostErrorCode } from '../../src/contract/host-error.ts';
import { HostFailure } from '../../src/contract/host-error.ts';
import { libraryPaths, shareSchema } from '../../src/contract/library-http.ts';
import { albumWithTracks, idOf as catalogIdOf } from '../builders/catalog-records.ts';
import { eventually } from '../builders/catalog-service.ts';
import { quickClock, type QuickClock } from '../faults/quick-clock.ts';
import { openLibraryDevice, type OpenedDevice } from '../library-sync/open-device.ts';
import { openTwoReplicas, sending, type Listener, type TwoReplicas } from './two-replicas.ts';

const TITLES = ['Kiesbett', 'Delta', 'Schwelle'];
const TRACKS = TITLES.map((title) => catalogIdOf('track', `Flussabwärts/${title}`));
const OWN = { sort: 'own', descending: false } as const;
const SOON = { timeout: 10_000, interval: 10 };
/** Longer than what was asked for counts as new. */
const LATER_MS = 20_000;

let replicas: TwoReplicas;
let story = 0;
let lene: OpenedDevice;
let mia: OpenedDevice;
let leneHerself: Listener;
let miaHerself: Listener;
let miasClock: QuickClock;
let isCut = false;

/** Mia's network, which can be taken away. */
const miasFetch: typeof globalThis.fetch = async (input, init) => {
  if (isCut) throw new TypeError('fetch failed');
  return fetch(input, init);
};
const deviceOf = (listener: Listener, more: Partial<Parameters<typeof openLibraryDevice>[0]> = {}) =>
  openLibraryDevice({
    serviceUrl: replicas.one.url,
    user: listener.id,
    token: listener.token,
    ...more,
  });
const isSynced = async ({ state }: OpenedDevice): Promise<void> => {
  await expect.poll(() => state().sync.state, SOON).toBe('synced');
};

beforeAll(async () => {
  replicas = await openTwoReplicas({ publicUrl: 'https://music.example', followIntervalMs: 50 });
  const { revision } = await replicas.home.publish(albumWithTracks('Flussabwärts', { tracks: TITLES }));
  for (const service of [replicas.one, replicas.other])
    await eventually(() => ((service.facts()?.revision ?? 0) >= revision ? true : null));
});
afterAll(() => replicas.close());
beforeEach(async () => {
  story += 1;
  isCut = false;
  miasClock = quickClock();
  miaHerself = await replicas.listener(`mia-${story}`);
  leneHerself = await replicas.listener(`lene-${story}`);
  lene = await deviceOf(leneHerself);
  mia = await deviceOf(miaHerself, { clock: miasClock, fetch: miasFetch });
  await Promise.all([isSynced(lene), isSynced(mia)]);
});

const titlesIn = async ({ playlists }: OpenedDevice, id: string): Promise<readonly (string | undefined)[]> =>
  (await playlists.items({ id, ...OWN, offset: 0, limit: 100 })).items.map(({ track }) => track?.title);
const madeByLene = async (visibility: 'public' | 'private'): Promise<string> => {
  const { playlist } = await lene.playlists.create({ name: 'Kieswege', trackIds: TRACKS });
  if (visibility === 'public') await lene.playlists.edit({ id: playlist.id, changes: { visibility } });
  await isSynced(lene);
  return playlist.id;
};
const whyNot = async (asked: Promise<unknown>): Promise<HostErrorCode | null> => {
  try {
    await asked;
    return null;
  } catch (error) {
    if (!(error instanceof HostFailure)) throw error;
    return error.code;
  }
};

describe('a public playlist of somebody else', () => {
  it('shows its tracks, as they are whenever it is opened, and lets nothing be changed', async () => {
    const id = await madeByLene('public');
    expect(await mia.playlists.get({ id })).toMatchObject({
      name: 'Kieswege',
      role: 'visitor',
      itemCount: 3,
      oldSince: null,
      members: [{ role: 'owner' }],
    });
    expect(await titlesIn(mia, id)).toEqual(TITLES);
    expect(await mia.playlists.trackIds({ id, ...OWN, filter: 'delta' })).toHaveLength(1);

    const [first] = await mia.playlists.trackIds({ id, ...OWN });
    const itemIds = [first?.itemId ?? ''];
    const { playlist: own } = await mia.playlists.create({ name: 'Eigene' });
    const refused = [
      mia.playlists.edit({ id, changes: { name: 'Meine' } }),
      mia.playlists.add({ id, trackIds: TRACKS, duplicates: 'add' }),
      mia.playlists.move({ id, itemIds, before: null }),
      mia.playlists.remove({ id, itemIds }),
      mia.playlists.moveTo({ id, itemIds, to: own.id }),
      mia.playlists.delete({ id }),
      mia.playlists.invite({ id, role: 'editor' }),
      mia.playlists.setRole({ id, userId: miaHerself.id, role: 'editor' }),
    ];
    const reasons = await Promise.all(refused.map(whyNot));
    expect(new Set(reasons)).toEqual(new Set(['forbidden']));
    expect(await titlesIn(mia, own.id)).toEqual([]);

    await lene.playlists.edit({ id, changes: { name: 'Feldwege' } });
    await lene.playlists.remove({ id, itemIds });
    await isSynced(lene);
    miasClock.moveBy(LATER_MS);
    expect(await mia.playlists.get({ id })).toMatchObject({ name: 'Feldwege', itemCount: 2 });
    expect(await titlesIn(mia, id)).toEqual(TITLES.slice(1));
  });

  it('is copied into one of their own, and the copy is taken back at once', async () => {
    const id = await madeByLene('public');
    const { name } = await mia.playlists.get({ id });
    const trackIds = (await mia.playlists.trackIds({ id, ...OWN })).map(({ trackId }) => trackId);
    const { playlist, undo } = await mia.playlists.create({ name, trackIds });
    expect(playlist).toMatchObject({ role: 'owner', itemCount: 3 });
    await mia.library.undo({ token: undo ?? '' });
    expect(await mia.library.shelf()).toEqual([]);
    expect(await titlesIn(mia, id)).toEqual(TITLES);
  });

  it('stands on the shelf of all their devices once it is put there', async () => {
    const id = await madeByLene('public');
    await mia.playlists.get({ id });
    const { undo } = await mia.library.put({ playlistId: id, folderId: null });
    expect(await mia.library.shelf()).toMatchObject([
      { kind: 'playlist', playlist: { id, role: 'visitor' } },
    ]);
    await isSynced(mia);
    const other = await deviceOf(miaHerself);
    await expect.poll(async () => (await other.library.shelf()).length, SOON).toBe(1);
    await expect.poll(() => other.state().counts.playlist, SOON).toBe(1);
    await expect.poll(() => titlesIn(other, id), SOON).toEqual(TITLES);
    await mia.library.undo({ token: undo ?? '' });
    await expect.poll(async () => (await other.library.shelf()).length, SOON).toBe(0);
  });

  it('is shown as it was last where there is no network, also after a restart, and says of when that is', async () => {
    const id = await madeByLene('public');
    await mia.playlists.get({ id });
    isCut = true;
    miasClock.moveBy(LATER_MS);
    const old = await mia.playlists.get({ id });
    expect(old).toMatchObject({ name: 'Kieswege', itemCount: 3 });
    expect(Date.parse(old.oldSince ?? '')).toBeLessThan(miasClock.now() - LATER_MS / 2);
    expect(await titlesIn(mia, id)).toEqual(TITLES);
    await mia.close();

    const again = await deviceOf(miaHerself, { folder: mia.folder, clock: miasClock, fetch: miasFetch });
    expect((await again.playlists.get({ id })).oldSince).not.toBeNull();
    expect(await titlesIn(again, id)).toEqual(TITLES);
    const { revision } = again.state();
    isCut = false;
    await again.library.sync();
    // What is on a page is asked for anew, because the library says that it has changed.
    await expect.poll(() => again.state().revision, SOON).toBeGreaterThan(revision);
    await expect.poll(async () => (await again.playlists.get({ id })).oldSince, SOON).toBeNull();
  });

  it('is written to the disk when it has changed, and not whenever it is looked at', async () => {
    const id = await madeByLene('public');
    const writtenAt = async (): Promise<number> =>
      (await stat(join(mia.folder, 'library', 'visited', `${id}.json`))).mtimeMs;
    await mia.playlists.get({ id });
    const first = await writtenAt();
    miasClock.moveBy(LATER_MS);
    await mia.playlists.get({ id });
    expect(await writtenAt()).toBe(first);
    await lene.playlists.edit({ id, changes: { name: 'Feldwege' } });
    await isSynced(lene);
    miasClock.moveBy(LATER_MS);
    expect((await mia.playlists.get({ id })).name).toBe('Feldwege');
    expect(await writtenAt()).toBeGreaterThan(first);
  });

  it('is gone from them with the answer that it is private now, and answers as one that never was', async () => {
    const id = await madeByLene('public');
    await mia.playlists.get({ id });
    await lene.playlists.edit({ id, changes: { visibility: 'private' } });
    await isSynced(lene);
    miasClock.moveBy(LATER_MS);
    expect(await whyNot(mia.playlists.get({ id }))).toBe('not_found');
    expect(await whyNot(mia.playlists.items({ id, ...OWN, offset: 0, limit: 1 }))).toBe('not_found');
    isCut = true;
    expect(await whyNot(mia.playlists.get({ id }))).not.toBeNull();
    isCut = false;
    const [closed, never] = await Promise.all(
      [id, 'z'.repeat(20)].map((each) => miaHerself.ask(replicas.other, `/v1/shares/${each}`)),
    );
    expect([closed?.status, await closed?.json()]).toEqual([never?.status, await never?.json()]);
  });

  it('says that it is shared no more when it is deleted', async () => {
    const id = await madeByLene('public');
    await mia.playlists.get({ id });
    await lene.playlists.delete({ id });
    await isSynced(lene);
    miasClock.moveBy(LATER_MS);
    expect(await whyNot(mia.playlists.get({ id }))).toBe('gone');
  });
});

describe('a private playlist that is shared by a link', () => {
  const linkOf = async (id: string): Promise<string> => {
    const asked = sending('POST', { kind: 'playlist', id });
    return (await leneHerself.json(replicas.other, shareSchema, libraryPaths.shares, asked)).shareId;
  };

  it('opens for whoever has it, names nobody, stays open over a restart, and stands on no shelf', async () => {
    const id = await madeByLene('private');
    const shareId = await linkOf(id);
    expect(await mia.playlists.openShared({ shareId })).toMatchObject({
      id,
      role: 'visitor',
      visibility: 'private',
      members: [],
      itemCount: 3,
    });
    const { items } = await mia.playlists.items({ id, ...OWN, offset: 0, limit: 10 });
    expect(items.map(({ track, addedBy }) => [track?.title, addedBy])).toEqual(
      TITLES.map((title) => [title, '']),
    );
    expect(await whyNot(mia.playlists.edit({ id, changes: { name: 'Meine' } }))).toBe('forbidden');
    expect(await whyNot(mia.library.put({ playlistId: id, folderId: null }))).toBe('forbidden');
    await mia.close();
    const again = await deviceOf(miaHerself, { folder: mia.folder });
    expect(await again.playlists.get({ id })).toMatchObject({ name: 'Kieswege', oldSince: null });
    expect(await whyNot((await deviceOf(miaHerself)).playlists.get({ id }))).toBe('not_found');
  });

  it('says that the link was taken back, wherever it is looked at, and is gone from the computer', async () => {
    const id = await madeByLene('private');
    const shareId = await linkOf(id);
    await mia.playlists.openShared({ shareId });
    const revoked = libraryPaths.share.replace(':id', shareId);
    expect((await leneHerself.ask(replicas.one, revoked, { method: 'DELETE' })).status).toBe(204);
    expect(await whyNot(mia.playlists.openShared({ shareId }))).toBe('gone');
    expect(await whyNot(mia.playlists.trackIds({ id, ...OWN }))).toBe('not_found');
    const other = await linkOf(id);
    await mia.playlists.openShared({ shareId: other });
    const again = libraryPaths.share.replace(':id', other);
    expect((await leneHerself.ask(replicas.one, again, { method: 'DELETE' })).status).toBe(204);
    miasClock.moveBy(LATER_MS);
    expect(await whyNot(mia.playlists.get({ id }))).toBe('gone');
    expect(await whyNot(mia.playlists.trackIds({ id, ...OWN }))).toBe('not_found');
    expect(await whyNot(mia.playlists.openShared({ shareId: `${id}${'A'.repeat(22)}` }))).toBe('not_found');
    const fresh = await mia.playlists.openShared({ shareId: await linkOf(id) });
    expect(fresh.itemCount).toBe(3);
  });

  it('is their own list to those who are members, whoever gave them the link', async () => {
    const id = await madeByLene('private');
    expect(await lene.playlists.openShared({ shareId: await linkOf(id) })).toMatchObject({ role: 'owner' });
    expect(await whyNot(mia.playlists.openShared({ shareId: 'S8vK-2_xQ0aZ7rJ4mN1p' }))).toBe('not_found');
  });

  it('cannot be opened for the first time without a network, and says so', async () => {
    const shareId = await linkOf(await madeByLene('private'));
    isCut = true;
    expect(await whyNot(mia.playlists.openShared({ shareId }))).toBe('service_unreachable');
  });
});

describe('a private playlist', () => {
  it('is nothing to those who are not invited, and nothing again to whom is let go', async () => {
    const id = await madeByLene('private');
    expect(await whyNot(mia.playlists.get({ id }))).toBe('not_found');
    const { url } = await lene.playlists.invite({ id, role: 'viewer' });
    expect(await mia.playlists.join({ code: url.split('/').at(-1) ?? '' })).toMatchObject({ role: 'viewer' });
    await expect.poll(() => titlesIn(mia, id), SOON).toEqual(TITLES);
    await expect.poll(async () => (await lene.playlists.get({ id })).members.length, SOON).toBe(2);
    await lene.playlists.setRole({ id, userId: miaHerself.id, role: null });
    await expect.poll(() => whyNot(mia.playlists.get({ id })), SOON).toBe('not_found');
    expect(await mia.library.shelf()).toEqual([]);
    expect((await miaHerself.ask(replicas.one, `/v1/shares/${id}`)).status).toBe(404);
  });
});
