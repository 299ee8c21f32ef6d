/**
 * Music that plays on and on, eight minutes of it unless told otherwise (`--size 60` is an hour): what the whole browser takes of
 * memory and processor, how often it wakes, and whether it is ever silent.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { familyOf, usageOf, type Usage } from '../measuring/browser-usage.ts';
import { queueOf } from '../measuring/kept-queue.ts';
import { withKeptQueue } from '../measuring/queue-stand.ts';
import type { Bench } from '../measuring/report.ts';
import { beginMeter, meterSound, readMeter, type MeterReading } from '../measuring/sound-meter.ts';
import { copyAsTrack, encodeTone, type FormatName } from '../measuring/stand.ts';
import { startUnwatchedBrowser } from '../measuring/unwatched-browser.ts';

/** Ends, with what is set up before, within the ten minutes that a bench has. */
const DEFAULT_MINUTES = 8;
const TRACK_SECONDS = 120;
/** One after the other, so that each of them follows another one and is followed by another. */
const FORMATS: readonly FormatName[] = ['mp3', 'flac', 'm4a', 'mp3', 'flac', 'm4a'];
const SAMPLE_MS = 10_000;
/** What a start takes is not playing. */
const SETTLING_MS = 20_000;
const STALL_MS = 50;
const MEGABYTE = 1_000_000;

/** Files of several formats, each track a file of its own. */
const writeLibrary = async (library: string): Promise<void> => {
  const sources = new Map<FormatName, string>();
  for (const [index, format] of FORMATS.entries()) {
    const tone = { format, seconds: TRACK_SECONDS, kilobitsPerSecond: 192 };
    const source = sources.get(format) ?? (await encodeTone(join(library, '..', `tone-${format}`), tone));
    sources.set(format, source);
    const title = `Long ${index + 1}`;
    const target = join(library, `0${index + 1} - ${title}.${format}`);
    await copyAsTrack(source, target, format, { album: 'Hour', title, number: index + 1 });
  }
};

interface Listening {
  readonly samples: readonly Usage[];
  readonly seconds: number;
  readonly reading: MeterReading;
}

const listen = (minutes: number, progress: (sentence: string) => void): Promise<Listening> =>
  withKeptQueue(
    {
      name: 'hour',
      writeLibrary,
      publishOptions: ['--no-analysis', '--no-encode'],
      queueOf: (tracks) => {
        const rounds = Math.ceil((minutes * 60) / (TRACK_SECONDS * tracks.length)) + 1;
        return queueOf(Array.from({ length: rounds }, () => tracks).flat());
      },
      progress,
    },
    async ({ window }) => {
      const browser = await startUnwatchedBrowser();
      try {
        await browser.look(async (page) => {
          // The meter is a script that the app knows nothing of.
          const session = await page.context().newCDPSession(page);
          await session.send('Page.setBypassCSP', { enabled: true });
          await meterSound(page);
          await page.goto(window.shell.url);
          const player = page.getByRole('contentinfo', { name: 'Player' });
          await player.getByRole('button', { name: 'Play', exact: true }).click();
          await player.getByRole('button', { name: 'Pause', exact: true }).waitFor();
          await new Promise((resolve) => setTimeout(resolve, SETTLING_MS));
          await beginMeter(page);
        });
        progress(`Playing for ${minutes} minutes …`);
        const measured = await sampleFor([browser.pid, window.shell.pid], minutes * 60_000);
        return { ...measured, reading: await browser.look(readMeter) };
      } finally {
        await browser.stop();
      }
    },
  );

/** Programs by their processes' ids, and all that came of them. */
const sampleFor = async (programs: readonly number[], ms: number): Promise<Omit<Listening, 'reading'>> => {
  const sample = async (): Promise<Usage> => usageOf((await Promise.all(programs.map(familyOf))).flat());
  const startedAt = performance.now();
  const samples = [await sample()];
  while (performance.now() - startedAt < ms) {
    await new Promise((resolve) => setTimeout(resolve, SAMPLE_MS));
    samples.push(await sample());
  }
  return { samples, seconds: (performance.now() - startedAt) / 1000 };
};

interface Bare {
  readonly memoryBytes: number;
  readonly privateBytes: number;
  /** Of one core. */
  readonly share: number;
  readonly wakeUpsPerSecond: number;
}

