/**
 * The network in between: plays over a link that is hardly faster than the music, a tunnel in the middle of a track, and how
 * soon a press or a seek sounds over a good link. Everything is real but the link, which is played on loopback.
 */
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildIfStale } from '../../scripts/start/build-if-stale.ts';
import { farLink, GOOD_LINK } from '../measuring/links.ts';
import { openBare } from '../measuring/players.ts';
import type { Bench } from '../measuring/report.ts';
import { launchBrowser, root } from '../measuring/stand.ts';
import { summarise } from '../measuring/statistics.ts';
import { openLane, type Lane } from '../measuring/lane.ts';
import { pressUncached, seekUncached, WARM_UPS, type Sides } from './network/latency.ts';
import { addressOf, albumOf, publishAlbums } from '../measuring/music.ts';
import { HANDOVER_MS, listenToBare, listenToPairs, STALL_MS, type PlayRecord } from './network/thin-link.ts';
import { playThroughCut } from './network/tunnel.ts';

const DEFAULT_PLAYS = 200;
/** Listeners at the same time: as many as two cores carry without being heard. */
const LANES = 4;
/** Bare elements beside them, each on such a link of its own. */
const BARE_LANES = 1;
const THIN_SECONDS = 8;
const THIN_KILOBITS = 192;
const TUNNEL_SECONDS = 24;
const CUT_MS = 20_000;
/** Of each 200 plays on the thin link, so many presses and seeks on the good one. */
const TRIES_PER_PLAY = 24 / DEFAULT_PLAYS;
const SEEKS_PER_PLAY = 16 / DEFAULT_PLAYS;
const MISS_MS = 150;

const THIN = farLink(THIN_KILOBITS * 1.2);
const ROOMY = farLink(THIN_KILOBITS * 12);

const stallsOf = (plays: readonly PlayRecord[]): number =>
  plays.filter(({ stallsMs }) => stallsMs.length > 0).length;

const latencyRows = (name: string, sides: Partial<Sides>): (string | number)[][] =>
  Object.entries({
    app: sides.app,
    'bare, address known': sides.bare,
    'bare, asks for the address': sides.asking,
  }).flatMap(([side, samples]) => {
    if (samples === undefined) return [];
    const { p50, p95, max } = summarise(samples);
    return [[`${name}, ${side}`, samples.length, p50, p95, max]];
  });

