/** Publishing 5,000 small tagged tracks into a folder store: rate, memory, and what a second run costs. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Bench } from '../measuring/report.ts';
import { writeSyntheticLibrary } from '../measuring/synthetic-library.ts';

const DEFAULT_TRACKS = 5_000;
const root = join(import.meta.dirname, '../..');

interface Run {
  readonly seconds: number;
  readonly peakMegabytes: number;
  readonly summary: Readonly<Record<string, unknown>>;
}

/** Prints the peak resident size on standard error as the process ends; the publisher knows nothing of it. */
const REPORT_MEMORY = `data:text/javascript,process.on('exit',()=>process.stderr.write('\\npeak-kilobytes '+process.resourceUsage().maxRSS+'\\n'))`;

async function runPublisher(library: string, store: string, extra: readonly string[]): Promise<Run> {
  const started = performance.now();
  const child = spawn(
    process.execPath,
    [
      '--import',
      REPORT_MEMORY,
      join(root, 'src/catalog/cli.ts'),
      'publish',
      library,
      '--store',
      store,
      '--json',
      ...extra,
    ],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let output = '';
  let errors = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`publish ended with ${code}:\n${errors}`);
  const peak = /peak-kilobytes (\d+)/.exec(errors)?.[1];
  const line = output.trimEnd().split('\n').at(-1) ?? '{}';
  return {
    seconds: (performance.now() - started) / 1000,
    peakMegabytes: Number(peak) / 1024,
    summary: JSON.parse(line) as Record<string, unknown>,
  };
}

export const bench: Bench = {
  summary: 'publish 5,000 small tagged tracks: tracks per second, memory, second run',
  async run({ size, progress }) {
    const tracks = size ?? DEFAULT_TRACKS;
    const folder = await mkdtemp(join(tmpdir(), 'riffle-bench-publish-'));
    try {
      const library = join(folder, 'library');
      progress(`Writing ${tracks} tracks …`);
      const bytes = await writeSyntheticLibrary(library, tracks);
      progress('Publishing, with loudness and waveforms …');
      const first = await runPublisher(library, join(folder, 'store'), []);
      progress('Publishing again …');
      const second = await runPublisher(library, join(folder, 'store'), []);
      progress('Publishing into an empty store without analysis …');
      const bare = await runPublisher(library, join(folder, 'bare'), ['--no-analysis']);
      const row = (name: string, run: Run): (string | number)[] => [
        name,
        run.seconds,
        tracks / run.seconds,
        run.peakMegabytes,
        Number(run.summary['uploads']),
      ];
      return {
        tables: [
          {
            title: `${tracks} tracks, ${(bytes / 1e6).toFixed(0)} MB, into a folder store, ${availableParallelism()} cores`,
            columns: ['run', 'seconds', 'tracks/s', 'peak MB', 'uploads'],
            rows: [
              row('first, with analysis', first),
              row('second, nothing changed', second),
              row('first, --no-analysis', bare),
            ],
          },
        ],
        budgets: [
          {
            id: 'publish.second.uploads',
            value: Number(second.summary['uploads']),
            unit: 'objects',
            limit: 0,
          },
          { id: 'publish.second.ratio', value: second.seconds / first.seconds, unit: 'x first', limit: 0.2 },
          {
            id: 'publish.memory',
            value: Math.max(first.peakMegabytes, bare.peakMegabytes),
            unit: 'MB',
            limit: 700,
          },
        ],
        notes: [
          'The audio is a second of tone per track: the figure is the cost of a track apart from its length.',
        ],
      };
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
};
