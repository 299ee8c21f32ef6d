import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { systemClock } from '../ports.ts';
import { createArtworkCache, type ArtworkCache } from './artwork-cache.ts';
import { createArtworkFiles } from './artwork-files.ts';

const PICTURE_BYTES = 1_000;
const id = (letter: string): string => letter.repeat(64);

type Way = 'answers' | 'away' | 'silent' | 'cut' | 'has none';

/** A catalog service's pictures over real HTTP; each says what it is a picture of. */
const startService = async () => {
  const asked: string[] = [];
  let way: Way = 'answers';
  const silent: ServerResponse[] = [];
  const pictureOf = (path: string): Buffer => {
    const picture = Buffer.alloc(PICTURE_BYTES, path.replace('/v1/artwork/', ''));
    picture.write('RIFF');
    picture.writeUInt32LE(PICTURE_BYTES - 8, 4);
    return picture;
  };
  const server = createServer((incoming, outgoing) => {
    const path = incoming.url ?? '';
    asked.push(path);
    switch (way) {
      case 'away':
        outgoing.destroy();
        return;
      case 'silent':
        silent.push(outgoing);
        return;
      case 'has none':
        outgoing.writeHead(404).end();
        return;
      case 'cut':
        outgoing.writeHead(200, { 'content-type': 'image/webp' });
        outgoing.end(pictureOf(path).subarray(0, 600));
        return;
      case 'answers':
        outgoing.writeHead(200, { 'content-type': 'image/webp' });
        outgoing.end(pictureOf(path));
    }
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(
    () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  );
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    pictureOf: (artwork: string, size: number) => pictureOf(`/v1/artwork/${artwork}/${size}`),
    is: (next: Way) => {
      way = next;
    },
  };
};

/** With patience for a machine that stands still, unless it is patience that matters. */
const setUp = async (limitBytes = 1e9, patienceMs = 20_000) => {
  const service = await startService();
  const root = await mkdtemp(join(tmpdir(), 'riffle-artwork-'));
  const folder = join(root, 'artwork');
  const warnings: string[] = [];
  const log = {
    info: () => undefined,
    warn: (message: string) => warnings.push(message),
    error: () => undefined,
  };
  const closing = new AbortController();
  const open = () =>
    createArtworkCache({
      files: createArtworkFiles({ folder, limitBytes, clock: systemClock, log }),
      serviceUrl: service.url,
      fetch: globalThis.fetch,
      closing: closing.signal,
      patienceMs,
    });
  const cache = open();
  onTestFinished(async () => {
    closing.abort();
    await cache.settled();
    await rm(root, { recursive: true, force: true });
  });
  const show = async (artwork: string, size: number, from: ArtworkCache = cache) => {
    const response = await from.serve(new Request('http://riffle/'), { id: artwork, size });
    return { response, content: Buffer.from(await response.arrayBuffer()) };
  };
  const onDisk = async (): Promise<string[]> => {
    const names = await readdir(folder, { recursive: true }).catch(() => []);
    return names.filter((name) => name.endsWith('.webp')).map((name) => name.replace(/^..[/\\]/, ''));
  };
  return { service, root, folder, warnings, closing, open, cache, show, onDisk };
};

const pinnedNames = (...artworks: readonly string[]): string[] =>
  artworks.flatMap((artwork) => [96, 256, 512].map((size) => `${artwork}-${size}.webp`)).sort();

describe('covers of music that is kept offline', () => {
  it('are fetched in the background, in the sizes that pages show, and once', async () => {
    const { service, cache, onDisk, show } = await setUp();
    cache.setPinned([id('a'), id('b')]);
    cache.keep([id('a'), id('b')]);
    await cache.settled();
    expect((await onDisk()).sort()).toEqual(pinnedNames(id('a'), id('b')));
    cache.keep([id('a'), id('b')]);
    await cache.settled();
    expect(service.asked).toHaveLength(6);
    service.is('away');
    const { response, content } = await show(id('b'), 256);
    expect(response.status).toBe(200);
    expect(response.headers.get('cache-control')).toContain('immutable');
    expect(content.equals(service.pictureOf(id('b'), 256))).toBe(true);
  });

  it('are fetched a few at a time', async () => {
    const { service, cache } = await setUp();
    service.is('silent');
    cache.keep(Array.from('abcdef', id));
    const begun = performance.now();
    while (service.asked.length < 3 && performance.now() - begun < 5_000) {
      await new Promise((resolve) => {
        setImmediate(resolve);
      });
    }
    expect(service.asked).toHaveLength(3);
  });

  it('are asked for again when the service is back, and it is left alone until then', async () => {
    const { service, cache, onDisk } = await setUp();
    service.is('away');
    cache.keep(Array.from('abcdef', id));
    await cache.settled();
    const tries = service.asked.length;
    // A few in a row, not all of them.
    expect(tries).toBeLessThan(9);
    expect(await onDisk()).toEqual([]);
    service.is('answers');
    cache.serviceReached();
    await cache.settled();
    expect((await onDisk()).sort()).toEqual(pinnedNames(...Array.from('abcdef', id)));
    cache.serviceReached();
    await cache.settled();
    expect(service.asked).toHaveLength(tries + 18);
  });

  it('are not asked for again once the service says that there are none', async () => {
    const { service, cache } = await setUp();
    service.is('has none');
    cache.keep([id('a')]);
    await cache.settled();
    cache.serviceReached();
    await cache.settled();
    expect(service.asked).toHaveLength(3);
  });

  it('are not taken for whole when they are cut short', async () => {
    const { service, cache, onDisk, show } = await setUp();
    service.is('cut');
    cache.keep([id('a')]);
    await cache.settled();
    expect(await onDisk()).toEqual([]);
    expect((await show(id('a'), 256)).response.status).toBe(503);
  });

  it('stay when there is no room for others, whose room they do not take', async () => {
    const { cache, onDisk, show, open } = await setUp(4 * PICTURE_BYTES);
    cache.setPinned([id('a'), id('b')]);
    cache.keep([id('a'), id('b')]);
    await cache.settled();
    for (const artwork of Array.from('0123456789', id)) {
      await show(artwork, 256);
      await cache.settled();
    }
    const kept = await onDisk();
    expect(kept).toEqual(expect.arrayContaining(pinnedNames(id('a'), id('b'))));
    expect(kept).toHaveLength(6 + 4);

    // No longer kept, they go like any other; after a restart too.
    const restarted = open();
    restarted.setPinned([id('b')]);
    await show(id('c'), 256, restarted);
    await restarted.settled();
    const later = await onDisk();
    expect(later).toHaveLength(3 + 4);
    expect(later).toEqual(expect.arrayContaining(pinnedNames(id('b'))));
  });
});

describe('a cover in a size that is not here', () => {
  it('is stood in for by another size while the service is away, not to be stored', async () => {
    const { service, cache, show } = await setUp();
    await show(id('a'), 96);
    await show(id('a'), 512);
    await cache.settled();
    service.is('away');
    for (const [asked, given] of [
      [256, 512],
      [1024, 512],
      [512, 512],
    ] as const) {
      const { response, content } = await show(id('a'), asked);
      expect(response.status).toBe(200);
      expect(content.equals(service.pictureOf(id('a'), given))).toBe(true);
      expect(response.headers.get('cache-control') === 'no-store').toBe(asked !== given);
    }
    expect((await show(id('b'), 256)).response.status).toBe(503);
    service.is('answers');
    const { content } = await show(id('a'), 256);
    expect(content.equals(service.pictureOf(id('a'), 256))).toBe(true);
  });

  it('does not leave the listener waiting for a service that is silent', async () => {
    const { service, cache, show } = await setUp(1e9, 50);
    await show(id('a'), 96);
    await cache.settled();
    service.is('silent');
    const { response, content } = await show(id('a'), 512);
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(content.equals(service.pictureOf(id('a'), 96))).toBe(true);
  });

  it('is fetched once, however many ask', async () => {
    const { service, show } = await setUp();
    const shown = await Promise.all(Array.from({ length: 20 }, () => show(id('a'), 256)));
    expect(shown.every(({ response }) => response.status === 200)).toBe(true);
    expect(service.asked).toHaveLength(1);
  });
});

describe('covers while their folder is moved', () => {
  it('are read on, and written to the new folder afterwards', async () => {
    const { service, root, cache, show, onDisk } = await setUp();
    await show(id('a'), 256);
    await cache.settled();
    const other = join(root, 'elsewhere');
    const move = Promise.withResolvers<string>();
    const moved = cache.relocate(() => move.promise);
    service.is('away');
    expect((await show(id('a'), 256)).response.status).toBe(200);
    service.is('answers');
    const during = await show(id('b'), 256);
    expect(during.response.status).toBe(200);
    expect(await onDisk()).toHaveLength(1);
    move.resolve(other);
    await moved;
    await cache.settled();
    expect(await readdir(other, { recursive: true })).toContain(join('bb', `${id('b')}-256.webp`));
    expect(await onDisk()).toHaveLength(1);
  });

  it('stay where they were when it fails', async () => {
    const { cache, show, onDisk } = await setUp();
    await expect(
      cache.relocate(async () => {
        throw new Error('no room');
      }),
    ).rejects.toThrow('no room');
    await show(id('a'), 256);
    await cache.settled();
    expect(await onDisk()).toHaveLength(1);
  });

  it('are still shown when the disk does not take them', async () => {
    const { root, folder, show, cache, warnings } = await setUp();
    await writeFile(join(root, 'artwork'), 'in the way');
    expect((await show(id('a'), 256)).response.status).toBe(200);
    await cache.settled();
    expect(warnings).toContain('artwork could not be kept');
    await rm(folder);
  });
});
