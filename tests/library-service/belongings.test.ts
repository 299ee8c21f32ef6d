/** What else is a listener's: plays, pictures, everything at once, and the end of it. */
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { catalogPaths } from '../../src/contract/catalog-http.ts';
import {
  imageReplySchema,
  importReplySchema,
  libraryExportSchema,
  libraryPaths,
  playlistSchema,
  playsReplySchema,
  type Play,
} from '../../src/contract/library-http.ts';
import { eventually } from '../builders/catalog-service.ts';
import { createDevice, idOf, newPlaylist, tracksOf, type Device } from './devices.ts';
import { openTwoReplicas, sending, type Listener, type TwoReplicas } from './two-replicas.ts';

let replicas: TwoReplicas;
beforeAll(async () => {
  replicas = await openTwoReplicas();
});
afterAll(() => replicas.close());

const playsOf = (device: Device, count: number, from = Date.UTC(2026, 2, 1)): readonly Play[] =>
  Array.from({ length: count }, (_, number) => ({
    stamp: device.pen.clock.next(),
    trackId: idOf('track', number),
    playedAt: new Date(from + number * 6 * 3_600_000).toISOString(),
    heardMs: 1000 * number,
  }));
const played = async (lene: Listener, query = ''): Promise<readonly Play[]> => {
  const all: Play[] = [];
  let cursor: string | null = null;
  do {
    const path: string = `${libraryPaths.plays}?limit=4${query}${cursor === null ? '' : `&cursor=${cursor}`}`;
    const page = await lene.json(replicas.other, playsReplySchema, path);
    all.push(...page.plays);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return all;
};

describe('plays', () => {
  it('are kept once however often they are sent, told newest first, and forgotten by choice', async () => {
    const lene = await replicas.listener('plays');
    const device = createDevice('plays');
    const plays = playsOf(device, 10);
    const send = (some: readonly Play[]) =>
      lene.ask(replicas.one, libraryPaths.plays, sending('POST', { device: device.id, plays: some }));
    expect((await send(plays.slice(0, 6))).status).toBe(204);
    expect((await send(plays.slice(0, 6))).status).toBe(204);
    // Some of them once more, together with others.
    expect((await send(plays.slice(3))).status).toBe(204);
    expect(await played(lene)).toEqual(plays.toReversed());

    const before = plays[5]?.playedAt;
    await lene.ask(replicas.one, libraryPaths.plays, sending('DELETE', { before }));
    expect(await played(lene)).toEqual(plays.slice(5).toReversed());
    await lene.ask(replicas.one, libraryPaths.plays, sending('DELETE', {}));
    expect(await played(lene)).toEqual([]);
    const foreign = await lene.ask(replicas.one, `${libraryPaths.plays}?cursor=nonsense`);
    expect(foreign.status).toBe(400);
    const forged = { device: 'another000', plays: plays.slice(0, 1) };
    expect((await lene.ask(replicas.one, libraryPaths.plays, sending('POST', forged))).status).toBe(400);
  });
});

describe('a picture', () => {
  it('of a playlist is artwork from then on; what is no picture is refused', async () => {
    const lene = await replicas.listener('pictures');
    const png = await sharp({ create: { width: 300, height: 200, channels: 3, background: 'teal' } })
      .png()
      .toBuffer();
    const upload = (body: Uint8Array<ArrayBuffer>, type = 'image/png') =>
      lene.ask(replicas.one, libraryPaths.images, {
        method: 'POST',
        headers: { 'content-type': type },
        body,
      });
    const { imageId } = imageReplySchema.parse(await (await upload(new Uint8Array(png))).json());
    const artwork = await fetch(`${replicas.other.url}/v1/artwork/${imageId}/256`);
    expect(artwork.headers.get('content-type')).toBe('image/webp');
    expect(await sharp(await artwork.bytes()).metadata()).toMatchObject({ width: 200, height: 200 });
    expect((await upload(new Uint8Array(Buffer.from('<svg/>')))).status).toBe(400);
    expect((await upload(new Uint8Array(png), 'image/svg+xml')).status).toBe(415);
  });
});

describe('everything of a listener', () => {
  it('is taken out whole, and what is missing of it is brought in again', async () => {
    const lene = await replicas.listener('export');
    const device = createDevice('export');
    const id = idOf('export', 1);
    device.edit('saved', 'saved', [
      { type: 'save', kind: 'track', items: [{ id: idOf('t', 1) }, { id: idOf('t', 2) }] },
      { type: 'save', kind: 'artist', items: [{ id: idOf('a', 1) }] },
    ]);
    device.edit('playlist', `playlist:${id}`, newPlaylist('Ordner "A"', 5));
    device.edit('shelf', 'shelf', [
      {
        type: 'put',
        target: { folderId: null, before: null },
        entries: [{ key: `playlist:${id}`, name: null }],
      },
    ]);
    await device.send(lene.sendTo(replicas.one));
    const plays = playsOf(device, 7);
    await lene.ask(replicas.one, libraryPaths.plays, sending('POST', { device: device.id, plays }));

    const taken = await lene.json(replicas.other, libraryExportSchema, libraryPaths.export);
    expect(taken.documents.map(({ document }) => document).sort()).toEqual([
      `playlist:${id}`,
      'saved',
      'shelf',
    ]);
    expect(taken.plays).toEqual(plays.toReversed());

    // Nothing is missing, nothing is added.
    const again = await lene.json(
      replicas.one,
      importReplySchema,
      libraryPaths.export,
      sending('POST', taken),
    );
    expect(again).toEqual({ documents: 0, operations: 0, plays: 7 });

    // All of it is gone, and brought in again.
    const gone = await lene.ask(replicas.one, catalogPaths.me, sending('DELETE', { confirm: 'export' }));
    expect(gone.status).toBe(204);
    expect((await lene.json(replicas.other, libraryExportSchema, libraryPaths.export)).plays).toEqual([]);
    await lene.json(replicas.other, importReplySchema, libraryPaths.export, sending('POST', taken));
    const fresh = createDevice('export');
    await fresh.read(lene.readFrom(replicas.one), 'saved');
    await fresh.read(lene.readFrom(replicas.one), 'shelf');
    await fresh.read(lene.readFrom(replicas.one), `playlist:${id}`);
    expect([...fresh.saved().list('track')]).toEqual([...device.saved().list('track')]);
    expect(fresh.saved().list('artist').length).toBe(1);
    expect([...fresh.shelf().view().entries.keys()]).toEqual([`playlist:${id}`]);
    expect(tracksOf(fresh.playlist(id))).toEqual(tracksOf(device.playlist(id)));
    expect(fresh.playlist(id).view().details.name).toBe('Ordner "A"');
    expect(await played(lene)).toEqual(plays.toReversed());
  });

  it('is deleted only when its id confirms it; then nothing in the store names the listener', async () => {
    const [lene, otto] = [await replicas.listener('goes'), await replicas.listener('stays')];
    const [device, ottos] = [createDevice('goes'), createDevice('stays')];
    const id = idOf('goes', 1);
    device.edit('playlist', `playlist:${id}`, newPlaylist('Geht', 2));
    device.edit('saved', 'saved', [{ type: 'save', kind: 'track', items: [{ id: idOf('t', 1) }] }]);
    await device.send(lene.sendTo(replicas.one));
    ottos.edit('playlist', `playlist:${idOf('stays', 1)}`, newPlaylist('Bleibt', 2));
    await ottos.send(otto.sendTo(replicas.one));
    const wrong = await lene.ask(replicas.one, catalogPaths.me, sending('DELETE', { confirm: 'stays' }));
    expect(wrong.status).toBe(400);
    expect((await lene.readFrom(replicas.one)('saved', 0))?.revision).toBe(1);

    const ear = await lene.listenTo(replicas.other);
    await ear.heard(({ document }) => document === `playlist:${id}`);
    const png = await sharp({ create: { width: 100, height: 100, channels: 3, background: 'teal' } })
      .png()
      .toBuffer();
    const { imageId } = imageReplySchema.parse(
      await (
        await lene.ask(replicas.one, libraryPaths.images, {
          method: 'POST',
          headers: { 'content-type': 'image/png' },
          body: new Uint8Array(png),
        })
      ).json(),
    );
    const pictures = async (): Promise<readonly string[]> => {
      const keys: string[] = [];
      for await (const { key } of replicas.home.store.list('library/images/')) keys.push(key);
      return keys.filter((key) => key.includes(imageId));
    };
    expect(await pictures()).toHaveLength(4);
    const right = await lene.ask(replicas.one, catalogPaths.me, sending('DELETE', { confirm: 'goes' }));
    expect(right.status).toBe(204);
    await ear.heard(({ document, revision }) => document === `playlist:${id}` && revision === null);
    expect(await pictures()).toEqual([]);
    const head = libraryPaths.playlist.replace(':id', idOf('stays', 1));
    expect(await otto.json(replicas.other, playlistSchema, head)).toMatchObject({ itemCount: 2 });
    const naming = await eventually(async () => {
      const keys: string[] = [];
      for await (const { key } of replicas.home.store.list('library/')) {
        const bytes = await replicas.home.store.getBytes(key);
        if (Buffer.from(bytes ?? []).includes('"goes"')) keys.push(key);
      }
      return keys.length === 0 ? keys : null;
    });
    expect(naming).toEqual([]);
  });
});
