/**
 * An export of another service into the app, over a real service: what is found, what is found wrongly, what is left to the
 * listener, and how long it takes from the file to the report.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { ImportRow } from '../../src/contract/exchange.ts';
import { HostFailure } from '../../src/contract/host-error.ts';
import { createCatalogClient } from '../../src/main/catalog-client/catalog-client.ts';
import { createServiceRequests } from '../../src/main/catalog-client/service-requests.ts';
import { createExchangeArea } from '../../src/main/exchange/exchange-area.ts';
import { createFinder } from '../../src/main/exchange/finder.ts';
import { createOfflineIndex } from '../../src/main/offline-index/offline-index.ts';
import { systemClock } from '../../src/main/ports.ts';
import { openServiceHome } from '../../tests/builders/catalog-service.ts';
import { longestOf, shortestOf, stallTable, type Stall } from '../measuring/longest-stall.ts';
import type { Bench } from '../measuring/report.ts';
import { summarise, timed } from '../measuring/statistics.ts';
import { writeSyntheticCatalog } from '../measuring/synthetic-catalog.ts';
import { largeImportStalls } from './import/large-import.ts';
import { csvOf, DISTORTIONS, distortedRow, durationOfTrack, isrcOfTrack } from './import/distorted-rows.ts';

const ROWS = 10_000;
const DEFAULT_TRACKS = 200_000;
const PAGE = 200;
const LARGE_ROWS = 100_000;
const LARGE_ROUNDS = 3;
const TRANSFER = '00000000-0000-4000-8000-000000000000';
const PIECE_BYTES = 512 * 1024;

const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };
/** Nothing of the library is asked before the listener has seen the report. */
const noLibrary = async (): Promise<never> => {
  throw new HostFailure('internal', 'the library is not asked');
};

