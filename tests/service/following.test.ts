import { once } from 'node:events';
import { readdir, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  albumSchema,
  homeSchema,
  mediaAddressSchema,
  searchReplySchema,
  serviceInfoSchema,
} from '../../src/contract/catalog-http.ts';
import { segmentKey } from '../../src/catalog/segments/keys.ts';
import { albumRecord, albumWithTracks, idOf, removal, trackRecord } from '../builders/catalog-records.ts';
import {
  eventually,
  openServiceHome,
  type RunningService,
  type ServiceHome,
} from '../builders/catalog-service.ts';

let home: ServiceHome;
beforeEach(async () => {
  home = await openServiceHome();
});
afterEach(() => home.close());

const hasRevision = (service: RunningService, revision: number): Promise<true> =>
  eventually(async () =>
    (await service.get('/v1/service', serviceInfoSchema)).revision === revision ? true : null,
  );
const indexFiles = async (): Promise<readonly string[]> =>
  (await readdir(home.indexFolder)).filter((name) => /^catalog-.*\.sqlite$/.test(name)).sort();

describe('a running service', () => {
  it('serves an empty catalog, and what is published later appears by itself', async () => {
    const service = await home.start();
    expect((await service.get('/v1/home', homeSchema)).totals).toEqual({ tracks: 0, albums: 0, artists: 0 });
    const before = (await service.fetch('/v1/home')).headers.get('etag') ?? '';
    await home.publish(albumWithTracks('Flussabwärts', { tracks: ['Kiesbett'] }));
    await hasRevision(service, 1);
    expect((await service.get('/v1/search?query=kies', searchReplySchema)).tracks.total).toBe(1);
    const after = await service.fetch('/v1/home', { headers: { 'if-none-match': before } });
    expect(after.status).toBe(200);
  });

  it('forgets what is removed: search, pages, totals', async () => {
    await home.publish([
      ...albumWithTracks('Flussabwärts', { tracks: ['Kiesbett', 'Delta'] }),
      ...albumWithTracks('Löss', { tracks: ['Sand'] }),
    ]);
    const service = await home.start();
    await home.publish([removal(trackRecord('Sand', { albumTitle: 'Löss' })), removal(albumRecord('Löss'))]);
    await hasRevision(service, 2);
    expect((await service.get('/v1/home', homeSchema)).totals).toEqual({ tracks: 2, albums: 1, artists: 1 });
    expect((await service.get('/v1/search?query=sand&correct=false', searchReplySchema)).tracks.total).toBe(
      0,
    );
    expect((await service.get('/v1/search?query=loss&correct=false', searchReplySchema)).albums.total).toBe(
      0,
    );
    expect((await service.fetch(`/v1/albums/${idOf('album', 'Löss')}`)).status).toBe(404);
  });

  it('keeps a cursor good while the catalog grows', async () => {
    await home.publish(['B', 'D', 'F'].flatMap((title) => albumWithTracks(title, { tracks: ['One'] })));
    const service = await home.start();
    const page = async (cursor: string | null) => {
      const response = await service.fetch(
        `/v1/albums?order=title&limit=1${cursor === null ? '' : `&cursor=${cursor}`}`,
      );
      const { items, nextCursor } = (await response.json()) as {
        items: { title: string }[];
        nextCursor: string | null;
      };
      return { titles: items.map((album) => album.title), nextCursor };
    };
    const first = await page(null);
    await home.publish(['A', 'C', 'E'].flatMap((title) => albumWithTracks(title, { tracks: ['One'] })));
    await hasRevision(service, 2);
    const titles = [...first.titles];
    for (let cursor = first.nextCursor; cursor !== null;) {
      const next = await page(cursor);
      titles.push(...next.titles);
      cursor = next.nextCursor;
    }
    expect(titles).toEqual(['B', 'C', 'D', 'E', 'F']);
  });

  it('builds its index anew when much has been added, and answers all the while', async () => {
    await home.publish(albumWithTracks('Flussabwärts', { tracks: ['Kiesbett'] }));
    const service = await home.start({ compactAfterRows: () => 3 });
    const before = await indexFiles();
    await home.publish(albumWithTracks('Löss', { tracks: ['Sand', 'Kies', 'Lehm'] }));
    await hasRevision(service, 2);
    await eventually(async () => {
      const album = await service.get(`/v1/albums/${idOf('album', 'Löss')}`, albumSchema);
      expect(album.trackCount).toBe(3);
      return service.facts()?.freshRows === 0 ? true : null;
    });
    expect(
      await eventually(async () => ((await indexFiles()).length === 1 ? await indexFiles() : null)),
    ).not.toEqual(before);
    expect((await service.get('/v1/search?query=kies', searchReplySchema)).tracks.total).toBe(2);
  });

  it('goes on with the old catalog when a new segment is missing, and takes it when it is there', async () => {
    await home.publish(albumWithTracks('Flussabwärts', { tracks: ['Kiesbett'] }));
    const lines: string[] = [];
    const service = await home.start({
      logger: { level: 'warn', stream: { write: (line) => void lines.push(line) } },
    });
    const other = await openServiceHome();
    const manifest = await other.publish(albumWithTracks('Löss', { tracks: ['Sand'] }));
    const [segment] = manifest.segments;
    if (segment === undefined) throw new Error('nothing was published');
    const bytes = await other.store.getBytes(segmentKey(segment.sha256));
    await other.close();
    const { createManifestLog } = await import('../../src/catalog/segments/manifest-log.ts');
    await createManifestLog(home.store).append([segment]);
    await eventually(() => (lines.some((line) => line.includes('missing from the store')) ? true : null));
    expect((await service.get('/v1/service', serviceInfoSchema)).revision).toBe(1);
    await home.store.put(segmentKey(segment.sha256), bytes ?? Buffer.alloc(0), {
      contentType: 'application/zstd',
    });
    await hasRevision(service, 2);
  });

  it('logs no query and no signature', async () => {
    await home.publish(albumWithTracks('Flussabwärts', { tracks: ['Kiesbett'] }));
    const lines: string[] = [];
    const service = await home.start({
      logger: { level: 'info', stream: { write: (line) => void lines.push(line) } },
    });
    const { url } = await service.get(
      `/v1/tracks/${idOf('track', 'Flussabwärts/Kiesbett')}/media`,
      mediaAddressSchema,
    );
    await (await service.fetch(url)).text();
    await (await service.fetch('/v1/search?query=secretwish')).text();
    await service.close();
    const answered = lines.filter((line) => line.includes('answered'));
    expect(answered).toHaveLength(3);
    expect(lines.join('')).not.toMatch(/signature|secretwish/);
  });
});