/** What the same browser takes to play a file by itself, with no app around it. */
const playBare = async (): Promise<Bare> => {
  const folder = await mkdtemp(join(tmpdir(), 'riffle-bench-hour-bare-'));
  const browser = await startUnwatchedBrowser();
  try {
    const tone = { format: 'mp3', seconds: TRACK_SECONDS, kilobitsPerSecond: 192 } as const;
    const address = pathToFileURL(await encodeTone(join(folder, 'tone'), tone)).href;
    await browser.look(async (page) => {
      await page.goto(address);
      await page.waitForFunction(
        (seconds) => (document.querySelector('video')?.currentTime ?? 0) > seconds,
        SETTLING_MS / 1000,
        { timeout: SETTLING_MS * 3 },
      );
    });
    const { samples, seconds } = await sampleFor([browser.pid], SAMPLE_MS);
    const [before, after] = [samples[0], samples.at(-1)];
    if (before === undefined || after === undefined) throw new Error('nothing was measured');
    return {
      memoryBytes: after.memoryBytes,
      privateBytes: after.privateBytes,
      share: (after.cpuSeconds - before.cpuSeconds) / seconds,
      wakeUpsPerSecond: (after.wakeUps - before.wakeUps) / seconds,
    };
  } finally {
    await browser.stop();
    await rm(folder, { recursive: true, force: true });
  }
};

export const bench: Bench = {
  summary: 'eight minutes of play (--size: minutes): memory, processor, wake-ups, stalls',
  async run({ size, progress }) {
    const minutes = size ?? DEFAULT_MINUTES;
    const bare = await playBare();
    const { samples, seconds, reading } = await listen(minutes, progress);
    const [first] = samples;
    const last = samples.at(-1);
    if (first === undefined || last === undefined) throw new Error('nothing was measured');
    const memory = samples.map(({ privateBytes }) => privateBytes / MEGABYTE);
    const shared = samples.map(({ memoryBytes }) => memoryBytes / MEGABYTE);
    const half = Math.floor(memory.length / 2);
    const mean = (some: readonly number[]): number => some.reduce((sum, each) => sum + each, 0) / some.length;
    const growth = mean(memory.slice(half)) - mean(memory.slice(0, half));
    const stalls = reading.silences.filter(({ ms }) => ms >= STALL_MS);
    return {
      tables: [
        {
          title: `${minutes} minutes of play: the whole browser and the app's own process`,
          columns: ['what', 'app', 'the browser by itself'],
          rows: [
            ['memory at first, MB', memory[0] ?? Number.NaN, bare.privateBytes / MEGABYTE],
            ['memory at most, MB', Math.max(...memory), ''],
            ['second half above the first, MB', growth, ''],
            ['with the programs’ files, at most, MB', Math.max(...shared), bare.memoryBytes / MEGABYTE],
            [
              'processor, % of one core',
              ((last.cpuSeconds - first.cpuSeconds) / seconds) * 100,
              bare.share * 100,
            ],
            ['wake-ups a second', (last.wakeUps - first.wakeUps) / seconds, bare.wakeUpsPerSecond],
            [`silences of ${STALL_MS} ms and more`, stalls.length, ''],
            ['heard, s', reading.soundMs / 1000, ''],
          ],
        },
      ],
      budgets: [
        { id: 'hour.memory', value: Math.max(...memory), unit: 'MB', limit: 350 },
        { id: 'hour.growth', value: growth, unit: 'MB from half to half', limit: 20 },
        { id: 'hour.stalls', value: stalls.length, unit: 'silences', limit: 0 },
        {
          id: 'hour.silent',
          value: seconds - reading.soundMs / 1000,
          unit: 's not heard',
          limit: 1,
        },
      ],
      notes: [
        'Memory is what the processes hold that is no file’s, as the task managers of Windows and macOS count it (anonymous and shared memory of PSS); with files: PSS. Wake-ups are voluntary switches of all threads.',
        'By itself: an mp3 in a tab of its own, after as long as the app is given to settle.',
        'No DevTools while it plays: a page that is driven keeps what it received. Headless Chromium without a sound card, with what it holds for tabs and menus of its own.',
      ],
    };
  },
};
