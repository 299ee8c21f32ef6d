/** Pieces of tracks, cut from what the publisher's ffmpeg writes. */
import { execFileSync } from 'node:child_process';
import { hash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ENCODINGS } from '../../src/catalog/publish/encodings.ts';
import { audioKey, detailsKey } from '../../src/catalog/segments/keys.ts';
import { DEFAULT_RATE_LIMITS } from '../../src/catalog/api/access/rate-limits.ts';
import { pieceFile, pieceOf, readFragmentedHead } from '../../src/catalog/share/mp4-piece.ts';
import { albumRecord, artistRecord, idOf, sha256Of, trackRecord } from '../builders/catalog-records.ts';
import { openServiceHome, type RunningService, type ServiceHome } from '../builders/catalog-service.ts';
import { readPage } from './read-page.ts';

const SECONDS = 62;
const TRACK = idOf('track', 'Flussabwärts/Kiesbett');
const [LOW] = ENCODINGS;
const DETAILS = detailsKey(sha256Of('details'));
const BASE = 'https://music.example';

let folder: string;
let whole: Buffer;
let home: ServiceHome;
let service: RunningService;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'riffle-previews-'));
  const path = join(folder, 'low.m4a');
  const tone = ['-f', 'lavfi', '-i', `sine=440:duration=${SECONDS}:sample_rate=48000`];
  execFileSync('ffmpeg', ['-v', 'error', ...tone, ...(LOW?.options ?? []), path]);
  whole = await readFile(path);
  const sha256 = hash('sha256', whole);
  const record = trackRecord('Kiesbett', { durationMs: SECONDS * 1000, detailsKey: DETAILS });
  const [original] = record.media;
  if (original === undefined) throw new Error('a record without media');
  const low = {
    ...original,
    quality: 'low' as const,
    key: audioKey(sha256, 'm4a'),
    sha256,
    bytes: whole.length,
    format: { ...original.format, codec: 'opus', contentType: 'audio/mp4', lossless: false },
  };
  home = await openServiceHome();
  await home.store.put(low.key, whole, { contentType: 'audio/mp4' });
  // Loudest from 20 s on.
  const waveform = Array.from({ length: SECONDS }, (_, second) => (second >= 20 && second < 50 ? 200 : 20));
  await home.store.put(DETAILS, Buffer.from(JSON.stringify({ waveform, lyrics: null })), {
    contentType: 'application/json',
  });
  await home.publish([
    artistRecord('Lene Wörner Trio'),
    albumRecord('Flussabwärts'),
    { ...record, media: [original, low] },
    trackRecord('Delta'),
  ]);
  service = await home.start({
    publicUrl: BASE,
    sharing: { previewSeconds: 30 },
    limits: { ...DEFAULT_RATE_LIMITS, previews: [{ requests: 8, windowMs: 3_600_000 }] },
  });
}, 60_000);
afterAll(async () => {
  await home.close();
  await rm(folder, { recursive: true, force: true });
});

/** As ffprobe hears a file: from when to when, in seconds. */
const heard = async (file: Uint8Array): Promise<{ readonly start: number; readonly seconds: number }> => {
  const path = join(folder, `${hash('sha256', file).slice(0, 8)}.m4a`);
  await writeFile(path, file);
  const pcm = execFileSync(
    'ffmpeg',
    ['-v', 'error', '-i', path, '-f', 's16le', '-ac', '1', '-ar', '8000', '-'],
    {
      maxBuffer: 8 * 1024 ** 2,
    },
  );
  const start = execFileSync('ffprobe', [
    '-v',
    'error',
    '-show_entries',
    'format=start_time',
    '-of',
    'csv=p=0',
    path,
  ]);
  return { start: Number(start.toString()), seconds: pcm.length / 2 / 8000 };
};

describe('a preview', () => {
  it('is half a minute of the track, a file of its own that begins at its beginning', async () => {
    const answer = await service.fetch(`/preview/${TRACK}`);
    expect(answer.headers.get('content-type')).toBe('audio/mp4');
    const file = Buffer.from(await answer.arrayBuffer());
    expect(file.length).toBeLessThan(whole.length * 0.55);
    const { start, seconds } = await heard(file);
    expect(Math.abs(start)).toBeLessThan(0.05);
    expect(seconds).toBeGreaterThan(24.9);
    expect(seconds).toBeLessThan(30.1);
  });

  it('is fetched in ranges, not again by whoever has it, and is always the same', async () => {
    const head = await service.fetch(`/preview/${TRACK}`, { method: 'HEAD' });
    const etag = head.headers.get('etag') ?? '';
    const part = await service.fetch(`/preview/${TRACK}?t=50`, { headers: { range: 'bytes=0-99' } });
    expect(part.status).toBe(206);
    expect(part.headers.get('etag')).toBe(etag);
    expect(part.headers.get('content-range')).toBe(`bytes 0-99/${head.headers.get('content-length')}`);
    expect((await service.fetch(`/preview/${TRACK}`, { headers: { 'if-none-match': etag } })).status).toBe(
      304,
    );
  });

  it('stands on the page, in its card and in its frame, of tracks that have one', async () => {
    const page = readPage(await (await service.fetch(`/track/${TRACK}`)).text());
    expect(page.document.querySelector('audio')?.getAttribute('src')).toBe(`${BASE}/preview/${TRACK}`);
    expect(page.tag('og:audio')).toBe(`${BASE}/preview/${TRACK}`);
    const frame = readPage(
      await (await service.fetch(`/embed/album/${idOf('album', 'Flussabwärts')}`)).text(),
    );
    expect(frame.document.querySelectorAll('button[data-preview]')).toHaveLength(1);
    const other = readPage(
      await (await service.fetch(`/track/${idOf('track', 'Flussabwärts/Delta')}`)).text(),
    );
    expect(other.document.querySelector('audio')).toBeNull();
  });

  it('is not to be had without end', async () => {
    const statuses: number[] = [];
    for (let asked = 0; asked < 9; asked += 1)
      statuses.push((await service.fetch(`/preview/${TRACK}`, { method: 'HEAD' })).status);
    expect(statuses.at(-1)).toBe(429);
  });
});

describe('a piece of a file', () => {
  it('is never longer than what is allowed, wherever it begins', async () => {
    const head = readFragmentedHead(whole.subarray(0, 32_768));
    if (head === null) throw new Error('the head was not read');
    for (const startMs of [0, 7000, 33_000, 61_000]) {
      const piece = pieceOf(head, startMs, 30_000);
      expect(piece?.lengthMs).toBeLessThanOrEqual(30_000);
      expect(piece?.startMs).toBeLessThanOrEqual(startMs);
    }
    expect(pieceOf(head, 0, 1000)).toBeNull();
  });

  it('is none of what is laid out otherwise, or cut short', () => {
    expect(readFragmentedHead(Buffer.from('ID3 no such file'))).toBeNull();
    expect(readFragmentedHead(Buffer.alloc(0))).toBeNull();
    expect(readFragmentedHead(whole.subarray(0, 740))).toBeNull();
    const head = readFragmentedHead(whole.subarray(0, 32_768));
    const piece = head === null ? null : pieceOf(head, 0, 10_000);
    expect(piece === null ? 'none' : pieceFile(piece, whole.subarray(0, 100))).toBeNull();
  });
});
