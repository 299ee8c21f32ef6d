import { Command, InvalidArgumentError, Option } from 'commander';
import { createService, type Service } from '../api/service.ts';
import { EXIT_BAD_INPUT, OptionError, reportFailure } from './command-failure.ts';
import { defaultIndexFolder } from './serve-index-folder.ts';

interface ServeFlags {
  readonly store: string;
  readonly endpoint?: string;
  readonly region?: string;
  readonly host: string;
  readonly port: number;
  readonly publicUrl?: string;
  readonly index?: string;
  readonly name: string;
  readonly logLevel: string;
  readonly json?: boolean;
}

const DEFAULT_PORT = 4620;
const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'silent'];

const portNumber = (value: string): number => {
  const port = Number(value);
  if (!/^\d+$/.test(value) || port > 65_535)
    throw new InvalidArgumentError('It is a number from 0 to 65535.');
  return port;
};

/** `riffle-catalog serve`: answers until it is told to stop. */
export const serveCommand: Command = new Command('serve')
  .description('answer the app: browse, search, and hand out addresses of the music')
  .requiredOption('--store <location>', 'a folder, or s3://bucket/prefix')
  .option('--endpoint <url>', 'of an S3 server that is not AWS')
  .option('--region <region>', 'of the bucket')
  .option('--host <address>', 'to listen at; 0.0.0.0 for all networks', '127.0.0.1')
  .option('--port <number>', 'to listen at; 0 for any that is free', portNumber, DEFAULT_PORT)
  .option('--public-url <url>', 'where the app reaches the service, when a proxy stands before it')
  .option('--index <folder>', "for the search index, which can be made again; default: the platform's cache")
  .option('--name <name>', 'of the installation, as listeners see it', 'Riffle')
  .addOption(new Option('--log-level <level>', 'of the log on stderr').choices(LOG_LEVELS).default('info'))
  .option('--json', 'print the ready line as JSON')
  .exitOverride((error) => {
    process.exit(error.exitCode === 0 ? 0 : EXIT_BAD_INPUT);
  })
  .action(serve);

async function serve(flags: ServeFlags): Promise<void> {
  try {
    const service = await start(flags);
    stopOnSignal(service);
    process.stdout.write(readyLine(service, flags.json === true));
  } catch (error) {
    process.exitCode = reportFailure(error);
  }
}

function start(flags: ServeFlags): Promise<Service> {
  const { store: location, endpoint, region, publicUrl } = flags;
  const store = {
    location,
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(region === undefined ? {} : { region }),
  };
  return createService({
    store,
    indexFolder: flags.index ?? defaultIndexFolder(store, process.env),
    name: flags.name,
    host: flags.host,
    port: flags.port,
    ...(publicUrl === undefined ? {} : { publicUrl: checkedUrl(publicUrl) }),
    logger:
      flags.logLevel === 'silent'
        ? false
        : { level: flags.logLevel, stream: { write: (line) => void process.stderr.write(line) } },
  });
}

function checkedUrl(text: string): string {
  const url = URL.parse(text);
  if (url === null || !/^https?:$/.test(url.protocol) || url.search !== '' || url.hash !== '')
    throw new OptionError(
      `--public-url is no address: ${text}`,
      'Write it as the app is told: https://music.example.com.',
    );
  return text;
}

function readyLine(service: Service, asJson: boolean): string {
  const facts = service.facts();
  const revision = facts?.revision ?? 0;
  if (asJson)
    return `${JSON.stringify({ ready: true, url: service.url, revision, tracks: facts?.tracks ?? 0 })}\n`;
  const catalog =
    revision === 0
      ? 'The catalog is empty: publish something with "riffle-catalog publish", and it appears by itself.'
      : `Revision ${revision}: ${facts?.tracks ?? 0} tracks, ${facts?.albums ?? 0} albums, ${facts?.artists ?? 0} artists.`;
  return `The catalog is served at ${service.url}\n${catalog}\n`;
}

function stopOnSignal(service: Service): void {
  let isStopping = false;
  const stop = (): void => {
    // The second time means it.
    if (isStopping) process.exit(1);
    isStopping = true;
    service.close().catch((error: unknown) => {
      process.exitCode = reportFailure(error);
    });
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  // Started by `npm start` or a test: when that is gone, however it went, nobody is left to stop this.
  process.once('disconnect', stop);
  process.channel?.unref();
}
