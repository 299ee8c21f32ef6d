import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { NOTE_BYTES } from '../../src/main/track-cache/audio-store.ts';
import { CHUNK_BYTES, sealedLength } from '../../src/main/track-cache/sealed-audio/chunked-encryption.ts';
import { HostFailure } from '../../src/contract/host-error.ts';
import {
  audioBytes,
  bodyOf,
  createCacheFixture,
  readSome,
  sha256Of,
  until,
  type CacheFixture,
} from './track-cache-fixture.ts';

const MEGABYTE = 1_000_000;
const AUDIO = audioBytes(2 * MEGABYTE);

/** With the container around it and the note beside it. */
const onDisk = (bytes: number): number => sealedLength(bytes) + NOTE_BYTES;

const isSame = (left: Uint8Array, right: Uint8Array): boolean => Buffer.compare(left, right) === 0;

const readerOf = (response: Response): ReadableStreamDefaultReader<Uint8Array> => {
  if (response.body === null) throw new Error('no body');
  return response.body.getReader();
};

const audioFilesIn = async (folder: string): Promise<string[]> => {
  const entries = await readdir(join(folder, 'audio'), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && !/^(index\.sqlite.*|owner\.json)$/.test(entry.name))
    .map((entry) => entry.name);
};

describe('the track cache', () => {
  let fixture: CacheFixture;
  beforeEach(async () => {
    fixture = await createCacheFixture();
  });
  afterEach(() => fixture.close());

  const kept = () => until('the track is kept', () => fixture.stats().tracks > 0);

  it('costs one media request and one question to the service for a full play, and none for the next', async () => {
    const trackId = fixture.publish('song', AUDIO);

    expect(isSame(await bodyOf(await fixture.get(trackId, { range: 'bytes=0-' })), AUDIO)).toBe(true);
    await kept();
    expect(isSame(await bodyOf(await fixture.get(trackId, { range: 'bytes=0-' })), AUDIO)).toBe(true);

    expect(fixture.origin.requests.map(({ range }) => range)).toEqual([null]);
    expect(fixture.resolved).toEqual([trackId]);
    expect(fixture.stats()).toEqual({ tracks: 1, bytes: onDisk(AUDIO.byteLength), failure: null });
  });

  it('hands on the first bytes while the rest is still on its way', async () => {
    const trackId = fixture.publish('song', AUDIO);
    fixture.origin.meetWith('/song', { kind: 'hold', afterBytes: 50_000 });

    const reader = readerOf(await fixture.get(trackId, { range: 'bytes=0-' }));
    const start = await readSome(reader, 50_000);

    expect(isSame(start, AUDIO.subarray(0, start.byteLength))).toBe(true);
    fixture.origin.release();
    const rest = await readSome(reader, AUDIO.byteLength - start.byteLength);
    expect(isSame(rest, AUDIO.subarray(start.byteLength))).toBe(true);
  });

  it('shares one media request between two windows', async () => {
    const trackId = fixture.publish('song', AUDIO);

    const bodies = await Promise.all(
      [1, 2].map(async () => bodyOf(await fixture.get(trackId, { range: 'bytes=0-' }))),
    );

    expect(bodies.every((body) => isSame(body, AUDIO))).toBe(true);
    expect(fixture.origin.requests).toHaveLength(1);
  });

  it('goes on fetching when the reader goes away', async () => {
    const trackId = fixture.publish('song', AUDIO);
    fixture.origin.meetWith('/song', { kind: 'hold', afterBytes: 50_000 });

    const reader = readerOf(await fixture.get(trackId, { range: 'bytes=0-' }));
    await readSome(reader, 10_000);
    await reader.cancel();
    fixture.origin.release();
    await kept();

    expect(isSame(await bodyOf(await fixture.get(trackId)), AUDIO)).toBe(true);
    expect(fixture.origin.requests).toHaveLength(1);
  });

  it('asks for a far place by itself while the start is still being fetched', async () => {
    const trackId = fixture.publish('song', AUDIO);
    fixture.origin.meetWith('/song', { kind: 'hold', afterBytes: 50_000 });
    const fromStart = readerOf(await fixture.get(trackId, { range: 'bytes=0-' }));
    await readSome(fromStart, 10_000);

    const seek = await fixture.get(trackId, { range: 'bytes=1500000-' });
    expect(isSame(await bodyOf(seek), AUDIO.subarray(1_500_000))).toBe(true);

    expect(fixture.origin.requests.map(({ range }) => range)).toEqual([
      null,
      `bytes=${Math.floor(1_500_000 / CHUNK_BYTES) * CHUNK_BYTES}-1999999`,
    ]);
    await fromStart.cancel();
    fixture.origin.release();
    await kept();
    expect(fixture.origin.requests).toHaveLength(2);
  });

  it('takes a far connection up again that stalls', async () => {
    const impatient = await createCacheFixture({ stallMs: 150 });
    const trackId = impatient.publish('song', AUDIO);
    impatient.origin.meetWith('/song', { kind: 'none' }, { kind: 'stall', afterBytes: 20_000 });
    const fromStart = readerOf(await impatient.get(trackId, { range: 'bytes=0-9' }));
    await readSome(fromStart, 10);
    const seek = await impatient.get(trackId, { range: 'bytes=1000000-' });

    expect(isSame(await bodyOf(seek), AUDIO.subarray(1_000_000))).toBe(true);

    await until('the whole track is kept', () => impatient.stats().tracks === 1);
    expect(isSame(await bodyOf(await impatient.get(trackId)), AUDIO)).toBe(true);
    await impatient.close();
  });

  it('plays what is kept with the service and the edge gone, also after a restart', async () => {
    const trackId = fixture.publish('song', AUDIO);
    await bodyOf(await fixture.get(trackId));
    await kept();

    fixture.failService(new HostFailure('offline', 'no network'));
    await fixture.restart();
    const response = await fixture.get(trackId, { range: 'bytes=100-' });

    expect(response.status).toBe(206);
    expect(isSame(await bodyOf(response), AUDIO.subarray(100))).toBe(true);
    expect(fixture.origin.requests).toHaveLength(1);
  });

  it('keeps one file for a recording that stands on two albums', async () => {
    const first = fixture.publish('single', AUDIO);
    await bodyOf(await fixture.get(first));
    await kept();
    const second = fixture.publish('album', AUDIO);

    expect(isSame(await bodyOf(await fixture.get(second)), AUDIO)).toBe(true);
    await fixture.restart();
    fixture.failService(new HostFailure('offline', 'no network'));
    expect(isSame(await bodyOf(await fixture.get(second)), AUDIO)).toBe(true);

    expect(fixture.origin.requests).toHaveLength(1);
    expect(fixture.stats()).toMatchObject({ tracks: 2, bytes: onDisk(AUDIO.byteLength) });
  });

  it('fetches anew when the operator replaced a track’s audio', async () => {
    const trackId = fixture.publish('song', AUDIO);
    await bodyOf(await fixture.get(trackId));
    await kept();
    await fixture.restart();
    const remastered = audioBytes(500_000, 99);
    fixture.publish('song', remastered);

    // What is kept plays at once; that it is another now is found out behind it.
    expect(isSame(await bodyOf(await fixture.get(trackId)), AUDIO)).toBe(true);
    await until('the new audio is served', async () =>
      isSame(await bodyOf(await fixture.get(trackId)), remastered),
    );
  });

  it('sweeps what a crash left behind and keeps the rest', async () => {
    const trackId = fixture.publish('song', AUDIO);
    await bodyOf(await fixture.get(trackId));
    await kept();
    const sha256 = sha256Of(AUDIO);
    const parent = join(await fixture.audioFolder(), sha256.slice(0, 2));
    const dead = 2 ** 22 + 1;
    await writeFile(join(parent, `${sha256}.${dead}-abcdef-1.tmp`), 'half a track');
    await writeFile(join(parent, 'f'.repeat(64)), 'audio without a note');
    await writeFile(join(parent, `${'e'.repeat(64)}.json`), '{"version":1}');

    await fixture.restart();
    await bodyOf(await fixture.get(trackId));

    expect((await audioFilesIn(fixture.folder)).sort()).toEqual([sha256, `${sha256}.json`]);
  });

  it('does not serve a kept file that has become shorter', async () => {
    const trackId = fixture.publish('song', AUDIO);
    await bodyOf(await fixture.get(trackId));
    await kept();
    const sha256 = sha256Of(AUDIO);
    await writeFile(join(await fixture.audioFolder(), sha256.slice(0, 2), sha256), AUDIO.subarray(0, 1_000));

    expect(isSame(await bodyOf(await fixture.get(trackId)), AUDIO)).toBe(true);
    expect(fixture.origin.requests).toHaveLength(2);
  });

  it('writes no address and no token to the disk', async () => {
    const trackId = fixture.publish('song', AUDIO, {
      url: `${fixture.origin.url('/song')}?signature=very-secret`,
    });
    await bodyOf(await fixture.get(trackId));
    await kept();

    const sha256 = sha256Of(AUDIO);
    const note = await readFile(
      join(await fixture.audioFolder(), sha256.slice(0, 2), `${sha256}.json`),
      'utf8',
    );
    expect(note).not.toContain('very-secret');
    expect(JSON.stringify(fixture.log.lines)).not.toContain('very-secret');
  });

  it('removes everything on request', async () => {
    const trackId = fixture.publish('song', AUDIO);
    await bodyOf(await fixture.get(trackId));
    await kept();

    await fixture.cache.clearCached();

    expect(fixture.stats()).toMatchObject({ tracks: 0, bytes: 0 });
    expect(await audioFilesIn(fixture.folder)).toEqual([]);
  });

  it('leaves no file open and no connection behind when it closes in the middle of everything', async () => {
    const trackId = fixture.publish('song', AUDIO);
    fixture.origin.meetWith('/song', { kind: 'hold', afterBytes: 50_000 });
    const reader = readerOf(await fixture.get(trackId, { range: 'bytes=0-' }));
    await readSome(reader, 10_000);

    await fixture.cache.close();

    await until('the edge has no connection', async () => (await fixture.origin.openConnections()) === 0);
    await expect(readSome(reader, AUDIO.byteLength)).rejects.toThrow(/./);
  });

  it('goes on after a restart from where it had come to', async () => {
    const trackId = fixture.publish('song', AUDIO);
    fixture.origin.meetWith('/song', { kind: 'hold', afterBytes: 700_000 });
    const reader = readerOf(await fixture.get(trackId, { range: 'bytes=0-' }));
    await readSome(reader, 600_000);

    await fixture.restart();
    expect(isSame(await bodyOf(await fixture.get(trackId)), AUDIO)).toBe(true);

    const [, resumed] = fixture.origin.requests;
    const [, first] = /^bytes=(\d+)-1999999$/.exec(resumed?.range ?? '') ?? [];
    expect(Number(first)).toBeGreaterThan(500_000);
    expect(resumed?.ifRange).toBe('"2000000"');
    await until('it is kept', () => fixture.stats().tracks === 1);
  });

  it('begins anew under another salt when the audio has another entity tag after a restart', async () => {
    const trackId = fixture.publish('song', AUDIO);
    fixture.origin.meetWith('/song', { kind: 'hold', afterBytes: 700_000 }, { kind: 'etag', etag: '"v2"' });
    const reader = readerOf(await fixture.get(trackId, { range: 'bytes=0-' }));
    await readSome(reader, 600_000);
    await fixture.restart();
    const part = (await audioFilesIn(fixture.folder)).find((name) => name.endsWith('.part')) ?? '';
    const saltOf = async (name: string) =>
      (await readFile(join(await fixture.audioFolder(), name.slice(0, 2), name))).subarray(0, 24);
    const before = await saltOf(part);

    expect(isSame(await bodyOf(await fixture.get(trackId)), AUDIO)).toBe(true);
    await until('it is kept', () => fixture.stats().tracks === 1);

    expect((await saltOf(sha256Of(AUDIO))).equals(before)).toBe(false);
  });
});

