import { execFile } from 'node:child_process';
import { chmod, copyFile, mkdir, readFile, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { encodeAudio } from '../../src/catalog/publish/encode-audio.ts';
import type { Encoding } from '../../src/catalog/publish/encodings.ts';
import { ENCODINGS, encodingsOf, settingsOf } from '../../src/catalog/publish/encodings.ts';
import { findFfmpeg } from '../../src/catalog/publish/ffmpeg.ts';
import { OPUS_FRAME_SAMPLES } from '../../src/catalog/publish/fragmented-length.ts';
import { publishLibrary } from '../../src/catalog/publish/publish-library.ts';
import type { PublishOptions } from '../../src/catalog/publish/publish-library.ts';
import type { PublishProgress, PublishReport } from '../../src/catalog/publish/publish-report.ts';
import { summaryText } from '../../src/catalog/cli/publish-summary.ts';
import { readAudioFile } from '../../src/catalog/publish/read-audio-file.ts';
import type { MediaRecord, TrackRecord } from '../../src/catalog/segments/catalog-records.ts';
import { encodingKey } from '../../src/catalog/segments/keys.ts';
import { createFolderStore } from '../../src/catalog/store/folder-store.ts';
import type { ObjectStore } from '../../src/catalog/store/object-store.ts';
import { writeWav } from '../builders/wav.ts';
import { TONES } from '../fixtures/tones.ts';
import { missingObjects, musicFolder, readCatalog, temporaryFolder, toneFile } from './publisher-harness.ts';

const run = promisify(execFile);
const SIGNAL = new AbortController().signal;

let scratch: Awaited<ReturnType<typeof temporaryFolder>>;
let music: string;
let store: ObjectStore;

beforeEach(async () => {
  scratch = await temporaryFolder();
  music = join(scratch.path, 'music');
  await mkdir(music);
  store = createFolderStore({ root: join(scratch.path, 'store') });
});
afterEach(async () => {
  await scratch[Symbol.asyncDispose]();
});

/** Encoding alone: nothing here needs to be measured. */
const publish = (options: Partial<PublishOptions> = {}): Promise<PublishReport> =>
  publishLibrary({ folder: music, store, analysis: false, encoding: true, ...options });
const tracks = async (): Promise<readonly TrackRecord[]> =>
  [...(await readCatalog(store)).tracks.values()].toSorted((left, right) =>
    left.source.path < right.source.path ? -1 : 1,
  );
const qualities = async (): Promise<Readonly<Record<string, readonly string[]>>> =>
  Object.fromEntries(
    (await tracks()).map(({ source, media }) => [source.path, media.map((one) => one.quality)]),
  );

const sine = (frequencyHz: number, seconds: number, rateHz = 44_100): Float32Array =>
  Float32Array.from(
    { length: Math.round(seconds * rateHz) },
    (_, index) => 0.2 * Math.sin((2 * Math.PI * frequencyHz * index) / rateHz),
  );

/** Samples of the first channel as ffmpeg decodes them, the encoder's delay dropped. */
async function decoded(path: string): Promise<Float32Array> {
  const parameters = ['-v', 'error', '-i', path, '-af', 'pan=mono|c0=c0', '-f', 'f32le', '-'];
  const { stdout } = await run('ffmpeg', parameters, { encoding: 'buffer', maxBuffer: 2 ** 26 });
  return new Float32Array(stdout.buffer, stdout.byteOffset, stdout.length / 4);
}

/** Where in its cycle a sine is at the first sample, in samples: how late it comes, up to whole cycles. */
function lateness(samples: Float32Array, frequencyHz: number, rateHz: number): number {
  const [from, to] = [Math.floor(samples.length / 4), Math.floor((samples.length * 3) / 4)];
  const turn = (2 * Math.PI * frequencyHz) / rateHz;
  let [inPhase, quadrature] = [0, 0];
  for (let index = from; index < to; index += 1) {
    inPhase += (samples[index] ?? 0) * Math.sin(turn * index);
    quadrature += (samples[index] ?? 0) * Math.cos(turn * index);
  }
  return -Math.atan2(quadrature, inPhase) / turn;
}

describe('what is encoded', () => {
  const found = findFfmpeg('ffmpeg', 1);
  const lossy = ENCODINGS.filter(({ lossless }) => !lossless);
  const encoded = async (
    path: string,
    came?: Partial<MediaRecord>,
    encodings: readonly Encoding[] = lossy,
  ) => {
    const ffmpeg = await found;
    if (ffmpeg === null) throw new Error('These tests need ffmpeg.');
    const audio = await readAudioFile(path, (await stat(path)).size);
    const original: MediaRecord = {
      quality: 'original',
      key: 'audio/of/it',
      sha256: '0'.repeat(64),
      bytes: 1,
      format: audio.format,
      encoderDelaySamples: audio.length?.delaySamples ?? null,
      encoderPaddingSamples: audio.length?.paddingSamples ?? null,
      lengthSamples: audio.length?.lengthSamples ?? null,
      ...came,
    };
    return encodeAudio(ffmpeg, { path, came: original }, encodings, scratch.path, SIGNAL);
  };

  it.each(TONES.filter(({ file }) => !file.endsWith('.aac')))(
    'is as long as $file at 48 kHz to the sample, and begins where it begins',
    async ({ file, durationMs, frequencyHz }) => {
      await using made = await encoded(toneFile(file));
      expect(made.files.map(({ media }) => media.quality)).toEqual(['low', 'normal', 'high']);
      for (const { media } of made.files) {
        expect(media).toMatchObject({ encoderDelaySamples: 312, lengthSamples: durationMs * 48 });
      }
      const [low] = made.files;
      const samples = await decoded(low?.path ?? '');
      expect(samples).toHaveLength(durationMs * 48 + (low?.media.encoderPaddingSamples ?? 0));
      expect(low?.media.encoderPaddingSamples).toBeLessThan(OPUS_FRAME_SAMPLES);
      // Lossy originals come with a lag of their own of some hundredths.
      expect(Math.abs(lateness(samples, frequencyHz, 48_000))).toBeLessThan(0.2);
    },
  );

  it.each([22_051, 44_147])('has of %i samples at 44.1 kHz the nearest number at 48 kHz', async (length) => {
    const path = join(scratch.path, 'odd.wav');
    await writeWav(path, sine(300, 2).subarray(0, length), 44_100);
    await using made = await encoded(path);
    const nearest = Math.round((length * 48_000) / 44_100);
    expect(made.files.map(({ media }) => media.lengthSamples)).toEqual([nearest, nearest, nearest]);
  });

  it.each([16, 24])('is, as lossless, every one of the %i-bit samples that came', async (bitDepth) => {
    const path = join(scratch.path, 'whole.wav');
    const noise = 'anoisesrc=d=0.7:r=44100:s=7,atrim=end_sample=30011,aformat=channel_layouts=stereo';
    await run('ffmpeg', ['-v', 'error', '-f', 'lavfi', '-i', noise, '-c:a', `pcm_s${bitDepth}le`, path]);
    await using made = await encoded(path, {}, ENCODINGS);
    const whole = made.files.find(({ media }) => media.quality === 'lossless');
    expect(whole?.media).toMatchObject({
      lengthSamples: 30_011,
      encoderDelaySamples: 0,
      encoderPaddingSamples: 0,
      format: { codec: 'flac', lossless: true, sampleRateHz: 44_100, channels: 2, bitDepth },
    });
    expect(whole?.media.bytes).toBeLessThan((await stat(path)).size);
    const pcm = async (file: string): Promise<string> => {
      const { stdout } = await run('ffmpeg', [
        '-v',
        'error',
        '-i',
        file,
        '-c:a',
        'pcm_s32le',
        '-f',
        'md5',
        '-',
      ]);
      return stdout;
    };
    expect(await pcm(whole?.path ?? '')).toBe(await pcm(path));
    const { length } = await readAudioFile(whole?.path ?? '', whole?.media.bytes ?? 0);
    expect(length).toMatchObject({ lengthSamples: 30_011, sampleRateHz: 44_100 });
  });

  it('leaves out what every encoder puts before the music, where the file says nothing of it', async () => {
    const path = join(scratch.path, 'tagless.mp3');
    const chirp = 'sine=f=300:r=44100,atrim=end_sample=100003';
    const options = ['-c:a', 'libmp3lame', '-write_xing', '0', '-id3v2_version', '0'];
    await run('ffmpeg', ['-v', 'error', '-f', 'lavfi', '-i', chirp, ...options, path]);
    await using made = await encoded(path);
    // 88 frames came; of the 1105 samples before the music 529 are the decoder's.
    const expected = Math.round(((88 * 1152 - 529) * 48_000) / 44_100);
    expect(made.files.map(({ media }) => media.lengthSamples)).toEqual([expected, expected, expected]);
    const samples = await decoded(made.files[0]?.path ?? '');
    const begins = samples.findIndex((sample) => Math.abs(sample) > 0.02);
    expect(begins).toBeGreaterThan(500);
    expect(begins).toBeLessThan(740);
  });

  it('is stereo at most: six channels are mixed down', async () => {
    const path = join(scratch.path, 'six.flac');
    const six = 'sine=f=300:d=0.2,aformat=channel_layouts=mono,pan=5.1|c0=c0|c1=c0|c2=c0|c3=c0|c4=c0|c5=c0';
    await run('ffmpeg', ['-v', 'error', '-f', 'lavfi', '-i', six, path]);
    await using made = await encoded(path);
    expect(made.files.map(({ media }) => media.format.channels)).toEqual([2, 2, 2]);
    const { stdout } = await run('ffprobe', [
      '-v',
      'error',
      '-show_entries',
      'stream=channels',
      made.files[0]?.path ?? '',
    ]);
    expect(stdout).toContain('channels=2');
  });

  it('is refused of a file much of which is missing', async () => {
    const path = join(scratch.path, 'short.wav');
    await writeWav(path, sine(300, 1), 44_100);
    await expect(encoded(path, { lengthSamples: 5 * 44_100 })).rejects.toThrow(
      'it is damaged: 1.0 of 5.0 seconds can be decoded',
    );
  });

  it('are the same bytes each time', async () => {
    const path = join(scratch.path, 'same.wav');
    await writeWav(path, sine(300, 0.5), 44_100);
    await using first = await encoded(path);
    await using second = await encoded(path);
    expect(second.files.map(({ media }) => media)).toEqual(first.files.map(({ media }) => media));
  });
});

describe('publishing with smaller qualities', () => {
  const wav = (name: string, frequencyHz: number): Promise<void> =>
    writeWav(join(music, name), sine(frequencyHz, 0.3), 44_100);

  it('makes what lies below what came, uploads it, and leaves nobody in silence', async () => {
    await musicFolder(music, { 'low.mp3': 'tone-440.mp3', 'whole.aiff': 'tone-1210.aiff' });
    await wav('whole.wav', 300);
    const report = await publish();
    expect(report).toMatchObject({ published: 3, silentForFree: 0, notes: [expect.any(String)] });
    expect(report.encoded.tracks).toBe(2);
    expect(report.encoded.seconds).toBeGreaterThan(0);
    expect(await qualities()).toEqual({
      'low.mp3': ['original'],
      'whole.aiff': ['lossless', 'low', 'normal', 'high'],
      'whole.wav': ['original', 'low', 'normal', 'high', 'lossless'],
    });
    const made = (await tracks()).flatMap(({ media }) => media.slice(1));
    expect(report.encoded.bytes).toBe(made.reduce((sum, { bytes }) => sum + bytes, 0));
    expect(await missingObjects(store)).toEqual([]);
    expect(await publish()).toMatchObject({
      uploads: 0,
      encoded: { tracks: 0 },
      isNewRevision: false,
      silentForFree: 0,
    });
  });

  it('adds them to a library that was published without, and does not read its tags again', async () => {
    await musicFolder(music, { 'a.flac': 'tone-770.flac', 'b.mp3': 'tone-440.mp3' });
    const path = join(music, 'a.flac');
    const written = new Date(1_700_000_000_000);
    await utimes(path, written, written);
    expect(await publish({ encoding: false })).toMatchObject({ silentForFree: 1, encoded: { tracks: 0 } });
    const [before] = await tracks();
    // As if nobody had touched it: were the title read again, it would change.
    const bytes = await readFile(path);
    const title = bytes.indexOf('FLAC at 770');
    expect(title).toBeGreaterThan(0);
    bytes.write('XXXX', title);
    await writeFile(path, bytes);
    await utimes(path, written, written);
    expect(await publish({ dryRun: true })).toMatchObject({ changed: 1, uploads: 0, encoded: { tracks: 1 } });
    expect(await publish()).toMatchObject({
      published: 0,
      changed: 1,
      unchanged: 1,
      uploads: 6,
      encoded: { tracks: 1 },
      silentForFree: 0,
    });
    const [after] = await tracks();
    expect(after?.title).toBe(before?.title);
    expect(after?.media.map((one) => one.quality)).toEqual(['original', 'low', 'normal', 'high']);
    expect(await publish()).toMatchObject({ uploads: 0, isNewRevision: false, encoded: { tracks: 0 } });
    // Who leaves it out does not take it away.
    expect(await publish({ encoding: false })).toMatchObject({ isNewRevision: false, silentForFree: 0 });
  });

  it('makes only what was chosen, more when more is, and takes nothing away when less is', async () => {
    await wav('a.wav', 300);
    const made = async (): Promise<unknown> => (await qualities())['a.wav'];
    await publish({ qualities: ['low'] });
    expect(await made()).toEqual(['original', 'low']);
    expect(await publish({ qualities: ['low', 'normal'] })).toMatchObject({
      encoded: { tracks: 1 },
      uploads: 2,
    });
    expect(await made()).toEqual(['original', 'low', 'normal']);
    expect(await publish({ qualities: ['low'] })).toMatchObject({ isNewRevision: false, uploads: 0 });
    expect(await made()).toEqual(['original', 'low', 'normal']);
  });

  it('loses no more than the file in the works when it is stopped', async () => {
    await Promise.all(['a.wav', 'b.wav', 'c.wav'].map((name, index) => wav(name, 300 + index)));
    const stop = new AbortController();
    const stopped = publish({
      jobs: 1,
      signal: stop.signal,
      onProgress: ({ encoded }) => encoded.tracks >= 1 && stop.abort(),
    });
    await expect(stopped).rejects.toMatchObject({ code: 'cancelled' });
    const report = await publish();
    expect(report).toMatchObject({ published: 3, silentForFree: 0 });
    expect(report.encoded.tracks).toBeLessThan(3);
    expect(await missingObjects(store)).toEqual([]);
  });

  it('encodes the same music once, wherever it lies', async () => {
    await wav('a.wav', 300);
    await copyFile(join(music, 'a.wav'), join(music, 'b.wav'));
    expect(await publish()).toMatchObject({ published: 2, encoded: { tracks: 1 } });
    await copyFile(join(music, 'a.wav'), join(music, 'c.wav'));
    expect(await publish()).toMatchObject({ published: 1, uploads: 0, encoded: { tracks: 0 } });
    expect(new Set((await tracks()).map(({ media }) => JSON.stringify(media))).size).toBe(1);
  });

  it('encodes again what is lost of the store, or noted by something else', async () => {
    await wav('a.wav', 300);
    await publish();
    const [track] = await tracks();
    expect(track?.source.reading?.encoded).toBe(settingsOf(ENCODINGS));
    await store.delete([track?.media[1]?.key ?? '']);
    const [, normal] = ENCODINGS;
    const note = encodingKey(track?.source.sha256 ?? '', normal?.settings ?? '');
    await store.put(note, Buffer.from('{"half'), { contentType: 'application/json' });
    await copyFile(join(music, 'a.wav'), join(music, 'b.wav'));
    const other = { folder: music, store, name: 'other', analysis: false, encoding: true };
    expect(await publishLibrary(other)).toMatchObject({ published: 2, encoded: { tracks: 1 } });
    expect(await missingObjects(store)).toEqual([]);
    // Both are found from now on.
    const third = { ...other, name: 'third' };
    expect(await publishLibrary(third)).toMatchObject({ published: 2, encoded: { tracks: 0 } });
  });

  it('says how many tracks a free listener does not hear without ffmpeg, or with one that does not encode', async () => {
    await musicFolder(music, { 'a.flac': 'tone-770.flac', 'b.mp3': 'tone-440.mp3' });
    const none = await publish({ ffmpegCommand: join(scratch.path, 'no-ffmpeg') });
    expect(none).toMatchObject({ published: 2, silentForFree: 1, encoded: { tracks: 0 } });
    expect(none.notes).toEqual([expect.stringContaining('smaller qualities')]);
    expect(await publish()).toMatchObject({ silentForFree: 0, encoded: { tracks: 1 } });
  });

  it('tells the operator what was encoded, and what stays silent', async () => {
    await musicFolder(music, { 'a.flac': 'tone-770.flac' });
    const silent = summaryText(await publish({ encoding: false }));
    expect(silent).toContain('1 track is silent for listeners of the free tier');
    expect(summaryText(await publish({ dryRun: true }))).toContain('1 file to encode in smaller qualities.');
    const stages: string[] = [];
    const onProgress = ({ phase, done, total, encoded }: PublishProgress): void => {
      stages.push(`${phase} ${done}/${total}, ${encoded.tracks} encoded`);
    };
    const heard = summaryText(await publish({ onProgress }));
    expect(heard).toMatch(/1 file encoded in smaller qualities \(\d+\.\d kB, \d+ s of ffmpeg\)/);
    expect(heard).not.toContain('silent');
    expect(stages.slice(-3)).toEqual([
      'encoding 0/1, 0 encoded',
      'encoding 1/1, 1 encoded',
      'committing 1/1, 1 encoded',
    ]);
  });

  it('names an ffmpeg that was built without opus once, and publishes all the same', async ({ skip }) => {
    if (process.platform === 'win32') skip('there is no shell to stand in for it');
    await Promise.all(['a.wav', 'b.wav'].map((name, index) => wav(name, 300 + index)));
    const ffmpegCommand = join(scratch.path, 'bare-ffmpeg');
    await writeFile(ffmpegCommand, `#!/bin/sh\ncase "$*" in *-encoders*) exit 0;; esac\nexec ffmpeg "$@"\n`);
    await chmod(ffmpegCommand, 0o755);
    const report = await publish({ ffmpegCommand });
    expect(report).toMatchObject({ published: 2, silentForFree: 2, warnings: [] });
    expect(report.notes.filter((note) => note.includes('libopus'))).toHaveLength(1);
  });

  it('publishes what plays and does not encode, with a warning', async ({ skip }) => {
    if (process.platform === 'win32') skip('there is no shell to stand in for it');
    await wav('a.wav', 300);
    const ffmpegCommand = join(scratch.path, 'broken-ffmpeg');
    const broken = `#!/bin/sh\ncase "$*" in *filter_complex*) echo no room >&2; exit 1;; esac\nexec ffmpeg "$@"\n`;
    await writeFile(ffmpegCommand, broken);
    await chmod(ffmpegCommand, 0o755);
    expect(await publish({ ffmpegCommand })).toMatchObject({
      published: 1,
      silentForFree: 1,
      warnings: [{ path: 'a.wav', reason: expect.stringContaining('it could not be encoded') }],
    });
    expect(await publish()).toMatchObject({ changed: 1, silentForFree: 0, encoded: { tracks: 1 } });
  });
});

describe('which qualities are worth making', () => {
  it('are those below what came, so that nothing grows by being encoded', () => {
    const came = (quality: MediaRecord['quality'], lossless: boolean, kbps: number): MediaRecord => ({
      quality,
      key: 'k',
      sha256: '0'.repeat(64),
      bytes: 1,
      format: {
        codec: 'c',
        contentType: 't',
        lossless,
        sampleRateHz: 44_100,
        channels: 2,
        bitDepth: null,
        bitrateBps: kbps * 1000,
      },
      encoderDelaySamples: null,
      encoderPaddingSamples: null,
      lengthSamples: null,
    });
    const wanted = (...parameters: Parameters<typeof came>): readonly string[] =>
      encodingsOf(came(...parameters)).map(({ quality }) => quality);
    expect(wanted('original', true, 900)).toEqual(['low', 'normal', 'high']);
    expect(wanted('lossless', true, 30)).toEqual(['low', 'normal', 'high']);
    expect(wanted('original', false, 320)).toEqual(['low', 'normal']);
    expect(wanted('original', false, 160)).toEqual(['low']);
    expect(wanted('original', false, 96)).toEqual([]);
  });
});