describe('a restarted service', () => {
  beforeEach(() => home.publish(albumWithTracks('Flussabwärts', { tracks: ['Kiesbett'] })));

  it('takes its index up again and adds what was published meanwhile', async () => {
    await (await home.start()).close();
    const before = await indexFiles();
    await home.publish(albumWithTracks('Löss', { tracks: ['Sand'] }));
    const service = await home.start();
    expect(service.facts()).toMatchObject({ revision: 2, tracks: 2 });
    expect(await indexFiles()).toEqual(before);
  });

  it.each([
    ['garbled', (path: string) => writeFile(path, 'this is no database at all')],
    ['cut off', (path: string) => writeFile(path, '')],
    ['gone', (path: string) => rm(path)],
  ])('builds an index that is %s anew', async (_what, damage) => {
    await (await home.start()).close();
    const [file = ''] = await indexFiles();
    await damage(join(home.indexFolder, file));
    const service = await home.start();
    expect((await service.get('/v1/search?query=kies', searchReplySchema)).tracks.total).toBe(1);
    expect(await indexFiles()).toHaveLength(1);
  });

  it('does not serve the index of another catalog', async () => {
    const other = await openServiceHome();
    await other.publish(albumWithTracks('Löss', { tracks: ['Sand'] }));
    await (await other.start({ indexFolder: home.indexFolder })).close();
    const service = await home.start();
    expect((await service.get('/v1/search?query=sand&correct=false', searchReplySchema)).tracks.total).toBe(
      0,
    );
    expect(service.facts()?.tracks).toBe(1);
    await other.close();
  });

  it('shares an index folder with a second one by staying out of its way', async () => {
    const first = await home.start();
    const second = await home.start();
    await home.publish(albumWithTracks('Löss', { tracks: ['Sand'] }));
    await Promise.all([hasRevision(first, 2), hasRevision(second, 2)]);
    await second.close();
    expect((await readdir(home.indexFolder)).filter((name) => name.startsWith('second-'))).toEqual([]);
    expect((await first.get('/v1/home', homeSchema)).totals.tracks).toBe(2);
  });
});

describe('a service that is told to stop', () => {
  it('finishes what it is sending and takes nothing new', async () => {
    const records = albumWithTracks('Flussabwärts', { tracks: ['Kiesbett'] });
    await home.publish(records);
    const [media] = trackRecord('Kiesbett').media;
    const bytes = 24 * 1024 * 1024;
    await home.store.put(media?.key ?? '', Buffer.alloc(bytes, 7), { contentType: 'audio/flac' });
    const service = await home.start();
    const id = idOf('track', 'Flussabwärts/Kiesbett');
    const { url } = await service.get(`/v1/tracks/${id}/media`, mediaAddressSchema);

    const received = Promise.withResolvers<number>();
    const begun = Promise.withResolvers<() => void>();
    request(url, (response) => {
      let count = 0;
      // Not read until the service has been told to stop: the body is still on its way then.
      response.pause();
      begun.resolve(() => {
        response.on('data', (chunk: Buffer) => (count += chunk.length));
        response.on('end', () => received.resolve(count));
        response.on('error', received.reject);
        response.resume();
      });
    }).end();
    const readOn = await begun.promise;
    const closed = service.close();
    readOn();
    expect(await received.promise).toBe(bytes);
    await closed;
    await expect(fetch(`${service.url}/health/live`)).rejects.toThrow('fetch failed');
  });

  it('does not wait for a connection on which nothing was ever asked', { timeout: 8_000 }, async () => {
    const service = await home.start();
    const { hostname, port } = new URL(service.url);
    const ahead = connect({ host: hostname, port: Number(port) });
    await once(ahead, 'connect');
    // What the service answers after it has taken both.
    expect((await fetch(`${service.url}/health/live`)).ok).toBe(true);
    const gone = once(ahead, 'close');
    ahead.resume();
    // Its patience with what is under way is ten seconds: this test would be over before.
    await service.close();
    await gone;
  });
});