describe('the track cache’s limit', () => {
  it('lets go of what was used longest ago, never of what is being read', async () => {
    const fixture = await createCacheFixture({ limitBytes: 2_500_000 });
    const [one, two, three] = [1, 2, 3].map((seed) => ({
      audio: audioBytes(MEGABYTE, seed),
      trackId: fixture.publish(`song${seed}`, audioBytes(MEGABYTE, seed)),
    }));
    if (one === undefined || two === undefined || three === undefined) throw new Error('three tracks');
    const keptTracks = () => fixture.stats().tracks;

    await bodyOf(await fixture.get(one.trackId));
    await until('one is kept', () => keptTracks() === 1);
    const oneIsPlaying = readerOf(await fixture.get(one.trackId));
    await readSome(oneIsPlaying, 1);
    await bodyOf(await fixture.get(two.trackId));
    await until('two are kept', () => keptTracks() === 2);

    expect(isSame(await bodyOf(await fixture.get(three.trackId)), three.audio)).toBe(true);
    await until('three is kept', async () => {
      const names = await audioFilesIn(fixture.folder);
      return names.includes(sha256Of(three.audio));
    });

    const names = await audioFilesIn(fixture.folder);
    expect(names).toContain(sha256Of(one.audio));
    expect(names).not.toContain(sha256Of(two.audio));
    expect(fixture.stats().bytes).toBeLessThanOrEqual(2_500_000);
    await oneIsPlaying.cancel();
    await fixture.close();
  });

  it('plays past the cache what would never fit, and calls that no failure', async () => {
    const fixture = await createCacheFixture({ limitBytes: 1_000 });
    const trackId = fixture.publish('song', AUDIO);

    expect(isSame(await bodyOf(await fixture.get(trackId)), AUDIO)).toBe(true);

    expect(fixture.stats()).toMatchObject({ tracks: 0, bytes: 0, failure: null });
    await fixture.close();
  });
});
