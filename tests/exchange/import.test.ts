import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { searchReplySchema } from '../../src/contract/catalog-http.ts';
import type { ExportFormat } from '../../src/contract/exchange.ts';
import { albumRecord, artistRecord, idOf, trackRecord } from '../builders/catalog-records.ts';
import {
  eventually,
  openServiceHome,
  type RunningService,
  type ServiceHome,
} from '../builders/catalog-service.ts';
import { openHost } from '../host/open-host.ts';
import { callsOf, EVERYTHING, handOver, untilImport, type Calls } from './exchange-stand.ts';

const TITLES = ['Kiesbett', 'Nachtfähre', 'Regen', 'Steg', 'Ufer'];
const idOfTrack = (title: string, album = 'Flussabwärts'): string => idOf('track', `${album}/${title}`);

const M3U = `#EXTM3U
#PLAYLIST:Am Wasser
#EXTINF:215,Lene Wörner Trio - Kiesbett
kiesbett.mp3
#EXTINF:215,Lene Wörner Trio - Not in this catalog
other.mp3
#EXTINF:215,Lene Wörner Trio - Nachtfähre
nachtfaehre.mp3
#EXTINF:400,Lene Wörner Trio - Regen
regen.mp3
`;
const YOUR_LIBRARY = JSON.stringify({
  tracks: [
    { artist: 'Lene Wörner Trio', album: 'Flussabwärts', track: 'Steg', uri: 'spotify:track:1' },
    { artist: 'Lene Wörner Trio', album: 'Flussabwärts', track: 'Ufer', uri: 'spotify:track:2' },
  ],
  albums: [{ artist: 'Lene Wörner Trio', album: 'Flussabwärts', uri: 'spotify:album:1' }],
  artists: [{ name: 'Lene Wörner Trio', uri: 'spotify:artist:1' }],
  shows: [],
  episodes: [{ name: 'An episode', show: 'A show', uri: 'spotify:episode:1' }],
});

