/** The real thing, as `npm start` puts it together: publisher, service and web shell as processes of their own. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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
  stop(): Promise<void>;
}

async function startServer(name: string, args: readonly string[]): Promise<Running> {
  const processes: Processes = createProcesses(root);
  const ready = await processes.startServer(name, args);
  return { url: String(ready['url']), stop: () => processes.stopAll() };
}

/** `port` keeps the address over a restart. */
export const startService = (store: StoreAddress, indexFolder: string, port = 0): Promise<Running> =>
  startServer('the catalog service', [
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
  ]);

export const startWebShell = (serviceUrl: string, dataFolder: string, port = 0): Promise<Running> =>
  startServer('the app', [
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
