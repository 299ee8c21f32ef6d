import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { audioBytes, bodyOf, createCacheFixture, until, type CacheFixture } from './track-cache-fixture.ts';
import type { Fault } from './origin-server.ts';

const AUDIO = audioBytes(600_000);
const isSame = (left: Uint8Array, right: Uint8Array): boolean => Buffer.compare(left, right) === 0;

/** From wherever it had come to: a cut may take bytes with it that were on their way. */
const RESUMED: unknown = expect.stringMatching(/^bytes=[1-9]\d*-599999$/);

/** Every fault the listener must not hear: the whole track, exactly, on the first request. */
const UNHEARD: readonly (readonly [name: string, faults: readonly Fault[], ranges: readonly unknown[]])[] = [
  ['a connection cut mid-file', [{ kind: 'cut', afterBytes: 200_000 }], [null, RESUMED]],
  ['a connection cut before the first byte', [{ kind: 'cut', afterBytes: 0 }], [null, null]],
  ['a stall', [{ kind: 'stall', afterBytes: 100_000 }], [null, RESUMED]],
  ['an answer that ends early', [{ kind: 'truncated', bytes: 300_000 }], [null, RESUMED]],
  ['503 once', [{ kind: 'status', status: 503 }], [null, null]],
  ['403 once, because the address had expired', [{ kind: 'status', status: 403 }], [null, null]],
  ['gzip nobody asked for', [{ kind: 'gzip' }], [null]],
  [
    'an edge that ignores the range when resuming',
    [{ kind: 'cut', afterBytes: 200_000 }, { kind: 'ignores-range' }],
    [null, RESUMED],
  ],
  [
    'another entity tag in the middle, by beginning anew',
    [
      { kind: 'cut', afterBytes: 200_000 },
      { kind: 'etag', etag: '"another"' },
    ],
    [null, RESUMED, RESUMED],
  ],
  [
    'three cuts in a row',
    [
      { kind: 'cut', afterBytes: 100_000 },
      { kind: 'cut', afterBytes: 100_000 },
      { kind: 'cut', afterBytes: 0 },
    ],
    [null, RESUMED, RESUMED, RESUMED],
  ],
];

/** Every fault that must end in an error, not in wrong or half a sound, and be mended by asking again. */
const REFUSED: readonly (readonly [name: string, faults: readonly Fault[]])[] = [
  ['a wrong bit', [{ kind: 'flipped-bit' }]],
  [
    'another range than was asked for',
    [{ kind: 'cut', afterBytes: 200_000 }, { kind: 'wrong-content-range' }],
  ],
  ['404', [{ kind: 'status', status: 404 }]],
  [
    '403 also with a new address',
    [
      { kind: 'status', status: 403 },
      { kind: 'status', status: 403 },
    ],
  ],
];

const temporaryFilesIn = async (folder: string): Promise<string[]> => {
  const names = await readdir(join(folder, 'audio'), { recursive: true });
  return names.filter((name) => name.endsWith('.tmp'));
};

describe('the track cache over a bad network', () => {
  let fixture: CacheFixture;
  beforeEach(async () => {
    fixture = await createCacheFixture({ stallMs: 150 });
  });
  afterEach(() => fixture.close());

  it.each(UNHEARD)('plays on through %s', async (_name, faults, ranges) => {
    const trackId = fixture.publish('song', AUDIO);
    fixture.origin.meetWith('/song', ...faults);

    const response = await fixture.get(trackId, { range: 'bytes=0-' });

    expect(isSame(await bodyOf(response), AUDIO)).toBe(true);
    expect(fixture.origin.requests.map(({ range }) => range)).toEqual(ranges);
    await until('it is kept', () => fixture.stats().tracks === 1);
  });

  it('plays on through a reset, from wherever it had come to', async () => {
    const trackId = fixture.publish('song', AUDIO);
    fixture.origin.meetWith('/song', { kind: 'reset', afterBytes: 200_000 });

    expect(isSame(await bodyOf(await fixture.get(trackId)), AUDIO)).toBe(true);
    expect(fixture.origin.requests).toHaveLength(2);
  });

  it('makes a resumed request conditional on the entity tag', async () => {
    const trackId = fixture.publish('song', AUDIO);
    fixture.origin.meetWith('/song', { kind: 'cut', afterBytes: 200_000 });

    await bodyOf(await fixture.get(trackId));

    expect(fixture.origin.requests.map(({ ifRange }) => ifRange)).toEqual([null, '"600000"']);
  });

  it.each(REFUSED)('ends in an error for %s, keeps nothing, and mends itself', async (_name, faults) => {
    const trackId = fixture.publish('song', AUDIO);
    fixture.origin.meetWith('/song', ...faults);

    const broken = await fixture
      .get(trackId, { range: 'bytes=0-' })
      .then(async (response) => ({ status: response.status, body: await bodyOf(response) }))
      .catch((error: unknown) => error);
    const isError = broken instanceof Error || (broken as { status: number }).status === 502;
    expect(isError).toBe(true);
    await until(
      'nothing half-done is left',
      async () => (await temporaryFilesIn(fixture.folder)).length === 0,
    );
    expect(fixture.stats()).toMatchObject({ tracks: 0, failure: null });

    await until('it plays again', async () => {
      const again = await fixture.get(trackId, { range: 'bytes=0-' });
      return again.status === 206 && isSame(await bodyOf(again), AUDIO);
    });
  });

  it('asks for a new address when the one at hand has expired', async () => {
    const trackId = fixture.publish('song', AUDIO, { expiresAt: new Date(Date.now() - 1_000).toISOString() });

    await bodyOf(await fixture.get(trackId));

    expect(fixture.resolved.length).toBeGreaterThan(1);
  });

  it('gives up on an edge that stays silent and says so', async () => {
    const trackId = fixture.publish('song', AUDIO);
    fixture.origin.meetWith(
      '/song',
      ...Array.from({ length: 5 }, () => ({ kind: 'status', status: 503 }) as const),
    );

    const response = await fixture.get(trackId);

    expect(response.status).toBe(502);
    expect(await response.json()).toEqual({ code: 'media_unavailable' });
  });
});

describe('the track cache on a bad disk', () => {
  it('plays past a folder that cannot be written, and says which failure it is', async () => {
    const fixture = await createCacheFixture();
    // Root may write anywhere; a file where a folder must be stops even root.
    await rm(join(fixture.folder, 'audio'), { recursive: true });
    await writeFile(join(fixture.folder, 'audio'), 'not a folder');
    const trackId = fixture.publish('song', AUDIO);

    expect(isSame(await bodyOf(await fixture.get(trackId, { range: 'bytes=0-' })), AUDIO)).toBe(true);
    expect(isSame(await bodyOf(await fixture.get(trackId, { range: 'bytes=5-' })), AUDIO.subarray(5))).toBe(
      true,
    );

    expect(fixture.stats()).toMatchObject({ tracks: 0, failure: 'ENOTDIR' });
    await fixture.close();
  });

  it('fetches again what was deleted behind its back', async () => {
    const fixture = await createCacheFixture();
    const trackId = fixture.publish('song', AUDIO);
    await bodyOf(await fixture.get(trackId));
    await until('it is kept', () => fixture.stats().tracks === 1);

    await rm(join(fixture.folder, 'audio'), { recursive: true });

    expect(isSame(await bodyOf(await fixture.get(trackId)), AUDIO)).toBe(true);
    expect(fixture.origin.requests).toHaveLength(2);
    await until('it is kept again', () => fixture.stats().tracks === 1);
    await fixture.close();
  });
});
