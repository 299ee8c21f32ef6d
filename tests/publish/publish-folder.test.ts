import { chmod, mkdir, readFile, rename, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { publishLibrary } from '../../src/catalog/publish/publish-library.ts';
import type { PublishOptions } from '../../src/catalog/publish/publish-library.ts';
import type { PublishReport } from '../../src/catalog/publish/publish-report.ts';
import { artworkKey } from '../../src/catalog/segments/keys.ts';
import type { TrackRecord } from '../../src/catalog/segments/catalog-records.ts';
import { createFolderStore } from '../../src/catalog/store/folder-store.ts';
import type { ObjectStore } from '../../src/catalog/store/object-store.ts';
import { ARTWORK_SIZES, trackDetailsSchema } from '../../src/contract/catalog-http.ts';
import { TONES } from '../fixtures/tones.ts';
import { missingObjects, musicFolder, readCatalog, temporaryFolder } from './publisher-harness.ts';

let scratch: Awaited<ReturnType<typeof temporaryFolder>>;
let music: string;
let store: ObjectStore;

beforeEach(async () => {
  scratch = await temporaryFolder();
  music = join(scratch.path, 'Meine Musik');
  await mkdir(music);
  store = createFolderStore({ root: join(scratch.path, 'store') });
});
afterEach(async () => {
  await scratch[Symbol.asyncDispose]();
});

const publish = (options: Partial<PublishOptions> = {}): Promise<PublishReport> =>
  publishLibrary({ folder: music, store, ...options });
const trackAt = async (path: string): Promise<TrackRecord | undefined> =>
  [...(await readCatalog(store)).tracks.values()].find((track) => track.source.path === path);
const detailsOf = async (track: TrackRecord | undefined): Promise<unknown> => {
  const bytes = await store.getBytes(track?.detailsKey ?? 'none');
  return bytes === null ? null : trackDetailsSchema.parse(JSON.parse(new TextDecoder().decode(bytes)));
};

const QUIET = { analysis: false } as const;

describe('publishing a folder', () => {
  it('publishes every format so that every track is playable, and names what it leaves out', async () => {
    await musicFolder(music, { '.': '.' });
    const report = await publish();
    expect(report).toMatchObject({
      library: 'meine-musik',
      published: TONES.length,
      changed: 0,
      revision: 1,
      isNewRevision: true,
    });
    expect(report.unreadable.map((problem) => problem.path)).toEqual([
      'bad/empty.mp3',
      'bad/text.mp3',
      'bad/truncated.flac',
      'bad/truncated.mp3',
    ]);
    expect(await missingObjects(store)).toEqual([]);
    const sizes: number[] = [];
    for await (const object of store.list(''))
      if (!object.key.startsWith('catalog/')) sizes.push(object.bytes);
    expect([report.uploads, report.uploadedBytes]).toEqual([
      sizes.length,
      sizes.reduce((sum, bytes) => sum + bytes, 0),
    ]);
    const aiff = await trackAt('tone-1210.aiff');
    expect(aiff?.media).toMatchObject([
      { quality: 'lossless', format: { codec: 'flac', lossless: true }, lengthSamples: 12_000 },
      { quality: 'low', format: { codec: 'opus' }, lengthSamples: 72_000 },
      { quality: 'normal', format: { codec: 'opus' }, lengthSamples: 72_000 },
      { quality: 'high', format: { codec: 'opus' }, lengthSamples: 72_000 },
    ]);
  });

  it('measures loudness and waveform of every track', async () => {
    await musicFolder(music, { 'a.mp3': 'tone-440.mp3' });
    await publish();
    const track = await trackAt('a.mp3');
    expect(track?.loudness?.integratedLufs).toBeCloseTo(-22.2, 0);
    expect(track?.loudness?.truePeakDbtp).toBeCloseTo(-18.5, 0);
    const details = await detailsOf(track);
    expect(details).toMatchObject({ lyrics: null, waveform: expect.arrayContaining([expect.any(Number)]) });
  });

  it('uploads nothing and appends nothing when published twice', async () => {
    await musicFolder(music, { '.': '.' });
    await publish();
    const before = await readCatalog(store);
    expect(await publish()).toMatchObject({
      uploads: 0,
      uploadedBytes: 0,
      published: 0,
      changed: 0,
      unchanged: TONES.length,
      isNewRevision: false,
      revision: 1,
    });
    expect(await readCatalog(store)).toEqual(before);
  });

  it('recognises a touched file by its content', async () => {
    await musicFolder(music, { 'a.mp3': 'tone-440.mp3' });
    await publish(QUIET);
    await utimes(join(music, 'a.mp3'), new Date(), new Date(1_700_000_000_000));
    expect(await publish(QUIET)).toMatchObject({
      uploads: 0,
      changed: 0,
      unchanged: 1,
      isNewRevision: false,
    });
  });

  it('publishes only what changed, and keeps ids of moved and replaced files', async () => {
    await musicFolder(music, { 'A/01.mp3': 'tone-440.mp3', 'A/02.ogg': 'tone-880.ogg' });
    await publish(QUIET);
    const moved = await trackAt('A/01.mp3');
    const replaced = await trackAt('A/02.ogg');
    await rename(join(music, 'A/01.mp3'), join(music, 'A/07 - Neu.mp3'));
    await rm(join(music, 'A/02.ogg'));
    await musicFolder(music, { 'A/02.ogg': 'tone-990.opus' });
    const report = await publish(QUIET);
    expect(report).toMatchObject({ published: 0, changed: 2, removed: 0, missing: [], uploads: 1 });
    expect((await trackAt('A/07 - Neu.mp3'))?.id).toBe(moved?.id);
    const now = await trackAt('A/02.ogg');
    expect([now?.id, now?.media[0]?.format.codec]).toEqual([replaced?.id, 'opus']);
    expect(await missingObjects(store)).toEqual([]);
  });

  it('removes what is gone only when asked to prune, and never what another library has', async () => {
    await musicFolder(music, { 'A/01.mp3': 'tone-440.mp3', 'B/02.ogg': 'tone-880.ogg' });
    await publish({ ...QUIET, name: 'other' });
    await publish(QUIET);
    await rm(join(music, 'B'), { recursive: true });
    expect(await publish(QUIET)).toMatchObject({ removed: 0, missing: ['B/02.ogg'], isNewRevision: false });
    expect(await publish({ ...QUIET, prune: true })).toMatchObject({ removed: 1, missing: [] });
    const left = [...(await readCatalog(store)).tracks.values()].map(
      (track) => `${track.source.library} ${track.source.path}`,
    );
    expect(left.sort()).toEqual(['meine-musik A/01.mp3', 'other A/01.mp3', 'other B/02.ogg']);
    expect(await missingObjects(store)).toEqual([]);
  });

  it('keeps a track whose file cannot be read any more, also when pruning', async () => {
    await musicFolder(music, { 'A/01.mp3': 'tone-440.mp3', 'A/02.ogg': 'tone-880.ogg' });
    await publish(QUIET);
    await writeFile(join(music, 'A/01.mp3'), 'damaged');
    const report = await publish({ ...QUIET, prune: true });
    expect(report.unreadable).toMatchObject([{ path: 'A/01.mp3' }]);
    expect(await trackAt('A/01.mp3')).toBeDefined();
  });

  it('writes nothing in a dry run, and says what it would do', async () => {
    await musicFolder(music, { 'a.mp3': 'tone-440.mp3', 'b.mp3': 'tone-440.mp3', 'c.ogg': 'tone-880.ogg' });
    await mkdir(join(scratch.path, 'store'));
    const report = await publish({ dryRun: true });
    expect(report).toMatchObject({
      dryRun: true,
      published: 3,
      uploads: 2,
      revision: 0,
      isNewRevision: false,
    });
    const keys: string[] = [];
    for await (const object of store.list('')) keys.push(object.key);
    expect(keys).toEqual([]);
  });

  it('goes without ffmpeg, says what is missing, and makes up for it later', async () => {
    await musicFolder(music, {
      'a.mp3': 'tone-440.mp3',
      'b.aiff': 'tone-1210.aiff',
      'c.ogg': 'tone-880.ogg',
    });
    const first = await publish({ ffmpegCommand: join(scratch.path, 'no-ffmpeg') });
    expect(first).toMatchObject({
      published: 2,
      unreadable: [{ path: 'b.aiff', reason: expect.stringContaining('needs ffmpeg') }],
    });
    expect(first.notes).toEqual([expect.stringContaining('ffmpeg was not found')]);
    expect((await trackAt('a.mp3'))?.loudness).toBeNull();
    expect((await trackAt('c.ogg'))?.loudness).toEqual({ integratedLufs: -11.5, truePeakDbtp: 0 });
    const second = await publish();
    expect(second).toMatchObject({ published: 1, changed: 2, unreadable: [], notes: [] });
    expect((await trackAt('a.mp3'))?.loudness).not.toBeNull();
    expect(await publish({ analysis: false })).toMatchObject({ uploads: 0, isNewRevision: false });
  });

  it('takes plays from a file, for tracks that did not change as well', async () => {
    await musicFolder(music, { 'A/01.mp3': 'tone-440.mp3', 'A/02.ogg': 'tone-880.ogg' });
    await publish(QUIET);
    await writeFile(join(music, 'plays.csv'), 'path,plays\nA/01.mp3,42\n');
    expect(await publish(QUIET)).toMatchObject({ changed: 1, uploads: 0, isNewRevision: true });
    expect([(await trackAt('A/01.mp3'))?.plays, (await trackAt('A/02.ogg'))?.plays]).toEqual([42, null]);
    expect(await publish(QUIET)).toMatchObject({ isNewRevision: false });
  });

  it('reads links once, also when they lead in a circle, and skips what is hidden', async () => {
    await musicFolder(music, {
      'A/01.mp3': 'tone-440.mp3',
      '.hidden/02.mp3': 'tone-440.mp3',
      'A/._01.mp3': 'tone-440.mp3',
    });
    await symlink(music, join(music, 'A/again'));
    await symlink(join(music, 'A'), join(music, 'B'));
    expect(await publish(QUIET)).toMatchObject({ published: 1, unreadable: [] });
    expect(await trackAt('A/01.mp3')).toBeDefined();
  });

  it('puts the discs of an album together and keeps albums of one name in two folders apart', async () => {
    await musicFolder(music, {
      'X/CD1/01.mp3': 'tone-440.mp3',
      'X/CD 2/01.ogg': 'tone-880.ogg',
      'Y/01.opus': 'tone-990.opus',
    });
    await publish(QUIET);
    const albums = await Promise.all(
      ['X/CD1/01.mp3', 'X/CD 2/01.ogg', 'Y/01.opus'].map(async (path) => (await trackAt(path))?.album.id),
    );
    expect(albums[0]).toBe(albums[1]);
    expect(albums[2]).not.toBe(albums[0]);
  });

  it('refuses a folder that is not there, and one with nothing to play, writing nothing', async () => {
    await expect(publish({ folder: join(scratch.path, 'nowhere') })).rejects.toMatchObject({
      code: 'no_such_folder',
    });
    await expect(publish()).rejects.toMatchObject({ code: 'nothing_playable' });
    await writeFile(join(music, 'a.mp3'), 'no music');
    await expect(publish()).rejects.toMatchObject({ code: 'nothing_playable' });
    await expect(publish({ name: '../up' })).rejects.toMatchObject({ code: 'bad_option' });
    expect((await readCatalog(store)).revision).toBe(0);
  });

  it('loses nothing when two libraries are published at once', async () => {
    await musicFolder(music, { 'a.mp3': 'tone-440.mp3', 'b.ogg': 'tone-880.ogg' });
    const reports = await Promise.all(
      ['one', 'two', 'three', 'four'].map((name) => publish({ ...QUIET, name })),
    );
    expect(reports.map((report) => report.published)).toEqual([2, 2, 2, 2]);
    const catalog = await readCatalog(store);
    expect([catalog.revision, catalog.tracks.size]).toEqual([4, 8]);
    expect(await missingObjects(store)).toEqual([]);
  });

  it('stops when told to, leaving the old catalog', async () => {
    await musicFolder(music, { 'a.mp3': 'tone-440.mp3' });
    await publish(QUIET);
    await musicFolder(music, { 'b.ogg': 'tone-880.ogg' });
    const stop = new AbortController();
    const stopped = publish({
      ...QUIET,
      signal: stop.signal,
      onProgress: ({ phase }) => phase === 'committing' && stop.abort(),
    });
    await expect(stopped).rejects.toMatchObject({ code: 'cancelled' });
    const catalog = await readCatalog(store);
    expect([catalog.revision, catalog.tracks.size]).toEqual([1, 1]);
    expect(await publish(QUIET)).toMatchObject({ published: 1, uploads: 0, revision: 2 });
  });

  it('names a file it may not read', async ({ skip }) => {
    if (process.getuid?.() === 0) skip('root may read everything');
    await musicFolder(music, { 'a.mp3': 'tone-440.mp3', 'b.ogg': 'tone-880.ogg' });
    await chmod(join(music, 'a.mp3'), 0);
    expect((await publish(QUIET)).unreadable).toEqual([{ path: 'a.mp3', reason: 'permission denied' }]);
  });
});

describe('artwork', () => {
  const picture = (width: number, height: number, colour: string): Promise<Buffer> =>
    sharp({ create: { width, height, channels: 3, background: colour } })
      .jpeg()
      .toBuffer();
  const sizesOf = async (artworkId: string | undefined): Promise<readonly (readonly [number, number])[]> =>
    Promise.all(
      ARTWORK_SIZES.map(async (size) => {
        const bytes = await store.getBytes(artworkKey(artworkId ?? '', size));
        const { width, height, format } = await sharp(bytes ?? undefined).metadata();
        expect(format).toBe('webp');
        return [width, height] as const;
      }),
    );

  it('is published square in four sizes, never enlarged, with its colours', async () => {
    await musicFolder(music, { 'A/01.ogg': 'tone-880.ogg' });
    await writeFile(join(music, 'A/Folder.JPG'), await picture(700, 600, '#c2571a'));
    await publish(QUIET);
    const track = await trackAt('A/01.ogg');
    expect(track?.artwork?.palette?.spark.hue).toBeGreaterThan(30);
    expect(await sizesOf(track?.artwork?.id)).toEqual([
      [96, 96],
      [256, 256],
      [512, 512],
      [600, 600],
    ]);
  });

  it('of a file comes before that of its folder, and dresses the tracks that have none', async () => {
    await musicFolder(music, { 'A/01.mp3': 'tone-440.mp3', 'A/02.opus': 'tone-990.opus' });
    await publish(QUIET);
    const [own, dressed] = [await trackAt('A/01.mp3'), await trackAt('A/02.opus')];
    expect(own?.artwork).not.toBeNull();
    expect(dressed?.artwork).toEqual(own?.artwork);
    expect(await sizesOf(own?.artwork?.id)).toEqual([
      [96, 96],
      [120, 120],
      [120, 120],
      [120, 120],
    ]);
  });

  it('changes when the cover beside the music does, without uploading the music again', async () => {
    await musicFolder(music, { 'A/01.ogg': 'tone-880.ogg' });
    await publish();
    await writeFile(join(music, 'A/cover.png'), await picture(64, 64, '#123456'));
    const report = await publish();
    expect(report).toMatchObject({ changed: 1, uploads: ARTWORK_SIZES.length });
    await rm(join(music, 'A/cover.png'));
    expect(await publish()).toMatchObject({ changed: 1, uploads: 0 });
    expect((await trackAt('A/01.ogg'))?.artwork).toBeNull();
  });

  it('that is broken is named, and the music is published all the same', async () => {
    await musicFolder(music, { 'A/01.ogg': 'tone-880.ogg' });
    await writeFile(join(music, 'A/cover.jpg'), 'not a picture');
    const report = await publish(QUIET);
    expect(report).toMatchObject({ published: 1, unreadable: [] });
    expect(report.warnings).toEqual([
      { path: 'A/01.ogg', reason: expect.stringContaining('the cover beside it cannot be used') },
    ]);
  });
});

describe('lyrics', () => {
  it('beside a file are published with its waveform, and follow when they change', async () => {
    await musicFolder(music, { 'A/01.ogg': 'tone-880.ogg', 'A/01.lrc': 'tone-880.lrc' });
    await publish();
    const track = await trackAt('A/01.ogg');
    expect(track?.hasLyrics).toBe(true);
    expect(await detailsOf(track)).toMatchObject({
      lyrics: { lines: [{ atMs: 0, text: 'Beside the file' }, { atMs: 1250 }] },
    });
    const words = await readFile(join(music, 'A/01.lrc'), 'utf8');
    await writeFile(join(music, 'A/01.lrc'), words.replace('Beside', 'Next to'));
    expect(await publish()).toMatchObject({ changed: 1, uploads: 1 });
    const details = await detailsOf(await trackAt('A/01.ogg'));
    expect(details).toMatchObject({
      lyrics: { lines: [{ text: 'Next to the file' }, {}] },
      waveform: expect.any(Array),
    });
  });
});
