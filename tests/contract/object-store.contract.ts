/** What every adapter of the `ObjectStore` port promises. Run over each by a `*-store.test.ts` beside this file. */
import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { ObjectStore, StoreErrorCode } from '../../src/catalog/store/object-store.ts';
import { livingAddress } from './living-address.ts';

export interface OpenedStore {
  /** Empty, and of this test alone. */
  readonly store: ObjectStore;
  /** The same store through another adapter instance, as another process would open it. */
  open(): ObjectStore;
  close(): Promise<void>;
}

const TEXT = { contentType: 'text/plain' } as const;
const bytesOf = (text: string): Uint8Array => Buffer.from(text);
const read = async (body: Readable | undefined): Promise<string> =>
  body === undefined ? 'no such object' : (await buffer(body)).toString('utf8');
const collect = async <Item>(items: AsyncIterable<Item>): Promise<readonly Item[]> => {
  const collected: Item[] = [];
  for await (const item of items) collected.push(item);
  return collected;
};
const keysOf = async (listing: AsyncIterable<{ readonly key: string }>): Promise<readonly string[]> =>
  (await collect(listing)).map(({ key }) => key);
const failsWith = (code: StoreErrorCode) =>
  expect.objectContaining({ name: 'StoreError', code, hint: expect.stringMatching(/\w+.*[.!?]$/s) });

const NO_KEYS = [
  '',
  '/',
  'a//b',
  '/a',
  'a/',
  '.',
  '..',
  '../a',
  'a/../b',
  'a/..',
  'a/./b',
  'a/...',
  'a.',
  'A',
  'a b',
  'ä',
  'a\u0308',
  'a\u0000b',
  'a\\b',
  'a\nb',
  '%2e%2e/a',
  'a\u202eb',
  '🎵',
  'a?b',
  'a#b',
  'c:/a',
  '@temp/a',
  `a/${'b'.repeat(300)}`,
  'a/'.repeat(600) + 'b',
];