export const bench: Bench = {
  summary: 'an export of 10,000 rows matched against a catalog: right, wrong, left open, time',
  async run({ size, progress }) {
    const tracks = size ?? DEFAULT_TRACKS;
    const home = await openServiceHome();
    const folder = await mkdtemp(join(tmpdir(), 'riffle-import-'));
    const closing = new AbortController();
    try {
      progress(`Writing a catalog of ${tracks.toLocaleString('en')} tracks …`);
      await writeSyntheticCatalog(home.store, tracks, (track) => ({
        isrc: isrcOfTrack(track),
        durationMs: durationOfTrack(track),
      }));
      progress('Indexing it …');
      const service = await home.start();
      for (;;) {
        const ready = await service.fetch('/health/ready');
        await ready.body?.cancel();
        if (ready.ok) break;
        await delay(200);
      }

      const requests = createServiceRequests({
        serviceUrl: service.url,
        fetch: globalThis.fetch,
        clock: systemClock,
        isOnline: () => true,
        onOutcome: () => undefined,
        closing: closing.signal,
        timeoutMs: 60_000,
      });
      const index = createOfflineIndex({
        path: join(folder, 'index.sqlite'),
        clock: systemClock,
        log: quiet,
      });
      const area = createExchangeArea({
        folder,
        finder: createFinder({
          post: requests.post,
          search: createCatalogClient(requests).search,
          index,
        }),
        ports: {
          library: { save: noLibrary, marks: noLibrary, shelf: noLibrary, tracks: noLibrary },
          playlists: {
            create: noLibrary,
            add: noLibrary,
            get: noLibrary,
            trackIds: noLibrary,
            items: noLibrary,
          },
          bringInPlays: noLibrary,
        },
        onChange: () => undefined,
        clock: systemClock,
        log: quiet,
      });

      const rows = Array.from({ length: ROWS }, (_, place) => distortedRow(place, tracks));
      const file = Buffer.from(csvOf(rows));
      progress(`Importing ${ROWS.toLocaleString('en')} rows …`);
      const reading = await timed(async () => {
        for (let at = 0; at < file.byteLength; at += PIECE_BYTES)
          await area.api.receive({
            transfer: TRANSFER,
            name: 'export.csv',
            base64: file.subarray(at, at + PIECE_BYTES).toString('base64'),
          });
        return area.api.read({ transfer: TRANSFER });
      });
      const matching = await timed(async () => {
        await area.api.start({
          playlists: [0],
          savedTracks: false,
          savedAlbums: false,
          savedArtists: false,
          plays: false,
        });
        while (area.snapshot().state === 'matching') await delay(20);
        return area.api.get();
      });
      if (matching.value.state !== 'matched') throw new Error(`The import is ${matching.value.state}.`);

      const found: ImportRow[] = [];
      const pageMs: number[] = [];
      while (found.length < ROWS) {
        const page = await timed(() => area.api.report({ offset: found.length, limit: PAGE, filter: 'all' }));
        found.push(...page.value.rows);
        pageMs.push(page.ms);
      }

      const tally = DISTORTIONS.map((distortion) => {
        const of = rows.flatMap((row, place) =>
          row.distortion === distortion ? [{ truth: row.truth, found: found[place] }] : [],
        );
        const count = (passes: (row: (typeof of)[number]) => boolean): number => of.filter(passes).length;
        return {
          distortion,
          rows: of.length,
          right: count((row) => row.truth !== null && row.found?.found?.id === row.truth),
          wrong: count((row) => (row.found?.found ?? null) !== null && row.found?.found?.id !== row.truth),
          asked: count((row) => row.found?.match === 'ambiguous'),
          none: count((row) => row.found?.match === 'none'),
          wanted: count((row) => row.truth !== null),
        };
      });
      const sum = (of: 'right' | 'wrong' | 'wanted'): number =>
        tally.reduce((total, row) => total + row[of], 0);
      const right = sum('right');
      const wrong = sum('wrong');
      const { counts } = matching.value;
      await area.close();
      await index.close();

      const rounds: (readonly Stall[])[] = [];
      for (let round = 0; round < LARGE_ROUNDS; round += 1) {
        progress(`An export of ${LARGE_ROWS.toLocaleString('en')} rows, round ${round + 1} …`);
        rounds.push(await largeImportStalls(LARGE_ROWS));
      }
      const stalls = shortestOf(rounds);

      return {
        tables: [
          {
            title: `${ROWS.toLocaleString('en')} rows over ${tracks.toLocaleString('en')} tracks, by what is different in the export`,
            columns: ['what', 'rows', 'right', 'wrong', 'left to choose', 'not found'],
            rows: tally.map((row) => [row.distortion, row.rows, row.right, row.wrong, row.asked, row.none]),
          },
          {
            title: 'How they were found',
            columns: ['kind', 'rows'],
            rows: Object.entries(counts).map(([kind, number]) => [kind, number]),
          },
          {
            title: 'Time',
            columns: ['step', 'ms'],
            rows: [
              ['the file read', reading.ms],
              ['all rows looked for, over HTTP', matching.ms],
              ['a page of the report (p95)', summarise(pageMs).p95],
            ],
          },
          stallTable(
            `An export of ${LARGE_ROWS.toLocaleString('en')} rows: how long the app takes nothing else`,
            stalls,
          ),
        ],
        budgets: [
          {
            id: 'import.wrong',
            value: wrong / Math.max(1, right + wrong),
            unit: 'of what was taken',
            limit: 0.001,
          },
          { id: 'import.missed', value: 1 - right / sum('wanted'), unit: 'of what is there', limit: 0.05 },
          { id: 'import.time', value: (reading.ms + matching.ms) / 1000, unit: 's', limit: 120 },
          { id: 'import.page.p95', value: summarise(pageMs).p95, unit: 'ms', limit: 100 },
          { id: 'import.stall', value: longestOf(stalls), unit: 'ms', limit: 50 },
        ],
        notes: [
          'Right: taken without a question, and what it is. The last two kinds of row are not in the catalog; a live version is offered to choose, never taken.',
          'The made-up catalog has few different titles, each by many artists: what is told apart is told by artist and length.',
          'Time is on one machine with the service in the same process, which both slow each other down; the service lets 20 requests through in two seconds.',
        ],
      };
    } finally {
      closing.abort();
      await home.close();
      await rm(folder, { recursive: true, force: true });
    }
  },
};
