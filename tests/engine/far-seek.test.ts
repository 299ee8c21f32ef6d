import { execFile } from 'node:child_process';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Route } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findFfmpeg } from '../../src/catalog/publish/ffmpeg.ts';
import { readSeekPoints } from '../../src/catalog/publish/read-seek-points.ts';
import { audioFactsToHeader } from '../../src/contract/audio-facts.ts';
import type { SeekPoints } from '../../src/contract/seek-points.ts';
import { seekPointsUrl } from '../../src/contract/track-url.ts';
import { temporaryFolder } from '../publish/publisher-harness.ts';
import { browserIsHere, openSoundPage, type SoundPage } from '../sound/sound-page.ts';
import type { SeekReport } from './seek-lab.ts';

const run = promisify(execFile);
const ffmpeg = await findFfmpeg('ffmpeg', 1);
const SECONDS = 12;
/** Not at the beginning of a frame, nor of a point. */
const SEEKS_S = [7.123, 10.507];
const MP3_DELAY = 1105;
/** What the window asks for first. */
const HEAD_BYTES = 128 * 1024;
const mp3 = ['-c:a', 'libmp3lame'] as const;
const flac = ['-c:a', 'flac', '-sample_fmt', 's16'] as const;

interface Kind {
  readonly name: string;
  readonly codec: readonly string[];
  readonly rateHz?: number;
  readonly channels?: number;
  readonly delaySamples?: number;
}

/** What the page found, and what it asked for, the decode in one go apart. */
interface Outcome {
  readonly report: SeekReport;
  readonly fileBytes: number;
  /** Where the ranges begin. */
  readonly asked: readonly number[];
  readonly pointsAsked: number;
}