export const describeObjectStore = (
  { name, isSkipped = false }: { readonly name: string; readonly isSkipped?: boolean },
  open: () => Promise<OpenedStore>,
): void => {
  describe.skipIf(isSkipped)(`${name}`, () => {
    let opened: OpenedStore;
    let store: ObjectStore;
    let folder: string;

    beforeEach(async () => {
      folder = await mkdtemp(join(tmpdir(), 'riffle-contract-'));
      opened = await open();
      store = opened.store;
    });
    afterEach(async () => {
      await opened.close();
      await rm(folder, { recursive: true, force: true });
    });

    describe('one object', () => {
      test('comes back as it was put, with type, length and a strong tag', async () => {
        const put = await store.put('audio/ab/song.mp3', bytesOf('sound'), { contentType: 'audio/mpeg' });
        expect(put).toMatchObject({ key: 'audio/ab/song.mp3', bytes: 5, contentType: 'audio/mpeg' });
        expect(put.etag).toMatch(/^"[^"]+"$/);
        expect(put.cacheControl).toMatch(/max-age=31536000.*immutable/);
        expect(await store.head('audio/ab/song.mp3')).toEqual(put);
        const got = await store.get('audio/ab/song.mp3');
        expect(got).toMatchObject({ ...put, range: null });
        expect(await read(got?.body)).toBe('sound');
        expect(Buffer.from((await store.getBytes('audio/ab/song.mp3')) ?? []).toString()).toBe('sound');
      });

      test('keeps a type and cache control that its name does not say, for each version its own', async () => {
        const unusual = { contentType: 'audio/ogg; codecs=vorbis', cacheControl: 'no-cache' };
        await store.put('a/song.ogg', bytesOf('one'), unusual);
        expect(await opened.open().head('a/song.ogg')).toMatchObject(unusual);
        await store.put('a/song.ogg', bytesOf('two'), { contentType: 'audio/ogg' });
        expect(await opened.open().head('a/song.ogg')).toMatchObject({ contentType: 'audio/ogg' });
        expect((await store.head('a/song.ogg'))?.cacheControl).toMatch(/immutable/);
        await store.create('a/other.ogg', bytesOf('three'), unusual);
        expect(await store.head('a/other.ogg')).toMatchObject(unusual);
      });

      test('may be empty', async () => {
        await store.put('empty', new Uint8Array(0), TEXT);
        expect(await store.head('empty')).toMatchObject({ bytes: 0 });
        expect(await read((await store.get('empty'))?.body)).toBe('');
        expect(await store.getBytes('empty')).toHaveLength(0);
        await expect(store.get('empty', { range: { first: 0, last: 0 } })).rejects.toEqual(
          failsWith('invalid_range'),
        );
      });

      test('that is not there is null, not an error', async () => {
        await store.put('there/object', bytesOf('x'), TEXT);
        for (const key of ['nowhere', 'there', 'there/object/below', 'not/there']) {
          const answers = [await store.head(key), await store.get(key), await store.getBytes(key)];
          expect({ key, answers }).toEqual({ key, answers: [null, null, null] });
        }
      });

      test('gets another tag with other content, even at once and of the same length', async () => {
        const tags = new Set<string>();
        for (let version = 0; version < 20; version++) {
          const { etag } = await store.put('a', bytesOf(String(version).padStart(4, '0')), TEXT);
          expect((await store.head('a'))?.etag).toBe(etag);
          tags.add(etag);
        }
        expect(tags.size).toBe(20);
      });

      test('is read on by who began, although it is replaced or deleted meanwhile', async () => {
        const before = Buffer.alloc(4_000_000, 'b');
        await store.put('a', before, TEXT);
        const got = await store.get('a');
        await store.put('a', Buffer.alloc(4_000_000, 'c'), TEXT);
        expect(got === null ? null : (await buffer(got.body)).equals(before)).toBe(true);
      });

      test('is seen old or new by readers while writers overwrite it, never mixed or part', async () => {
        const versions = ['a', 'b', 'c', 'd'].map((letter) => Buffer.alloc(300_000, letter));
        await store.put('contested', versions[0] ?? Buffer.alloc(0), TEXT);
        const writing = { isOver: false };
        const writers = Promise.all(
          versions.map(async (version) => {
            for (let round = 0; round < 8; round++) await opened.open().put('contested', version, TEXT);
          }),
        ).finally(() => {
          writing.isOver = true;
        });
        let reads = 0;
        while (!writing.isOver) {
          const bytes = await store.getBytes('contested');
          expect(versions.some((version) => version.equals(bytes ?? Buffer.alloc(0)))).toBe(true);
          reads++;
        }
        await writers;
        expect(reads).toBeGreaterThan(0);
      });
    });

    describe('ranges', () => {
      const content = 'abcdefghij';
      beforeEach(() => store.put('ten', bytesOf(content), TEXT));

      test.each([
        [0, 0, 'a', 0],
        [0, 9, 'abcdefghij', 9],
        [3, 5, 'def', 5],
        [9, 9, 'j', 9],
        [8, 500, 'ij', 9],
      ])('bytes %i to %i are %j', async (first, last, expected, lastGiven) => {
        const got = await store.get('ten', { range: { first, last } });
        expect(got).toMatchObject({ bytes: 10, range: { first, last: lastGiven } });
        expect(await read(got?.body)).toBe(expected);
      });

      test.each([
        [10, 11],
        [5, 4],
        [-1, 3],
        [0.5, 3],
        [0, Number.NaN],
      ])('bytes %d to %d are refused', async (first, last) => {
        await expect(store.get('ten', { range: { first, last } })).rejects.toEqual(
          failsWith('invalid_range'),
        );
      });

      test('of what is not there are null', async () => {
        expect(await store.get('nowhere', { range: { first: 0, last: 1 } })).toBeNull();
      });
    });

    describe('large files', () => {
      test('of more than one part arrive byte for byte, and can be read from the middle', async () => {
        const size = 21 * 1024 * 1024 + 17;
        const content = randomBytes(size);
        const path = join(folder, 'large.flac');
        await writeFile(path, content);
        const put = await store.putFile('audio/large.flac', path, { contentType: 'audio/flac' });
        expect(put).toMatchObject({ bytes: size, contentType: 'audio/flac' });
        expect(await store.head('audio/large.flac')).toEqual(put);

        const hash = createHash('sha256');
        for await (const chunk of (await store.get('audio/large.flac'))?.body ?? []) hash.update(chunk);
        expect(hash.digest('hex')).toBe(createHash('sha256').update(content).digest('hex'));

        const first = 8 * 1024 * 1024 - 5;
        const middle = await store.get('audio/large.flac', { range: { first, last: first + 9 } });
        expect(middle && (await buffer(middle.body)).equals(content.subarray(first, first + 10))).toBe(true);
      });

      test('small files go the same way, and replace what was there', async () => {
        const path = join(folder, 'small.txt');
        await writeFile(path, 'from a file');
        await store.put('a.txt', bytesOf('before'), TEXT);
        await store.putFile('a.txt', path, TEXT);
        expect(await read((await store.get('a.txt'))?.body)).toBe('from a file');
      });

      test('a file that is not there is no matter of the store', async () => {
        await expect(store.putFile('a', join(folder, 'nowhere'), TEXT)).rejects.toMatchObject({
          code: 'ENOENT',
        });
        expect(await store.head('a')).toBeNull();
      });

      test('reading stops when its signal says so', async () => {
        await store.put('a', Buffer.alloc(8_000_000), TEXT);
        const stop = new AbortController();
        const got = await store.get('a', { signal: stop.signal });
        stop.abort();
        await expect(read(got?.body)).rejects.toMatchObject({ name: 'AbortError' });
        await expect(store.get('a', { signal: stop.signal })).rejects.toMatchObject({ name: 'AbortError' });
      });
    });

    describe('creating', () => {
      test('succeeds once, and leaves what was there as it was', async () => {
        expect(await store.create('log/1.json', bytesOf('first'), TEXT)).toBe(true);
        expect(await store.create('log/1.json', bytesOf('second'), TEXT)).toBe(false);
        expect(await store.create('log/1.json', bytesOf('first'), TEXT)).toBe(false);
        expect(await read((await store.get('log/1.json'))?.body)).toBe('first');
      });

      test('fails on what was put, and succeeds again after a deletion', async () => {
        await store.put('a', bytesOf('put'), TEXT);
        expect(await store.create('a', bytesOf('created'), TEXT)).toBe(false);
        await store.delete(['a']);
        expect(await store.create('a', bytesOf('created'), TEXT)).toBe(true);
      });

      test('of twenty at once exactly one wins, time and again, and it is that one’s content', async () => {
        for (let round = 0; round < 10; round++) {
          const key = `races/${round}.json`;
          const results = await Promise.all(
            Array.from({ length: 20 }, (_, racer) =>
              opened.open().create(key, bytesOf(`racer ${racer} `.repeat(500)), TEXT),
            ),
          );
          const winners = results.flatMap((won, racer) => (won ? [racer] : []));
          expect(winners).toHaveLength(1);
          expect(await read((await store.get(key))?.body)).toBe(`racer ${winners[0]} `.repeat(500));
        }
      });
    });

    describe('listing', () => {
      test('is in the order of keys, where a slash sorts after a dash and a dot', async () => {
        const keys = ['a', 'b-c', 'b.c', 'b/a/z', 'b/a-z', 'b/a.z', 'b/b', 'b0', 'bb/x', 'c/d/e/f', 'd'];
        for (const key of keys) await store.put(key, bytesOf(key), TEXT);
        const sorted = keys.toSorted((one, other) => Buffer.compare(Buffer.from(one), Buffer.from(other)));
        expect(await keysOf(store.list(''))).toEqual(sorted);
        expect(await keysOf(store.list('b'))).toEqual(sorted.filter((key) => key.startsWith('b')));
        expect(await keysOf(store.list('b/'))).toEqual(sorted.filter((key) => key.startsWith('b/')));
        expect(await keysOf(store.list('b/a'))).toEqual(sorted.filter((key) => key.startsWith('b/a')));
        expect(await keysOf(store.list('nowhere/'))).toEqual([]);
        for (const after of [...sorted, 'b', 'b/', 'b/a/', 'b/az', '', 'zzz'])
          expect({ after, keys: await keysOf(store.list('', { after })) }).toEqual({
            after,
            keys: sorted.filter((key) => key > after),
          });
        expect(await keysOf(store.list('b/', { after: 'b/a.z' }))).toEqual(['b/a/z', 'b/b']);
        expect(await keysOf(store.list('b/', { after: 'a' }))).toEqual(
          sorted.filter((key) => key.startsWith('b/')),
        );
      });

      test('says length and tag, and no metadata', async () => {
        const { etag } = await store.put('a.json', bytesOf('{}'), { contentType: 'application/json' });
        expect(await collect(store.list('a'))).toEqual([
          { key: 'a.json', bytes: 2, etag, contentType: null, cacheControl: null },
        ]);
      });

      // Thousands of files: on a slow disk that alone takes half a minute.
      test(
        'goes on past a thousand, begins anywhere, and can be left early',
        { timeout: 120_000 },
        async () => {
          const keys = Array.from({ length: 2105 }, (_, index) => `many/${String(index).padStart(6, '0')}`);
          for (let first = 0; first < keys.length; first += 50)
            await Promise.all(keys.slice(first, first + 50).map((key) => store.put(key, bytesOf('x'), TEXT)));
          expect(await keysOf(store.list('many/'))).toEqual(keys);
          expect(await keysOf(store.list('many/', { after: keys[1049] ?? '' }))).toEqual(keys.slice(1050));
          const some: string[] = [];
          for await (const { key } of store.list('many/')) {
            some.push(key);
            if (some.length === 3) break;
          }
          expect(some).toEqual(keys.slice(0, 3));
          await store.delete(keys);
          expect(await keysOf(store.list(''))).toEqual([]);
        },
      );

      test('shows what was written a moment ago, to others too', async () => {
        for (let round = 0; round < 10; round++) {
          await store.create(`log/${round}`, bytesOf('x'), TEXT);
          expect(await keysOf(opened.open().list('log/'))).toHaveLength(round + 1);
        }
      });
    });

    describe('deleting', () => {
      test('takes away what is named and nothing else; what is not there is no error', async () => {
        await store.put('a/1', bytesOf('x'), TEXT);
        await store.put('a/2', bytesOf('x'), { contentType: 'odd/type', cacheControl: 'no-store' });
        await store.put('a/3', bytesOf('x'), TEXT);
        await store.delete(['a/2', 'a/nowhere', 'a', 'a/1/below']);
        expect(await keysOf(store.list(''))).toEqual(['a/1', 'a/3']);
        await store.delete([]);
        await store.put('a/2', bytesOf('x'), TEXT);
        expect(await store.head('a/2')).toMatchObject({ contentType: 'text/plain' });
      });
    });

    describe('keys that are none', () => {
      test.each(NO_KEYS)('%j is refused by everything', async (key) => {
        const refused = failsWith('invalid_key');
        await expect(store.head(key)).rejects.toEqual(refused);
        await expect(store.get(key)).rejects.toEqual(refused);
        await expect(store.getBytes(key)).rejects.toEqual(refused);
        await expect(store.put(key, bytesOf('x'), TEXT)).rejects.toEqual(refused);
        await expect(store.putFile(key, join(folder, 'x'), TEXT)).rejects.toEqual(refused);
        await expect(store.create(key, bytesOf('x'), TEXT)).rejects.toEqual(refused);
        await expect(store.delete(['fine', key])).rejects.toEqual(refused);
        await expect(store.signedUrl(key, 60)).rejects.toEqual(refused);
      });

      test.each(['../', 'A', 'a/../', 'ä', '//', '@temp/'])('listing under %j is refused', async (prefix) => {
        await expect(keysOf(store.list(prefix))).rejects.toEqual(failsWith('invalid_key'));
      });
    });

    describe('signed addresses', () => {
      beforeEach(async () => {
        await store.put('audio/one.mp3', bytesOf('abcdefghij'), { contentType: 'audio/mpeg' });
        await store.put('audio/two.mp3', bytesOf('secret'), { contentType: 'audio/mpeg' });
      });

      test('give the object to anyone, with its type and tag', async () => {
        const { url, expiresAt } = await store.signedUrl('audio/one.mp3', 60);
        expect(Math.abs(expiresAt.getTime() - (Date.now() + 60_000))).toBeLessThan(5000);
        const response = await fetch(url);
        expect(response.status).toBe(200);
        expect(response.headers.get('content-type')).toBe('audio/mpeg');
        expect(response.headers.get('etag')).toBe((await store.head('audio/one.mp3'))?.etag);
        expect(await response.text()).toBe('abcdefghij');
      });

      test('give ranges', async () => {
        const { url } = await store.signedUrl('audio/one.mp3', 60);
        const response = await fetch(url, { headers: { range: 'bytes=3-5' } });
        expect(response.status).toBe(206);
        expect(response.headers.get('content-range')).toBe('bytes 3-5/10');
        expect(await response.text()).toBe('def');
      });

      test('open no other object, and nothing after a change to any part of them', async () => {
        const { url } = await store.signedUrl('audio/one.mp3', 60);
        const changed = [
          url.replace('one.mp3', 'two.mp3'),
          url.replace('audio/one.mp3', 'audio/../audio/two.mp3'),
        ];
        for (const name of new URL(url).searchParams.keys()) {
          if (name === 'x-id') continue;
          const without = new URL(url);
          without.searchParams.delete(name);
          changed.push(without.href);
          const other = new URL(url);
          const value = other.searchParams.get(name) ?? '';
          other.searchParams.set(
            name,
            /\d$/.test(value) ? `${value.slice(0, -1)}${(Number(value.at(-1)) + 1) % 10}` : `${value}x`,
          );
          changed.push(other.href);
        }
        for (const address of changed) {
          const response = await fetch(address);
          const given = `${response.status} ${await response.text()} for ${address}`;
          expect(given).toMatch(/^(400|401|403|404) /);
          expect(given).not.toMatch(/ (abcdefghij|secret) /);
        }
        expect((await fetch(url)).status).toBe(200);
      });

      test('do not write', async () => {
        const { url } = await store.signedUrl('audio/one.mp3', 60);
        for (const method of ['PUT', 'DELETE', 'POST'])
          expect(`${method} ${(await fetch(url, { method, body: 'x' })).status}`).toMatch(/ 4\d\d$/);
        expect(await read((await store.get('audio/one.mp3'))?.body)).toBe('abcdefghij');
      });

      test('die when they say so', async () => {
        const { url, expiresAt } = await livingAddress(store, 'audio/one.mp3', 2);
        await vi.waitFor(async () => expect((await fetch(url)).status).toBe(403), {
          timeout: 20_000,
          interval: 100,
        });
        expect(Date.now()).toBeGreaterThanOrEqual(expiresAt.getTime());
      });

      test.each([0, -1, 1.5, Number.NaN, 604_801])('of %d seconds are refused', async (lifetime) => {
        await expect(store.signedUrl('audio/one.mp3', lifetime)).rejects.toThrow(RangeError);
      });
    });

    test('checks itself, and holds no secret in what it says of itself', async () => {
      await store.check('write');
      await store.check('read');
      expect(store.description).not.toMatch(/secret|signature|@/i);
      const secrets = [process.env['AWS_SECRET_ACCESS_KEY'], process.env['AWS_ACCESS_KEY_ID']];
      expect(secrets.filter((secret) => secret && store.description.includes(secret))).toEqual([]);
    });
  });
};