export const bench: Bench = {
  summary: 'stalls on a thin link, a tunnel, press play and seek over 20 ms and 50 Mbit/s',
  async run({ size, progress }) {
    const wanted = size ?? DEFAULT_PLAYS;
    const lanes = Math.min(LANES, Math.ceil(wanted / 2));
    const pairs = Math.ceil(wanted / 2 / lanes);
    const tries = Math.max(3, Math.round(wanted * TRIES_PER_PLAY));
    const seekTries = Math.max(3, Math.round(wanted * SEEKS_PER_PLAY));
    buildIfStale(root);
    const folder = await mkdtemp(join(tmpdir(), 'riffle-bench-network-'));
    const storeFolder = join(folder, 'store');
    await mkdir(storeFolder);
    const opened = new Set<Lane>();
    const browser = await launchBrowser();
    const lane = async (name: string, link: Parameters<typeof openLane>[0]['link']): Promise<Lane> => {
      const made = await openLane({ name, folder, storeFolder, browser, link });
      opened.add(made);
      return made;
    };
    const done = async (one: Lane): Promise<void> => {
      opened.delete(one);
      await one.close();
    };
    try {
      progress('Encoding and publishing the music …');
      const mp3 = { format: 'mp3' } as const;
      await publishAlbums(folder, storeFolder, [
        {
          title: 'Thin',
          tracks: pairs * 4 + 4,
          tone: { ...mp3, seconds: THIN_SECONDS, kilobitsPerSecond: THIN_KILOBITS },
        },
        {
          title: 'Tunnel',
          tracks: 4,
          tone: { ...mp3, seconds: TUNNEL_SECONDS, kilobitsPerSecond: THIN_KILOBITS },
        },
        { title: 'Press', tracks: tries + WARM_UPS, tone: { ...mp3, seconds: 30, kilobitsPerSecond: 320 } },
        ...(['mp3', 'm4a', 'flac'] as const).map((format) => ({
          title: `Far ${format}`,
          tracks: seekTries + WARM_UPS,
          tone: { format, seconds: 240, kilobitsPerSecond: 320, quietSeconds: 20 },
        })),
      ]);

      progress('Playing through two tunnels …');
      const tunnels = (['silent', 'reset'] as const).map(async (kind) => {
        const one = await lane(`tunnel-${kind}`, { shape: ROOMY });
        const outcome = await playThroughCut(one, {
          album: 'Tunnel',
          trackMs: TUNNEL_SECONDS * 1000,
          kind,
          cutMs: CUT_MS,
        });
        await done(one);
        return { kind, ...outcome };
      });
      const cuts = await Promise.all(tunnels);

      progress(`Listening to ${lanes * pairs * 2} plays on ${lanes} thin links …`);
      const plays: PlayRecord[] = [];
      const thin = Array.from({ length: lanes }, async (_, index) => {
        const one = await lane(`thin-${index}`, { shape: THIN, seed: index + 1 });
        await listenToPairs({
          page: one.page,
          shellUrl: one.shell.url,
          albumId: (await albumOf(one.service.url, 'Thin')).id,
          pairs,
          trackMs: THIN_SECONDS * 1000,
          onPlays: (more) => {
            plays.push(...more);
            if (stallsOf(more) > 0) progress(`A play stalled: ${JSON.stringify(more)}`);
          },
        });
        await done(one);
      });
      const barePlays: PlayRecord[] = [];
      const bare = Array.from({ length: Math.min(BARE_LANES, lanes) }, async (_, index) => {
        const one = await lane(`bare-${index}`, { shape: THIN, seed: 100 + index });
        const { tracks } = await albumOf(one.service.url, 'Thin');
        const ids = tracks.slice(0, pairs * 2).map(({ id }) => id);
        await openBare(one.page, `${one.link.url}/v1/service`);
        await listenToBare({
          page: one.page,
          addresses: await Promise.all(ids.map((id) => addressOf(one.service.url, id))),
          trackMs: THIN_SECONDS * 1000,
          onPlay: (play) => barePlays.push(play),
        });
        await done(one);
      });
      await Promise.all([...thin, ...bare]);

      progress(`Pressing play ${tries} times each over 20 ms and 50 Mbit/s …`);
      const near = await lane('near', { shape: GOOD_LINK });
      const warm = await pressUncached(near, 'Press', tries);
      progress(`The same with ${MISS_MS} ms more before the first byte …`);
      const missing = await lane('miss', {
        shape: GOOD_LINK,
        thinkingMs: ({ path }) => (path.startsWith('/objects/audio/') ? MISS_MS : 0),
      });
      const miss = await pressUncached(missing, 'Press', tries);
      await done(missing);
      const seeks: Record<string, Pick<Sides, 'app' | 'bare'>> = {};
      for (const format of ['mp3', 'm4a', 'flac'] as const) {
        progress(`Seeking in ${format} where nothing has been fetched …`);
        seeks[format] = await seekUncached(near, `Far ${format}`, seekTries);
      }
      await done(near);

      const starts = plays.flatMap(({ startMs }) => startMs ?? []);
      const handovers = plays.flatMap(({ handoverMs }) => handoverMs ?? []);
      const gaps = plays.flatMap(({ stallsMs }) => stallsMs);
      const seekP95s = Object.values(seeks).map(({ app }) => summarise(app).p95);
      const millisecondRow = (name: string, samples: readonly number[]): (string | number)[] => {
        const { count, p50, p95, max } = summarise(samples);
        return [name, count, p50, p95, max];
      };
      return {
        tables: [
          {
            title: `Link of 1.2 × ${THIN_KILOBITS} kbit/s, 100 ms there and back with jitter: ${plays.length} plays of ${THIN_SECONDS} s`,
            columns: ['what', 'count', 'p50 ms', 'p95 ms', 'max ms'],
            rows: [
              ['plays with a stall', stallsOf(plays), '', '', ''],
              [`the same of ${barePlays.length} plays of a bare element`, stallsOf(barePlays), '', '', ''],
              gaps.length === 0 ? ['stalls', 0, '', '', ''] : millisecondRow('stalls', gaps),
              millisecondRow('press → first sound, uncached', starts),
              millisecondRow(
                'the same, a bare element',
                barePlays.flatMap(({ startMs }) => startMs ?? []),
              ),
              millisecondRow('silence before the next track of the queue', handovers),
            ],
          },
          {
            title: `Link cut for ${CUT_MS / 1000} s in the middle of a track, with it and the next one here`,
            columns: ['cut', 'next was here', 'silences in the track', 'before the next', 'in the next'],
            rows: cuts.map(({ kind, wasFetchedAhead, plays: [first, second] }) => [
              kind,
              wasFetchedAhead ? 'yes' : 'no',
              first?.stallsMs.length ?? 0,
              `${Math.round(second?.handoverMs ?? 0)} ms`,
              second?.stallsMs.length ?? 0,
            ]),
          },
          {
            title: 'Press play → first sound, uncached, 20 ms there and back, 50 Mbit/s, milliseconds',
            columns: ['what', 'tries', 'p50', 'p95', 'max'],
            rows: [...latencyRows('warm', warm), ...latencyRows(`${MISS_MS} ms later`, miss)],
          },
          {
            title: 'Seek → sound, to where nothing has been fetched, same link, milliseconds',
            columns: ['what', 'tries', 'p50', 'p95', 'max'],
            rows: Object.entries(seeks).flatMap(([format, sides]) => latencyRows(format, sides)),
          },
        ],
        budgets: [
          { id: 'network.stalls', value: stallsOf(plays), unit: `of ${plays.length} plays`, limit: 0 },
          {
            id: 'network.cut.gaps',
            value: cuts.reduce((sum, cut) => sum + stallsOf(cut.plays) + (cut.wasFetchedAhead ? 0 : 1), 0),
            unit: 'plays',
            limit: 0,
          },
          { id: 'network.play.warm.p50', value: summarise(warm.app).p50, unit: 'ms', limit: 120 },
          {
            id: 'network.play.warm.ratio',
            value: summarise(warm.app).p50 / summarise(warm.asking).p50,
            unit: 'x bare',
            limit: 1.15,
          },
          { id: 'network.play.miss.p95', value: summarise(miss.app).p95, unit: 'ms', limit: 350 },
          { id: 'network.seek.p95', value: Math.max(...seekP95s), unit: 'ms', limit: 150 },
        ],
        notes: [
          `A stall is ${STALL_MS} ms or more of silence inside a track, or more than ${HANDOVER_MS} ms before the next one of the queue, heard at the audio output.`,
          'Where the bare elements stall as well, the machine was too busy to measure this: run it when nothing else runs.',
          'On the thin link every second play is pressed while another sounds and the app fetches ahead; the others follow by themselves.',
          'The link has no losses and no slow start: a flow has its share at once.',
          'The ratio is to an element that asks the service for the address first, for nobody has it beforehand.',
        ],
      };
    } finally {
      for (const one of opened) await one.close();
      await browser.close();
      await rm(folder, { recursive: true, force: true });
    }
  },
};