describe('what another program has', () => {
  let home: ServiceHome;
  let service: RunningService;

  beforeEach(async () => {
    home = await openServiceHome();
    await home.publish([
      artistRecord('Lene Wörner Trio'),
      albumRecord('Flussabwärts'),
      ...TITLES.map((title, place) =>
        trackRecord(title, { trackNumber: place + 1, isrc: `DEA61240000${place}` }),
      ),
    ]);
    service = await home.start();
  });
  afterEach(() => home.close());

  const itemsOf = async ({ playlists }: Calls, id: string): Promise<readonly string[]> =>
    (await playlists.trackIds({ id, sort: 'own', descending: false })).map(({ trackId }) => trackId);
  const onShelf = async (calls: Calls) =>
    (await calls.library.shelf()).flatMap((entry) => (entry.kind === 'playlist' ? [entry.playlist] : []));

  it('comes into the library in its order, and what is not sure is asked', async () => {
    const calls = callsOf((await openHost(service.url)).host);
    const { exchange, library } = calls;

    const read = await handOver(calls, {
      'water.m3u8': M3U,
      'YourLibrary.json': YOUR_LIBRARY,
      'x.bin': '\0',
    });
    expect(read).toMatchObject({
      state: 'read',
      preview: {
        playlists: [{ name: 'Am Wasser', tracks: 4 }],
        savedTracks: 2,
        savedAlbums: 1,
        savedArtists: 1,
        leftOut: 1,
        failed: [{ name: 'x.bin', fault: 'unknown_format' }],
      },
    });
    await exchange.start({ playlists: [0], ...EVERYTHING });
    const matched = await untilImport(calls, 'matched');
    expect(matched).toMatchObject({
      total: 8,
      taken: 0,
      toTake: 6,
      counts: { exact: 6, ambiguous: 1, none: 1 },
    });
    // Nothing is in the library before the listener says so.
    expect(await onShelf(calls)).toEqual([]);

    await exchange.take();
    await untilImport(calls, 'matched', ({ taken }) => taken === 6);
    const [playlist] = await onShelf(calls);
    expect(playlist).toMatchObject({ name: 'Am Wasser', itemCount: 2 });
    expect(await itemsOf(calls, playlist?.id ?? '')).toEqual(
      ['Kiesbett', 'Nachtfähre'].map((title) => idOfTrack(title)),
    );
    expect((await library.get()).counts).toMatchObject({ track: 2, album: 1, artist: 1 });
    expect(await library.ids({ kind: 'track', sort: 'saved', descending: true })).toEqual(
      ['Steg', 'Ufer'].map((title) => idOfTrack(title)),
    );

    // The report has what is open, with what it may be; it can be chosen, and joins its playlist.
    const report = await exchange.report({ offset: 0, limit: 100, filter: 'open' });
    expect(report.rows.map(({ wanted, match }) => [wanted.title, match])).toEqual([
      ['Not in this catalog', 'none'],
      ['Regen', 'ambiguous'],
    ]);
    const regen = report.rows[1];
    expect(regen?.alternatives.map(({ title }) => title)).toEqual(['Regen']);
    const table = Buffer.from((await exchange.unmatched())?.base64 ?? '', 'base64').toString('utf8');
    expect(table).toContain('Am Wasser,Not in this catalog,Lene Wörner Trio');
    await exchange.choose({ row: regen?.row ?? -1, id: idOfTrack('Regen') });
    await expect(exchange.choose({ row: regen?.row ?? -1, id: idOfTrack('Steg') })).rejects.toMatchObject({
      code: 'not_found',
    });
    await exchange.take();
    await untilImport(calls, 'matched', ({ taken }) => taken === 7);
    expect(await itemsOf(calls, playlist?.id ?? '')).toHaveLength(3);
    expect(await onShelf(calls)).toHaveLength(1);

    // Looked for again when the catalog has it.
    await home.publish([trackRecord('Not in this catalog')]);
    await untilImport(calls, 'matched', ({ counts }) => counts.none === 1);
    for (let tries = 0; tries < 100; tries += 1) {
      await exchange.again();
      const { counts } = await untilImport(calls, 'matched');
      if (counts.none === 0) break;
    }
    expect(await exchange.get()).toMatchObject({ state: 'matched', toTake: 1 });

    expect(await exchange.dismiss()).toEqual({ state: 'none' });
    expect(await onShelf(calls)).toHaveLength(1);

    // What is being read ends when it is dismissed, and another can be read.
    const transfer = randomUUID();
    await exchange.receive({ transfer, name: 'water.m3u8', base64: Buffer.from(M3U).toString('base64') });
    expect(await Promise.allSettled([exchange.read({ transfer }), exchange.dismiss()])).toMatchObject([
      { status: 'rejected', reason: { code: 'cancelled' } },
      { status: 'fulfilled', value: { state: 'none' } },
    ]);
    expect(await handOver(calls, { 'water.m3u8': M3U })).toMatchObject({ state: 'read' });
  });

  it('waits on this computer for a service that is away, also over a start of the app', async () => {
    const url = service.url;
    const { host, folder } = await openHost(url);
    const calls = callsOf(host);
    // What is known here is found here.
    await host.handlers['catalog.album']({ id: idOf('album', 'Flussabwärts') });
    await service.close();
    await eventually(async () => {
      const reply = await host.call('catalog.search', { query: 'Kiesbett', limit: 5 });
      return reply.ok && searchReplySchema.parse(reply.value).tracks.total === 1 ? reply : null;
    });
    await handOver(calls, { 'water.m3u8': M3U });
    await calls.exchange.start({ playlists: [0], ...EVERYTHING });
    const held = await untilImport(calls, 'matching', (state) => state.held !== null && state.done === 2);
    expect(held).toMatchObject({ total: 4, counts: { exact: 2 } });
    await expect(calls.exchange.take()).rejects.toMatchObject({ code: 'forbidden' });
    await host.close();

    const back = await home.start({ port: Number(new URL(url).port) });
    const next = await openHost(back.url, { dataFolder: join(folder, 'data') });
    const later = callsOf(next.host);
    expect(await untilImport(later, 'matched')).toMatchObject({ total: 4, toTake: 2 });
    await expect(handOver(later, { 'water.m3u8': M3U })).rejects.toMatchObject({ code: 'forbidden' });
    await later.exchange.dismiss();
    expect(await handOver(later, { 'water.m3u8': M3U })).toMatchObject({ state: 'read' });
  });

  it.each<ExportFormat>(['m3u8', 'xspf', 'jspf', 'csv'])(
    'goes out as %s and comes back as it was',
    async (format) => {
      const calls = callsOf((await openHost(service.url)).host);
      const trackIds = ['Ufer', 'Kiesbett', 'Ufer'].map((title) => idOfTrack(title));
      const name = 'Über: "alles" / <1>';
      const { playlist } = await calls.playlists.create({ name, trackIds });
      await calls.library.save({ kind: 'track', ids: [idOfTrack('Steg')] });
      const file = await calls.exchange.export({ source: { kind: 'playlist', id: playlist.id }, format });
      expect(file.name).toBe(`Über alles 1.${format}`);
      const all = await calls.exchange.export({ source: { kind: 'all_playlists' }, format });
      const liked = await calls.exchange.export({ source: { kind: 'saved_tracks' }, format });

      await handOver(calls, {
        [file.name]: Buffer.from(file.base64, 'base64'),
        [all.name]: Buffer.from(all.base64, 'base64'),
        [liked.name]: Buffer.from(liked.base64, 'base64'),
      });
      await calls.exchange.start({ playlists: [0, 1, 2], ...EVERYTHING });
      expect(await untilImport(calls, 'matched')).toMatchObject({ total: 7, counts: { id: 7 } });
      await calls.exchange.take();
      await untilImport(calls, 'matched', ({ taken }) => taken === 7);
      const lists = await onShelf(calls);
      expect(lists.map((each) => each.name).sort()).toEqual(['Liked tracks', name, name, name]);
      for (const list of lists.filter((each) => each.name === name))
        expect(await itemsOf(calls, list.id)).toEqual(trackIds);
    },
  );
});
