import { execFile } from 'node:child_process';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import * as fc from 'fast-check';
import { ALL_FORMATS, BufferSource, EncodedPacketSink, Input } from 'mediabunny';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createCatalogLog } from '../../src/catalog/publish/catalog-log.ts';
import { commitRecords } from '../../src/catalog/publish/commit-records.ts';
import { findFfmpeg } from '../../src/catalog/publish/ffmpeg.ts';
import { createPointCollector } from '../../src/catalog/publish/point-collector.ts';
import { publishLibrary } from '../../src/catalog/publish/publish-library.ts';
import { readSeekPoints } from '../../src/catalog/publish/read-seek-points.ts';
import { READER_VERSION } from '../../src/catalog/publish/tag-facts.ts';
import { createFolderStore } from '../../src/catalog/store/folder-store.ts';
import type { ObjectStore } from '../../src/catalog/store/object-store.ts';
import { trackDetailsSchema } from '../../src/contract/catalog-http.ts';
import { MOST_SEEK_POINTS, type SeekPoints } from '../../src/contract/seek-points.ts';
import { musicFolder, readCatalog, temporaryFolder } from './publisher-harness.ts';

const run = promisify(execFile);
const SIGNAL = new AbortController().signal;
const ffmpeg = await findFfmpeg('ffmpeg', 1);

/** Where the points lead to, by the byte and the sample. */
const placesOf = ({ everySamples, firstByte, steps }: SeekPoints): readonly (readonly [number, number])[] => {
  let byte = firstByte;
  return [firstByte, ...steps.map((step) => (byte += step))].map((at, index) => [at, index * everySamples]);
};

/** Every frame by the sample that it begins with, as whoever plays the file finds them. */
const framesOf = async (bytes: Buffer): Promise<ReadonlyMap<number, Uint8Array>> => {
  using input = new Input({ source: new BufferSource(bytes), formats: ALL_FORMATS });
  const track = await input.getPrimaryAudioTrack();
  if (track === null) throw new Error('the file holds no audio');
  const rateHz = await track.getSampleRate();
  const frames = new Map<number, Uint8Array>();
  for await (const packet of new EncodedPacketSink(track).packets()) {
    frames.set(Math.round(packet.timestamp * rateHz), packet.data);
  }
  return frames;
};

describe.skipIf(ffmpeg === null)('the points of a file', () => {
  let scratch: Awaited<ReturnType<typeof temporaryFolder>>;

  beforeAll(async () => {
    scratch = await temporaryFolder();
  });
  afterAll(() => scratch[Symbol.asyncDispose]());

  const encode = async (name: string, codec: readonly string[], rateHz = 44_100, channels = 2) => {
    const path = join(scratch.path, name);
    // Louder and softer by turns, so that frames are of many lengths where they may be.
    const sound = `aevalsrc='0.4*sin(2*PI*441*t)*sin(t)+0.2*(random(0)-0.5)*sin(t/2)':s=${rateHz}:d=9`;
    const input = ['-f', 'lavfi', '-i', sound, '-ac', String(channels), '-metadata', 'title=Ton'];
    await run('ffmpeg', ['-v', 'error', '-y', ...input, ...codec, path]);
    return path;
  };
  const mp3 = ['-c:a', 'libmp3lame'] as const;
  const pointsOf = async (path: string) => readSeekPoints(path, (await stat(path)).size, SIGNAL);

  /** How many points there are, and those that lead to no frame, or to another than the sample says. */
  const followed = async (path: string): Promise<{ readonly points: number; readonly astray: number[] }> => {
    const points = await pointsOf(path);
    if (points === null) return { points: 0, astray: [] };
    const bytes = await readFile(path);
    const frames = await framesOf(bytes);
    const places = placesOf(points);
    const astray = places.filter(([byte, sample]) => {
      const frame = frames.get(sample);
      return frame === undefined || !bytes.subarray(byte, byte + frame.length).equals(frame);
    });
    return { points: places.length, astray: astray.map(([byte]) => byte) };
  };

  it.each([
    ['an mp3 of constant bit rate', 'cbr.mp3', [...mp3, '-b:a', '128k'], 44_100, 2],
    ['an mp3 of variable bit rate', 'vbr.mp3', [...mp3, '-q:a', '4'], 48_000, 2],
    ['an mp3 without a Xing header', 'bare.mp3', [...mp3, '-b:a', '64k', '-write_xing', '0'], 44_100, 2],
    ['a mono mp3 at half the rate (MPEG-2)', 'mono.mp3', [...mp3, '-b:a', '32k'], 22_050, 1],
    ['a flac', 'plain.flac', ['-c:a', 'flac', '-sample_fmt', 's16'], 44_100, 2],
    ['a flac of an unusual rate', 'odd.flac', ['-c:a', 'flac', '-sample_fmt', 's16'], 37_800, 1],
    ['AAC in ADTS', 'plain.aac', ['-c:a', 'aac', '-b:a', '96k'], 44_100, 2],
  ] as const)('lead to its frames in %s', async (_, name, codec, rateHz, channels) => {
    expect(await followed(await encode(name, codec, rateHz, channels))).toEqual({ points: 9, astray: [] });
  });

  it('lead to its frames behind a large picture, and past what is no frame', async () => {
    const sound = await readFile(await encode('clean.mp3', [...mp3, '-b:a', '128k', '-id3v2_version', '0']));
    const picture = Buffer.alloc(200_000, 0x5a);
    // ID3v2.3 with a synchsafe size and one private frame.
    const size = picture.length + 10;
    const head = Buffer.from([
      0x49,
      0x44,
      0x33,
      3,
      0,
      0,
      0,
      (size >> 14) & 127,
      (size >> 7) & 127,
      size & 127,
    ]);
    const frame = Buffer.from([0x50, 0x52, 0x49, 0x56, 0, 3, 13, 64, 0, 0]);
    const frames = [...(await framesOf(sound)).values()];
    const third = frames[120];
    if (third === undefined) throw new Error('the file is too short');
    const cut = sound.indexOf(third);
    const junk = Buffer.alloc(5_000, 'no frame \u00FF ');
    const path = join(scratch.path, 'worn.mp3');
    await writeFile(
      path,
      Buffer.concat([head, frame, picture, sound.subarray(0, cut), junk, sound.subarray(cut)]),
    );

    expect(await followed(path)).toEqual({ points: 9, astray: [] });
  });

  it('are none where the format has an index, or the sound is short', async () => {
    const m4a = await encode('indexed.m4a', ['-c:a', 'aac']);
    const short = join(scratch.path, 'short.mp3');
    await run('ffmpeg', ['-v', 'error', '-y', '-f', 'lavfi', '-i', 'sine=duration=0.5', ...mp3, short]);

    expect([await pointsOf(m4a), await pointsOf(short)]).toEqual([null, null]);
  });
});

