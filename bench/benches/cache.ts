/**
 * The track cache: how soon what is on the disk sounds, what a play costs the edge and the disk, what sealing costs, and what
 * ten thousand tracks cost.
 */
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildIfStale } from '../../scripts/start/build-if-stale.ts';
import { openLane, type Lane } from '../measuring/lane.ts';
import { GOOD_LINK } from '../measuring/links.ts';
import { publishAlbums } from '../measuring/music.ts';
import type { Bench, Budget } from '../measuring/report.ts';
import { launchBrowser, root, type FormatName } from '../measuring/stand.ts';
import { summarise } from '../measuring/statistics.ts';
import { pressCached, type CachedTimes } from './cache/cached.ts';
import { measureEncryption } from './cache/encryption.ts';
import { measureEntries } from './cache/entries.ts';
import { playInFull, type FullPlay } from './cache/full-play.ts';
import { writesWhileIdle } from './cache/idle.ts';

/** Presses; everything else is a share of its own default. */
const DEFAULT_TRIES = 40;
const IDLE_SECONDS = 300;
const FULL_PLAY_SECONDS = 240;
const ENTRIES = 10_000;
const ENCRYPTED_MEGABYTES = 100;
const KILOBITS = 256;
const PLAYED_IN_FULL: readonly FormatName[] = ['mp3', 'flac', 'm4a', 'late m4a', 'ogg'];
/** Chromium looks at the end of an ogg for its length, and of an mp4 whose index stands there for all of it. */
const ONE_REQUEST: ReadonlySet<FormatName> = new Set(['mp3', 'flac', 'm4a']);
const SEEK_FORMATS = ['mp3', 'm4a', 'flac'] as const;

const milliseconds = (name: string, samples: readonly number[]): (string | number)[] => {
  const { count, p50, p95, max } = summarise(samples);
  return [name, count, p50, p95, max];
};

const rangesOf = ({ ranges }: FullPlay): string =>
  ranges.map((range) => range?.replace('bytes=', '') ?? 'all').join(', ');

