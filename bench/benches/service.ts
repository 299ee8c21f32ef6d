/** The catalog service over loopback HTTP: what each route costs, one request after the other, and what memory it takes. */
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createFolderStore } from '../../src/catalog/store/folder-store.ts';
import { createProcesses } from '../../scripts/start/processes.ts';
import type { Bench } from '../measuring/report.ts';
import { summarise, timed, type Summary } from '../measuring/statistics.ts';
import {
  albumCount,
  albumId,
  artistCount,
  artistId,
  artistName,
  trackId,
  trackTitle,
  writeSyntheticCatalog,
} from '../measuring/synthetic-catalog.ts';

const DEFAULT_TRACKS = 100_000;
const REQUESTS_PER_ROUTE = 1_000;
const root = join(import.meta.dirname, '../..');

/** Every prefix of a title or a name, as somebody types it; now and then with a wrong letter. */
function* keystrokes(tracks: number): Generator<string> {
  for (let round = 0; ; round += 1) {
    const pick = (round * 7_919) % tracks;
    const words = round % 2 === 0 ? trackTitle(pick) : artistName(pick % artistCount(tracks));
    const typed = round % 5 === 4 ? `${words.slice(0, 3)}x${words.slice(4)}` : words;
    for (let length = 1; length <= typed.length; length += 1) yield typed.slice(0, length);
  }
}

async function measure(count: number, address: (index: number) => string, expected = 200): Promise<Summary> {
  const samples: number[] = [];
  for (let index = -50; index < count; index += 1) {
    const { value: status, ms } = await timed(async () => {
      const response = await fetch(address(index + 50));
      await response.arrayBuffer();
      return response.status;
    });
    if (status !== expected) throw new Error(`${address(index + 50)} answered ${status}`);
    // The first fifty warm connection, caches and compiler.
    if (index >= 0) samples.push(ms);
  }
  return summarise(samples);
}

/** Resident megabytes of a process, NaN where there is no /proc. */
async function residentMegabytes(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? Number.NaN) / 1024;
}

export const bench: Bench = {
  summary: 'the catalog service over 100,000 titles: p50 and p99 of each route, memory',
  async run({ size, progress }) {
    const tracks = size ?? DEFAULT_TRACKS;
    const folder = await mkdtemp(join(tmpdir(), 'riffle-bench-service-'));
    const processes = createProcesses(root);
    try {
      progress(`Writing a catalog of ${tracks} titles …`);
      const location = join(folder, 'store');
      await writeSyntheticCatalog(createFolderStore({ root: location }), tracks);
      progress('Starting the service …');
      const start = await timed(() =>
        processes.startServer('the catalog service', [
          join(root, 'src/catalog/cli.ts'),
          'serve',
          '--store',
          location,
          '--port',
          '0',
          '--index',
          join(folder, 'index'),
          '--log-level',
          'error',
          '--json',
        ]),
      );
      const url = String(start.value['url']);
      const typing = keystrokes(tracks);
      const queries: string[] = Array.from(
        { length: REQUESTS_PER_ROUTE + 50 },
        () => typing.next().value ?? '',
      );
      const routes: readonly (readonly [name: string, address: (index: number) => string])[] = [
        ['home', () => `${url}/v1/home`],
        ['artist', (index) => `${url}/v1/artists/${artistId((index * 31) % artistCount(tracks))}`],
        ['album', (index) => `${url}/v1/albums/${albumId((index * 37) % albumCount(tracks))}`],
        ['search keystroke', (index) => `${url}/v1/search?query=${encodeURIComponent(queries[index] ?? '')}`],
        ['media address', (index) => `${url}/v1/tracks/${trackId((index * 41) % tracks)}/media`],
      ];
      const rows: (string | number)[][] = [];
      const p99: Record<string, number> = {};
      for (const [name, address] of routes) {
        progress(`Asking for ${name} …`);
        const { p50, p95, p99: worst, max } = await measure(REQUESTS_PER_ROUTE, address);
        rows.push([name, p50, p95, worst, max]);
        p99[name] = worst;
      }
      const memory = await residentMegabytes(processes.pids()[0] ?? 0);
      const indexBytes = await folderBytes(join(folder, 'index'));
      return {
        tables: [
          {
            title: `${tracks} titles, folder store, ${REQUESTS_PER_ROUTE} requests a route, one after the other, milliseconds`,
            columns: ['route', 'p50', 'p95', 'p99', 'max'],
            rows,
          },
          {
            title: 'The service',
            columns: ['what', 'figure'],
            rows: [
              ['first start with an empty index, seconds', start.ms / 1000],
              ['memory after all requests, MB', memory],
              ['index, MB', indexBytes / 1e6],
              ['index per million titles, MB', indexBytes / tracks],
            ],
          },
        ],
        budgets: [
          { id: 'service.search.p99', value: p99['search keystroke'] ?? Number.NaN, unit: 'ms', limit: 25 },
          { id: 'service.home.p99', value: p99['home'] ?? Number.NaN, unit: 'ms', limit: 25 },
          { id: 'service.artist.p99', value: p99['artist'] ?? Number.NaN, unit: 'ms', limit: 25 },
          { id: 'service.album.p99', value: p99['album'] ?? Number.NaN, unit: 'ms', limit: 25 },
          { id: 'service.media.p99', value: p99['media address'] ?? Number.NaN, unit: 'ms', limit: 25 },
          { id: 'service.memory', value: memory, unit: 'MB', limit: 400 },
        ],
        notes: ['Times include HTTP over loopback and reading the whole answer.'],
      };
    } finally {
      await processes.stopAll();
      await rm(folder, { recursive: true, force: true });
    }
  },
};

async function folderBytes(folder: string): Promise<number> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  const sizes = await Promise.all(
    entries
      .filter((entry) => entry.isFile())
      .map(async (entry) => (await stat(join(entry.parentPath, entry.name))).size),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}