describe.skipIf(ffmpeg === null)('what a publisher says of a track', () => {
  let scratch: Awaited<ReturnType<typeof temporaryFolder>>;
  let music: string;
  let store: ObjectStore;

  beforeEach(async () => {
    scratch = await temporaryFolder();
    music = join(scratch.path, 'music');
    store = createFolderStore({ root: join(scratch.path, 'store') });
  });
  afterEach(() => scratch[Symbol.asyncDispose]());

  const publish = () => publishLibrary({ folder: music, store, analysis: false });
  const onlyTrack = async () => {
    const [track] = (await readCatalog(store)).tracks.values();
    if (track === undefined) throw new Error('there is no track');
    const key = track.detailsKey;
    const bytes = key === null ? null : await store.getBytes(key);
    const text = new TextDecoder().decode(bytes ?? undefined);
    return { track, details: bytes === null ? null : trackDetailsSchema.parse(JSON.parse(text)) };
  };

  it('leads into the file that is handed out, also into what was made of one that does not play', async () => {
    await musicFolder(music, { 'Album/01.aiff': 'tone-1210.aiff' });
    await publish();

    const { track, details } = await onlyTrack();
    const [flac] = track.media;
    expect(flac?.format.codec).toBe('flac');
    expect(details?.seeking?.sha256).toBe(flac?.sha256);
    expect(details?.seeking?.points.steps).toHaveLength(1);

    // Lyrics beside it: the file is read again, and what was made of it is not made twice.
    await writeFile(join(music, 'Album/01.lrc'), '[00:00.50]La');
    await publish();

    const again = await onlyTrack();
    expect(again.details?.lyrics?.lines).toHaveLength(1);
    expect(again.details?.seeking).toEqual(details?.seeking);
  });

  it('is found out of what was published before anybody asked for it', async () => {
    await musicFolder(music, { 'Album/01.mp3': 'tone-440.mp3' });
    await publish();
    const { track } = await onlyTrack();
    const { library, reading } = track.source;
    if (!reading) throw new Error('nothing says how the file was read');
    const source = { ...track.source, reading: { ...reading, version: READER_VERSION - 1 } };
    await commitRecords(createCatalogLog(store), library, [{ ...track, source, detailsKey: null }], SIGNAL);
    expect((await onlyTrack()).details).toBeNull();

    await publish();

    const { details } = await onlyTrack();
    expect(details?.seeking?.sha256).toBe(track.source.sha256);
    expect(details?.seeking?.points.steps).not.toHaveLength(0);
  });
});

describe('collecting points', () => {
  const frameBytes = fc.array(fc.integer({ min: 1, max: 5_000 }), { minLength: 1, maxLength: 4_000 });

  it('gives never more than there may be, evenly apart, each where a frame begins', () => {
    fc.assert(
      fc.property(frameBytes, fc.integer({ min: 100, max: 2_000 }), fc.nat(9_999), (sizes, rateHz, first) => {
        const frameSamples = 576;
        const collector = createPointCollector(frameSamples, rateHz);
        const begins: number[] = [];
        let byte = first;
        for (const size of sizes) {
          begins.push(byte);
          collector.add(byte);
          byte += size;
        }
        const points = collector.finish();
        if (points === null) return;
        const framesApart = points.everySamples / frameSamples;
        expect(points.steps.length).toBeLessThanOrEqual(MOST_SEEK_POINTS);
        expect(placesOf(points).map(([at]) => at)).toEqual(
          begins.filter((_, index) => index % framesApart === 0),
        );
      }),
    );
  });
});