export const bench: Bench = {
  summary: 'cached press and seek, requests and disk writes of a play, idle writes, sealing, 10,000 tracks',
  async run({ size, progress }) {
    const tries = size ?? DEFAULT_TRIES;
    const share = Math.min(1, tries / DEFAULT_TRIES);
    const idleMs = Math.max(10, IDLE_SECONDS * share) * 1000;
    const fullSeconds = Math.max(10, Math.round(FULL_PLAY_SECONDS * share));
    const entries = Math.max(100, Math.round(ENTRIES * share));
    const seekTries = Math.max(2, Math.round(tries / 2));
    buildIfStale(root);
    const folder = await mkdtemp(join(tmpdir(), 'riffle-bench-cache-'));
    const storeFolder = join(folder, 'store');
    await mkdir(storeFolder);
    const opened = new Set<Lane>();
    const browser = await launchBrowser();
    const lane = async (name: string): Promise<Lane> => {
      const made = await openLane({ name, folder, storeFolder, browser, link: { shape: GOOD_LINK } });
      opened.add(made);
      return made;
    };
    const done = async (...lanes: readonly Lane[]): Promise<void> => {
      for (const one of lanes) {
        opened.delete(one);
        await one.close();
      }
    };
    try {
      progress('Encoding and publishing the music …');
      await publishAlbums(folder, storeFolder, [
        { title: 'Press', tracks: 12, tone: { format: 'mp3', seconds: 60, kilobitsPerSecond: 320 } },
        ...SEEK_FORMATS.map((format) => ({
          title: `Far ${format}`,
          tracks: 3,
          tone: { format, seconds: 240, kilobitsPerSecond: 320, quietSeconds: 20 },
        })),
        ...PLAYED_IN_FULL.map((format) => ({
          title: `Full ${format}`,
          tracks: 1,
          tone: { format, seconds: fullSeconds, kilobitsPerSecond: KILOBITS },
        })),
        { title: 'Idle', tracks: 3, tone: { format: 'mp3', seconds: 60, kilobitsPerSecond: KILOBITS } },
      ]);

      progress(
        `Idle for ${idleMs / 1000} s; meanwhile ${PLAYED_IN_FULL.length} full plays of ${fullSeconds} s …`,
      );
      const idle = (async () => {
        const one = await lane('idle');
        const bytes = await writesWhileIdle(one, 'Idle', idleMs);
        await done(one);
        return bytes;
      })();
      const full = PLAYED_IN_FULL.map(async (format) => {
        const one = await lane(`full-${format}`);
        const play = await playInFull(one, `Full ${format}`, fullSeconds * 1000);
        await done(one);
        return { format, ...play };
      });
      // Neither touches the processes that are watched meanwhile.
      const rest = (async () => {
        const sealing = await measureEncryption(join(folder, 'sealing'), ENCRYPTED_MEGABYTES);
        progress(`Sealing is measured; filling a cache with ${entries} tracks …`);
        return { sealing, many: await measureEntries(join(folder, 'many'), entries) };
      })();
      const [idleBytes, plays, { sealing, many }] = await Promise.all([idle, Promise.all(full), rest]);

      progress(`Pressing play ${tries} times each, cached …`);
      const sides = [await lane('app'), await lane('bare')] as const;
      const pressed = await pressCached(...sides, 'Press', { tries, seeks: false });
      const sought: Record<string, CachedTimes> = {};
      for (const format of SEEK_FORMATS) {
        progress(`Seeking ${seekTries} times each in ${format}, cached …`);
        sought[format] = await pressCached(...sides, `Far ${format}`, { tries: seekTries, seeks: true });
      }
      await done(...sides);

      const app = summarise(pressed.app);
      const written = plays.map(({ writtenBytes, audioBytes }) =>
        writtenBytes === null ? null : writtenBytes / audioBytes,
      );
      const measuredWrites = plays
        .filter(({ format }) => ONE_REQUEST.has(format))
        .flatMap(({ writtenBytes, audioBytes }) => (writtenBytes === null ? [] : writtenBytes / audioBytes));
      const idlePerHour = idleBytes === null ? null : (idleBytes / 1e6 / idleMs) * 3_600_000;
      const budgets: Budget[] = [
        { id: 'cache.play.p95', value: app.p95, unit: 'ms', limit: 60 },
        {
          id: 'cache.play.ratio',
          value: app.p50 / summarise(pressed.bare).p50,
          unit: 'x bare',
          limit: 1.15,
        },
        {
          id: 'cache.seek.p95',
          value: summarise(sought['mp3']?.appSeeks ?? []).p95,
          unit: 'ms',
          limit: 150,
        },
        ...plays
          .filter(({ format }) => ONE_REQUEST.has(format))
          .map(({ format, mediaRequests }) => ({
            id: `cache.requests.${format}`,
            value: mediaRequests,
            unit: 'requests',
            limit: 1,
          })),
        ...(measuredWrites.length === 0
          ? []
          : [
              {
                id: 'cache.disk.playing',
                value: Math.max(...measuredWrites),
                unit: 'x audio',
                limit: 1.05,
              },
            ]),
        ...(idlePerHour === null
          ? []
          : [{ id: 'cache.disk.idle', value: idlePerHour, unit: 'MB an hour', limit: 1 }]),
      ];
      return {
        tables: [
          {
            title: 'Press play → first sound, cached on the disk, milliseconds',
            columns: ['what', 'tries', 'p50', 'p95', 'max'],
            rows: [milliseconds('app', pressed.app), milliseconds('bare', pressed.bare)],
          },
          {
            title: 'Seek → sound in a cached track of four minutes, milliseconds',
            columns: ['what', 'tries', 'p50', 'p95', 'max'],
            rows: Object.entries(sought).flatMap(([format, times]) => [
              milliseconds(`${format}, app`, times.appSeeks),
              milliseconds(`${format}, bare`, times.bareSeeks),
            ]),
          },
          {
            title: `One full play of ${fullSeconds} s over 20 ms and 50 Mbit/s`,
            columns: ['format', 'media requests', 'ranges', 'audio MB', 'written ÷ audio', 'heard s'],
            rows: plays.map((play, index) => [
              play.format,
              play.mediaRequests,
              rangesOf(play),
              play.audioBytes / 1e6,
              written[index]?.toFixed(3) ?? 'skipped: needs /proc',
              play.heardMs / 1000,
            ]),
          },
          {
            title: 'Disk writes of an idle app, paused',
            columns: ['over s', 'bytes', 'MB an hour'],
            rows: [[idleMs / 1000, idleBytes ?? 'skipped: needs /proc', idlePerHour ?? '']],
          },
          {
            title: `Cost of sealing, ${ENCRYPTED_MEGABYTES} MB at a time, median of five`,
            columns: ['what', 'CPU s per GB', 'MB a second'],
            rows: sealing.map((cost) => [cost.what, cost.cpuSecondsPerGigabyte, cost.megabytesPerSecond]),
          },
          {
            title: `${many.entries} sealed tracks in one folder`,
            columns: ['what', 'ms', 'longest pause ms'],
            rows: [
              ['filled', many.fillMs, ''],
              ['start, until they are known', many.startMs, many.startBlockedMs],
              ['looked through, behind that', many.scanMs, many.scanBlockedMs],
              ['the same start, index lost', many.rebuildMs, many.rebuildBlockedMs],
              [`${many.evicted} evicted at once`, many.evictMs, many.evictBlockedMs],
              ['one more into the full cache', many.oneMoreMs, ''],
            ],
          },
        ],
        budgets,
        notes: [
          'Cached music goes through the same steps as any other: decrypted and checked as it is read.',
          `Media requests are counted at the edge. Without a budget, for Chromium looks at their end first, in a request of its own while the rest is not there: ${plays
            .filter(({ format }) => !ONE_REQUEST.has(format))
            .map(({ format, mediaRequests }) => `${format} ${mediaRequests}`)
            .join(', ')}.`,
          'Written is what the system counts for the app’s process (write_bytes in /proc/<pid>/io), its notes and saved positions included; the file system’s own journal is not.',
          'Without a sound card: the browser’s fake sink takes blocks of about 10 ms, so single figures are that coarse.',
          ...(idleBytes === null ? ['Disk writes were skipped: this system has no /proc/<pid>/io.'] : []),
        ],
      };
    } finally {
      for (const one of opened) await one.close();
      await browser.close();
      await rm(folder, { recursive: true, force: true });
    }
  },
};
