/** The options of `npm start`, checked as a whole before anything is begun. */
import { existsSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

export interface StartOptions {
  readonly library: string | null;
  readonly store: string | null;
  readonly endpoint: string | null;
  readonly region: string | null;
  readonly server: string | null;
  readonly shell: 'electron' | 'web' | null;
  readonly open: boolean;
  readonly dev: boolean;
  /** Null: the usual one, or any free one when that is taken. */
  readonly port: number | null;
  /** Null: the usual one, or any when that is taken. */
  readonly servicePort: number | null;
  readonly data: string;
}

export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export const HELP = `npm start [-- options]

Publishes the demo library into a store in this folder, runs the catalog service over it and opens the app on it.

  --library <folder>   publish your own music instead of the demo library
  --store <place>      where the catalog lives: a folder, or s3://bucket[/prefix]
                       (without --library nothing is published: what is in the store is served)
  --endpoint <url>     the S3 server, for anything but AWS
  --region <name>      the S3 region
  --server <url>       open the app on a service that runs already; nothing is published or served here
  --shell web|electron the window: a browser on this machine, or Electron (default: Electron where it can be had)
  --no-open            start everything, open no window, and say where it is
  --port <number>      port of the web shell (default: 4621, or any free one when that is taken)
  --service-port <n>   port of the catalog service (default: 4620, or any free one)
  --data <folder>      where store, index, settings and cache go (default: .riffle)
  --help               this text

S3 keys come from the usual places: AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or ~/.aws.
Ctrl+C ends all of it.`;

const parsePort = (name: string, value: string | undefined): number | null => {
  if (value === undefined) return null;
  const port = Number(value);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new UsageError(`--${name} takes a port from 0 to 65535, not "${value}".`);
  }
  return port;
};

const parseHttpUrl = (name: string, value: string | undefined): string | null => {
  if (value === undefined) return null;
  const url = URL.canParse(value) ? new URL(value) : null;
  if (url === null || !['http:', 'https:'].includes(url.protocol)) {
    throw new UsageError(`--${name} takes an http or https address, not "${value}".`);
  }
  return url.href.replace(/\/$/, '');
};

/** Gives `null` for `--help`; throws `UsageError` with one sentence for anything that cannot be meant. */
export function parseStartOptions(argv: readonly string[], root: string): StartOptions | null {
  let values;
  try {
    ({ values } = parseArgs({
      args: [...argv],
      allowNegative: true,
      options: {
        library: { type: 'string' },
        store: { type: 'string' },
        endpoint: { type: 'string' },
        region: { type: 'string' },
        server: { type: 'string' },
        shell: { type: 'string' },
        open: { type: 'boolean', default: true },
        dev: { type: 'boolean', default: false },
        port: { type: 'string' },
        'service-port': { type: 'string' },
        data: { type: 'string' },
        help: { type: 'boolean', short: 'h', default: false },
      },
    }));
  } catch (error) {
    throw new UsageError(
      error instanceof Error ? (error.message.split('. To specify')[0] ?? error.message) : String(error),
    );
  }
  if (values.help) return null;
  const { shell } = values;
  if (shell !== undefined && shell !== 'web' && shell !== 'electron') {
    throw new UsageError(`--shell takes web or electron, not "${shell}".`);
  }
  const library = values.library === undefined ? null : resolve(values.library);
  if (library !== null && !(existsSync(library) && statSync(library).isDirectory())) {
    throw new UsageError(`There is no folder ${library}.`);
  }
  const server = parseHttpUrl('server', values.server);
  if (server !== null && (library !== null || values.store !== undefined)) {
    throw new UsageError('--server opens a service that runs already: leave out --library and --store.');
  }
  const s3 = values.store?.startsWith('s3://') ?? false;
  if (!s3 && (values.endpoint !== undefined || values.region !== undefined)) {
    throw new UsageError('--endpoint and --region belong to --store s3://….');
  }
  return {
    library,
    store: values.store === undefined || s3 ? (values.store ?? null) : resolve(values.store),
    endpoint: parseHttpUrl('endpoint', values.endpoint),
    region: values.region ?? null,
    server,
    shell: shell ?? null,
    open: values.open,
    dev: values.dev,
    port: parsePort('port', values.port),
    servicePort: parsePort('service-port', values['service-port']),
    data: resolve(root, values.data ?? '.riffle'),
  };
}
