/** The library of a listener whose service has no sign-in: this computer's alone, and there again after a restart. */
import { appendFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { HostApi, HostMethod } from '../../src/contract/host-api.ts';
import { createMemorySecrets } from '../../src/main/secrets/memory-secrets.ts';
import type { Host } from '../../src/main/host.ts';
import { openHost, type OpenedHost } from '../host/open-host.ts';
import { startServiceStandIn, type ServiceStandIn } from '../host/service-stand-in.ts';
import { buildTrack } from '../host/track-builder.ts';
import { until } from '../host/track-cache-fixture.ts';

/** The host's methods as the window calls them. */
export const callsOf = (host: Host): HostApi =>
  new Proxy({} as HostApi, {
    get: (_, area) =>
      new Proxy(
        {},
        {
          get: (__, name) => (argument: unknown) =>
            host.handlers[`${String(area)}.${String(name)}` as HostMethod](argument ?? null),
        },
      ),
  });

const ONE = buildTrack('one', { title: 'Ankunft' });
const TWO = buildTrack('two', { title: 'Öl' });
const THREE = buildTrack('three', { title: 'Zeit' });
const SOON = { timeout: 10_000 };
const NEWEST = { sort: 'saved', descending: true, offset: 0, limit: 50 } as const;

describe('a library on this computer', () => {
  let service: ServiceStandIn;
  let opened: OpenedHost;
  let api: HostApi;
  beforeEach(async () => {
    service = await startServiceStandIn();
    service.answer('/v1/tracks', { json: { items: [ONE, TWO, THREE], nextCursor: null, total: 3 } });
    opened = await openHost(service.url);
    // The host waits two seconds for a service that it has never been connected to, and opens without it.
    await until('somebody listens', () => opened.host.snapshot().session.session.state === 'signed_in');
    api = callsOf(opened.host);
  });
  afterEach(() => service.close());
  const restart = async (): Promise<void> => {
    await opened.host.close();
    opened = await openHost(service.url, {
      dataFolder: join(opened.folder, 'data'),
      cacheFolder: join(opened.folder, 'cache'),
      secrets: createMemorySecrets(),
    });
    api = callsOf(opened.host);
  };
  const titles = async (request: Partial<Parameters<HostApi['library']['tracks']>[0]> = {}) =>
    (await api.library.tracks({ ...NEWEST, ...request })).items.map(({ item }) => item?.title);

  it('keeps likes, says so honestly, and takes them back', async () => {
    await api.library.save({ kind: 'track', ids: [ONE.id, TWO.id] });
    const { undo } = await api.library.save({ kind: 'track', ids: [TWO.id, THREE.id] });
    await expect
      .poll(() => titles({ sort: 'title', descending: false }), SOON)
      .toEqual(['Ankunft', 'Öl', 'Zeit']);
    expect(await titles({ filter: 'an' })).toEqual(['Ankunft']);
    expect(await api.library.get()).toMatchObject({ counts: { track: 3 }, sync: { state: 'local' } });
    expect(await api.library.marks({ kind: 'track', ids: [THREE.id, 'x'.repeat(20)] })).toEqual([THREE.id]);

    const again = await api.library.undo({ token: undo ?? '' });
    expect(await api.library.ids({ kind: 'track', sort: 'saved', descending: true })).toHaveLength(2);
    await expect(api.library.undo({ token: undo ?? '' })).rejects.toMatchObject({ code: 'not_found' });
    await api.library.undo({ token: again.undo ?? '' });
    expect(await titles({ sort: 'title', descending: true })).toEqual(['Zeit', 'Öl', 'Ankunft']);
  });

  it('keeps playlists and folders over a restart, also with a torn line at the end of the journal', async () => {
    const { folderId } = await api.library.createFolder({ name: 'Abends', folderId: null });
    const { playlist } = await api.playlists.create({
      name: 'Mix',
      trackIds: [ONE.id, TWO.id, ONE.id],
      folderId,
    });
    const { id } = playlist;
    const items = await api.playlists.trackIds({ id, sort: 'own', descending: false });
    expect(items.map(({ trackId }) => trackId)).toEqual([ONE.id, TWO.id, ONE.id]);
    await api.playlists.move({ id, itemIds: [items[1]?.itemId ?? ''], before: null });
    await api.playlists.edit({ id, changes: { description: 'für die Bahn' } });
    const account = opened.host.snapshot().session.accounts[0]?.id ?? '';
    const journal = join(opened.folder, 'data', 'accounts', account, 'library', 'journal.jsonl');
    await appendFile(journal, (await readFile(journal, 'utf8')).slice(0, 40));

    await restart();
    expect(await api.library.shelf()).toMatchObject([
      {
        kind: 'folder',
        name: 'Abends',
        entries: [
          { kind: 'playlist', playlist: { id, name: 'Mix', description: 'für die Bahn', role: 'owner' } },
        ],
      },
    ]);
    const after = await api.playlists.trackIds({ id, sort: 'own', descending: false });
    expect(after.map(({ trackId }) => trackId)).toEqual([ONE.id, ONE.id, TWO.id]);
    expect(await api.playlists.duplicates({ id })).toHaveLength(1);
    await expect.poll(async () => (await api.playlists.get({ id })).durationMs, SOON).toBeGreaterThan(0);

    const { undo } = await api.playlists.delete({ id });
    await expect(api.playlists.get({ id })).rejects.toMatchObject({ code: 'not_found' });
    await api.library.undo({ token: undo ?? '' });
    expect((await api.playlists.items({ id, ...NEWEST, sort: 'own', descending: false })).total).toBe(3);
    const [entry] = await api.library.shelf();
    expect(entry).toMatchObject({ kind: 'folder', entries: [{ kind: 'playlist', playlist: { id } }] });
  });

  it('works out smart playlists anew when a like or a play changes what they hold', async () => {
    await api.library.save({ kind: 'track', ids: [ONE.id] });
    await api.history.record({ track: TWO });
    const { playlist } = await api.playlists.create({
      name: 'Geliebt oder gehört',
      rules: {
        match: 'any',
        rules: [
          { kind: 'liked', value: true },
          { kind: 'number', field: 'plays', test: 'over', value: 0 },
        ],
        sort: { by: 'title', descending: false },
        limit: null,
      },
    });
    const held = async (): Promise<readonly string[]> =>
      (await api.playlists.trackIds({ id: playlist.id, sort: 'own', descending: false })).map(
        ({ trackId }) => trackId,
      );
    await expect.poll(held, SOON).toEqual([ONE.id, TWO.id]);
    await api.library.save({ kind: 'track', ids: [THREE.id] });
    await expect.poll(held, SOON).toEqual([ONE.id, TWO.id, THREE.id]);
    await api.library.unsave({ kind: 'track', ids: [ONE.id] });
    await expect.poll(held, SOON).toEqual([TWO.id, THREE.id]);
  });
});