describe.skipIf(ffmpeg === null || !browserIsHere)('seeking far in a file without an index', () => {
  let scratch: Awaited<ReturnType<typeof temporaryFolder>>;
  let sound: SoundPage;

  beforeAll(async () => {
    scratch = await temporaryFolder();
    sound = await openSoundPage('tests/engine/seek-lab.ts');
  }, 20_000);
  afterAll(async () => {
    await sound.close();
    await scratch[Symbol.asyncDispose]();
  });

  const encode = async ({ name, codec, rateHz = 44_100, channels = 2 }: Kind): Promise<string> => {
    const path = join(scratch.path, name);
    const tone = `aevalsrc='0.4*sin(2*PI*441*t)*sin(t)+0.3*(random(0)-0.5)*sin(t/2)':s=${rateHz}:d=${SECONDS}`;
    const input = ['-f', 'lavfi', '-i', tone, '-ac', String(channels)];
    await run('ffmpeg', ['-v', 'error', '-y', ...input, ...codec, path]);
    return path;
  };
  const pointsOf = async (path: string): Promise<SeekPoints | null> =>
    readSeekPoints(path, (await stat(path)).size, new AbortController().signal);

  const seekIn = async (path: string, kind: Kind, points: SeekPoints | null): Promise<Outcome> => {
    const { rateHz = 44_100, delaySamples = 0, name } = kind;
    const file = await readFile(path);
    const asked: number[] = [];
    let pointsAsked = 0;
    const lengthSamples = SECONDS * rateHz;
    const codec = name.slice(name.lastIndexOf('.') + 1);
    const facts = audioFactsToHeader({ sampleRateHz: rateHz, lengthSamples, delaySamples, codec });
    const answer = (route: Route, note: (first: number) => void): Promise<void> => {
      const range = route.request().headers()['range'] ?? '';
      const [, first = '0', last = ''] = /bytes=(\d+)-(\d*)/.exec(range) ?? [];
      note(Number(first));
      const end = last === '' ? file.length : Math.min(file.length, Number(last) + 1);
      return route.fulfill({
        status: 206,
        headers: { 'content-range': `bytes ${first}-${end - 1}/${file.length}`, 'riffle-audio': facts },
        body: file.subarray(Number(first), end),
      });
    };
    const [track, whole] = [`https://riffle.test/tracks/${name}`, `https://riffle.test/whole/${name}`];
    await sound.page.route(track, (route) => answer(route, (first) => asked.push(first)));
    await sound.page.route(whole, (route) => answer(route, () => undefined));
    await sound.page.route(seekPointsUrl(track), (route) => {
      pointsAsked += 1;
      return points === null ? route.fulfill({ status: 404 }) : route.fulfill({ json: points });
    });
    const report = await sound.page.evaluate(
      ([address, other, places]) => window.seekLab.compare(address, other, places),
      [track, whole, SEEKS_S.map((seconds) => Math.round(seconds * rateHz))] as const,
    );
    return { report, fileBytes: file.length, asked, pointsAsked };
  };

  /** Everything from each place on, and not one sample otherwise than without a seek. */
  const exact = (rateHz: number): SeekReport => ({
    samples: SECONDS * rateHz,
    seeks: SEEKS_S.map((seconds) => ({
      samples: SECONDS * rateHz - Math.round(seconds * rateHz),
      largestDifference: 0,
    })),
  });

  const LOW: Kind = {
    name: 'low.mp3',
    codec: [...mp3, '-b:a', '32k'],
    channels: 1,
    delaySamples: MP3_DELAY,
  };

  it.each<Kind>([
    { name: 'variable.mp3', codec: [...mp3, '-q:a', '2'], delaySamples: MP3_DELAY },
    LOW,
    { name: 'bare.mp3', codec: [...mp3, '-b:a', '128k', '-write_xing', '0'], delaySamples: MP3_DELAY },
    {
      name: 'half.mp3',
      codec: [...mp3, '-b:a', '64k'],
      rateHz: 22_050,
      channels: 1,
      delaySamples: MP3_DELAY,
    },
    { name: 'plain.aac', codec: ['-c:a', 'aac', '-b:a', '128k'], delaySamples: 1024 },
  ])('gives the samples of a decode in one go: $name', async (kind) => {
    const path = await encode(kind);
    const { report, pointsAsked } = await seekIn(path, kind, await pointsOf(path));

    expect(report).toEqual(exact(kind.rateHz ?? 44_100));
    expect(pointsAsked).toBe(SEEKS_S.length);
  });

  it.each<Kind>([
    { name: 'large.mp3', codec: [...mp3, '-b:a', '320k'], delaySamples: MP3_DELAY },
    { name: 'large.flac', codec: flac },
  ])('asks for nothing of what lies between: $name', async (kind) => {
    const path = await encode(kind);
    const { report, asked, fileBytes } = await seekIn(path, kind, await pointsOf(path));

    expect(report).toEqual(exact(44_100));
    const [, last = 0] = SEEKS_S;
    expect(Math.max(...asked)).toBeGreaterThan(((last - 2) / SECONDS) * fileBytes);
    expect(asked.filter((first) => first > 0 && first < 0.4 * fileBytes && first !== HEAD_BYTES)).toEqual([]);
  });

  it('is exact behind a picture, and past what is no frame', async () => {
    const kind: Kind = { name: 'worn.mp3', codec: [...mp3, '-b:a', '128k'], delaySamples: MP3_DELAY };
    const path = await encode(kind);
    const sound = await readFile(path);
    const picture = Buffer.concat([
      Buffer.from('ID3\x03\0\0\0\x04\0\0', 'latin1'),
      Buffer.alloc(4 * 128 * 128),
    ]);
    const middle = sound.length / 2;
    const junk = Buffer.alloc(5_000, 'no frame');
    await writeFile(path, Buffer.concat([picture, sound.subarray(0, middle), junk, sound.subarray(middle)]));

    const { report } = await seekIn(path, kind, await pointsOf(path));

    expect(report.seeks.map(({ largestDifference }) => largestDifference)).toEqual([0, 0]);
  });

  const ASTRAY: SeekPoints = { everySamples: 44_100, firstByte: 99, steps: [99, 99, 99, 99, 99, 99, 99] };

  it.each([
    ['nobody knows them', LOW, null],
    ['they lead past the end', { name: 'short.flac', codec: flac }, { ...ASTRAY, firstByte: 1e9 }],
    ['they lead to no frames', { name: 'other.flac', codec: flac }, ASTRAY],
  ])('finds it all the same where %s', async (_why, kind: Kind, points) => {
    expect((await seekIn(await encode(kind), { ...kind, name: `all-${kind.name}` }, points)).report).toEqual(
      exact(44_100),
    );
  });
});
