/** The real thing, as `npm start` puts it together: publisher, service and web shell as processes of their own. */
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createProcesses, type Processes } from '../../../scripts/start/processes.ts';

const root = join(import.meta.dirname, '../../..');
const CATALOG_CLI = join(root, 'src/catalog/cli.ts');
const WEB_SHELL_CLI = join(root, 'src/main/shells/web/cli.ts');

export interface StoreAddress {
  /** A folder, or `s3://bucket/prefix`. */
  readonly location: string;
  readonly endpoint?: string;
  readonly region?: string;
}

const storeArguments = ({ location, endpoint, region }: StoreAddress): string[] => [
  '--store',
  location,
  ...(endpoint === undefined ? [] : ['--endpoint', endpoint]),
  ...(region === undefined ? [] : ['--region', region]),
];

/** Gives the publisher's summary, as `--json` prints it. */
export async function publish(
  libraryFolder: string,
  store: StoreAddress,
  extra: readonly string[] = [],
): Promise<Record<string, unknown>> {
  const processes = createProcesses(root);
  const line = await processes.run('publishing', process.execPath, [
    CATALOG_CLI,
    'publish',
    libraryFolder,
    '--prune',
    '--json',
    ...storeArguments(store),
    ...extra,
  ]);
  return JSON.parse(line) as Record<string, unknown>;
}

export interface Running {
  readonly url: string;
  /** So that a story can set its clock forward (`shifted-clock.mjs`). */
  signal(name: NodeJS.Signals): void;
  stop(): Promise<void>;
}

/** A program's clock can be set by the story. */
export const WITH_SHIFTED_CLOCK: readonly string[] = [
  '--import',
  pathToFileURL(join(import.meta.dirname, 'shifted-clock.mjs')).href,
];

export async function startServer(name: string, args: readonly string[]): Promise<Running> {
  const processes: Processes = createProcesses(root);
  const ready = await processes.startServer(name, args);
  return {
    url: String(ready['url']),
    signal: (signal) => processes.pids().forEach((pid) => process.kill(pid, signal)),
    stop: () => processes.stopAll(),
  };
}

/** A command of `riffle-catalog` that ends by itself; gives its last line. `input` is what is typed. */
export function catalogCommand(store: StoreAddress, args: readonly string[], input = ''): string {
  const result = spawnSync(process.execPath, [CATALOG_CLI, ...args, ...storeArguments(store)], {
    cwd: root,
    input,
    encoding: 'utf8',
  });
  if (result.status !== 0) throw new Error(`riffle-catalog ${args.join(' ')}: ${result.stderr}`);
  return result.stdout.trim().split('\n').at(-1) ?? '';
}

/** `port` keeps the address over a restart; `extra` is of the command line, `node` goes before the program. */
export const startService = (
  store: StoreAddress,
  indexFolder: string,
  port = 0,
  { extra = [], node = [] }: { readonly extra?: readonly string[]; readonly node?: readonly string[] } = {},
): Promise<Running> =>
  startServer('the catalog service', [
    ...node,
    CATALOG_CLI,
    'serve',
    ...storeArguments(store),
    '--port',
    String(port),
    '--index',
    indexFolder,
    '--log-level',
    'error',
    '--json',
    ...extra,
  ]);

export const startWebShell = (
  serviceUrl: string,
  dataFolder: string,
  port = 0,
  node: readonly string[] = [],
): Promise<Running> =>
  startServer('the app', [
    ...node,
    WEB_SHELL_CLI,
    '--service',
    serviceUrl,
    '--data',
    dataFolder,
    '--port',
    String(port),
    '--assets',
    join(root, 'dist/app/renderer'),
    '--no-open',
    '--json',
  ]);

export const portOf = (url: string): number => Number(new URL(url).port);

export async function withFolder(): Promise<{ readonly folder: string; remove(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'riffle-stories-'));
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}
