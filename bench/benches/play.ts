/**
 * From a press, "Next" or a seek to the sound, in a warm app against a bare media element, taken in turns in the same browser: music that
 * is on disk, that was fetched ahead, and that an edge 20, 50 and 100 ms away has, or has to fetch first.
 */
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildIfStale } from '../../scripts/start/build-if-stale.ts';
import type { ShapedLinkOptions } from '../../tests/network-link/shaped-link.ts';
import { openLane, type Lane } from '../measuring/lane.ts';
import { GOOD_LINK } from '../measuring/links.ts';
import { publishAlbums } from '../measuring/music.ts';
import type { Bench, Budget } from '../measuring/report.ts';
import { launchBrowser, root } from '../measuring/stand.ts';
import { summarise } from '../measuring/statistics.ts';
import { pressUncached, seekUncached, WARM_UPS, type Sides } from './network/latency.ts';
import { nextPrefetched, pressCached, seekCached, type Pair } from './play/situations.ts';

/** With this many it ends within the ten minutes that a bench has. */
const DEFAULT_TRIES = 12;
/** There and back. */
const EDGES_MS = [20, 50, 100] as const;
/** What an edge without the object waits for its first byte from S3. */
const MISS_MS = 150;
const MISS_EDGE_MS = 20;
const FAR_EDGE_MS = 50;

const edgeAt = (roundTripMs: number): ShapedLinkOptions => ({
  shape: { ...GOOD_LINK, delayMs: roundTripMs / 2, connectMs: roundTripMs },
});

const SIDES = { app: 'app', bare: 'bare', asking: 'bare, asks for the address' } as const;

const rowsOf = (name: string, sides: Partial<Sides>): readonly (string | number)[][] =>
  (['app', 'bare', 'asking'] as const).flatMap((side) => {
    const samples = sides[side];
    if (samples === undefined) return [];
    const { count, p50, p95, max } = summarise(samples);
    return [[`${name}: ${SIDES[side]}`, count, p50, p95, max]];
  });

const medianOf = (samples: readonly number[]): number => summarise(samples).p50;

const ratioOf = (id: string, app: readonly number[], other: readonly number[]): Budget => ({
  id: `play.${id}.ratio`,
  value: medianOf(app) / medianOf(other),
  unit: 'x bare',
  limit: 1.15,
});

/** A blink of the audio device: without a sound card the browser takes blocks of some 10 ms. */
const BLOCK_MS = 10;

/** Where both take next to nothing, a ratio tells of blocks of the device and not of the app. */
const beyondOf = (id: string, { app, bare }: Pair, limit: number): Budget => ({
  id: `play.${id}.beyond`,
  value: medianOf(app) - medianOf(bare),
  unit: 'ms after the bare element',
  limit,
});

export const bench: Bench = {
  summary:
    'press, "Next" and seek → first sound, against a bare <audio>: on disk, fetched ahead, edges at 20 to 100 ms, S3 miss',
  async run({ size, progress }) {
    const tries = size ?? DEFAULT_TRIES;
    buildIfStale(root);
    const folder = await mkdtemp(join(tmpdir(), 'riffle-bench-play-'));
    const storeFolder = join(folder, 'store');
    await mkdir(storeFolder);
    const browser = await launchBrowser();
    let open: Lane | null = null;
    const on = async <Result>(
      name: string,
      link: ShapedLinkOptions,
      measure: (lane: Lane) => Promise<Result>,
    ): Promise<Result> => {
      progress(`Measuring ${name} …`);
      const lane = await openLane({ name: name.replaceAll(/\W+/g, '-'), folder, storeFolder, browser, link });
      open = lane;
      const result = await measure(lane);
      await lane.close();
      open = null;
      return result;
    };
    try {
      progress('Encoding and publishing the music …');
      const tracks = tries + WARM_UPS;
      const mp3 = { format: 'mp3', kilobitsPerSecond: 320 } as const;
      await publishAlbums(folder, storeFolder, [
        { title: 'Press', tracks, tone: { ...mp3, seconds: 30 } },
        { title: 'Seek', tracks, tone: { ...mp3, seconds: 240, quietSeconds: 20 } },
      ]);

      const here = await on('what is on disk', {}, async (lane) => ({
        press: await pressCached(lane, 'Press', tries),
        seek: await seekCached(lane, 'Seek', tries),
      }));
      const next = await on(`what was fetched ahead over ${FAR_EDGE_MS} ms`, edgeAt(FAR_EDGE_MS), (lane) =>
        nextPrefetched(lane, 'Press', tries),
      );
      const edges = new Map<number, Sides>();
      for (const edgeMs of EDGES_MS) {
        const sides = await on(`an edge at ${edgeMs} ms`, edgeAt(edgeMs), (lane) =>
          pressUncached(lane, 'Press', tries),
        );
        edges.set(edgeMs, sides);
      }
      const miss = await on(
        'an edge that has to ask S3',
        {
          ...edgeAt(MISS_EDGE_MS),
          thinkingMs: ({ path }) => (path.startsWith('/objects/audio/') ? MISS_MS : 0),
        },
        (lane) => pressUncached(lane, 'Press', tries),
      );
      const farSeek = await on(`seeks over ${FAR_EDGE_MS} ms`, edgeAt(FAR_EDGE_MS), (lane) =>
        seekUncached(lane, 'Seek', tries),
      );

      const columns = ['what', 'tries', 'p50', 'p95', 'max'];
      return {
        tables: [
          {
            title: 'Press → first sound, milliseconds',
            columns,
            rows: [
              ...rowsOf('on disk', here.press),
              ...[...edges].flatMap(([edgeMs, sides]) => rowsOf(`edge at ${edgeMs} ms`, sides)),
              ...rowsOf(`edge at ${MISS_EDGE_MS} ms, S3 after ${MISS_MS} ms`, miss),
            ],
          },
          {
            title: '"Next" → first sound, from a pause, milliseconds',
            columns,
            rows: rowsOf(`fetched ahead over ${FAR_EDGE_MS} ms`, next),
          },
          {
            title: 'Seek → sound, milliseconds',
            columns,
            rows: [
              ...rowsOf('on disk', here.seek),
              ...rowsOf(`not fetched, edge at ${FAR_EDGE_MS} ms`, farSeek),
            ],
          },
        ],
        budgets: [
          { id: 'play.cached.p95', value: summarise(here.press.app).p95, unit: 'ms', limit: 60 },
          ratioOf('cached', here.press.app, here.press.bare),
          beyondOf('next.prefetched', next, 2 * BLOCK_MS),
          beyondOf('seek.cached', here.seek, 2 * BLOCK_MS),
          ...[...edges].map(([edgeMs, sides]) => ratioOf(`edge-${edgeMs}`, sides.app, sides.asking)),
          { id: 'play.edge-20.p50', value: medianOf(edges.get(20)?.app ?? []), unit: 'ms', limit: 120 },
          { id: 'play.miss.p95', value: summarise(miss.app).p95, unit: 'ms', limit: 350 },
          ratioOf('miss', miss.app, miss.asking),
          ratioOf('seek.edge', farSeek.app, farSeek.bare),
        ],
        notes: [
          'Heard at the audio output. Without a sound card the browser takes blocks of about 10 ms: single figures are that coarse.',
          'Ratios over a link are to an element that asks the service for the address first, for nobody has it beforehand.',
          'The element that "Next" is held against had loaded as much as it wanted before it was told to play.',
        ],
      };
    } finally {
      await (open as Lane | null)?.close();
      await browser.close();
      await rm(folder, { recursive: true, force: true });
    }
  },
};
