import { Command, InvalidArgumentError, Option } from 'commander';
import { createService, type Service } from '../api/service.ts';
import { isLoopbackHost } from '../api/access/loopback.ts';
import type { Reach, SignInChoices } from '../api/service-options.ts';
import type { SharingChoices } from '../share/service-sharing.ts';
import { EXIT_BAD_INPUT, OptionError, reportFailure } from './command-failure.ts';
import { readPicture } from './picture-file.ts';
import { defaultIndexFolder } from './serve-index-folder.ts';
import { addSignInFlags, signInChoices, type SignInFlags } from './sign-in-flags.ts';

interface ServeFlags extends SignInFlags {
  readonly store: string;
  readonly endpoint?: string;
  readonly region?: string;
  readonly host: string;
  readonly port: number;
  readonly publicUrl?: string;
  readonly index?: string;
  readonly name: string;
  readonly picture?: string;
  readonly upgradeUrl?: string;
  readonly sharePages: 'on' | 'off';
  readonly sharePreviews?: number;
  readonly downloadUrl?: string;
  readonly proxies?: number;
  readonly logLevel: string;
  readonly json?: boolean;
}

const DEFAULT_PORT = 4620;
/** A piece is made of fragments of five seconds. */
const SHORTEST_PREVIEW = 5;
const LONGEST_PREVIEW = 90;
const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'silent'];

const portNumber = (value: string): number => {
  const port = Number(value);
  if (!/^\d+$/.test(value) || port > 65_535)
    throw new InvalidArgumentError('It is a number from 0 to 65535.');
  return port;
};

const previewSeconds = (value: string): number => {
  const seconds = Number(value);
  if (/^\d{1,2}$/.test(value) && seconds >= SHORTEST_PREVIEW && seconds <= LONGEST_PREVIEW) return seconds;
  throw new InvalidArgumentError(`It is a number of seconds from ${SHORTEST_PREVIEW} to ${LONGEST_PREVIEW}.`);
};

const proxyCount = (value: string): number => {
  if (/^[0-9]$/.test(value)) return Number(value);
  throw new InvalidArgumentError('It is a number from 0 to 9.');
};

/** `riffle-catalog serve`: answers until it is told to stop. */
export const serveCommand: Command = addSignInFlags(
  new Command('serve')
    .description('answer the app: browse, search, and hand out addresses of the music')
    .requiredOption('--store <location>', 'a folder, or s3://bucket/prefix')
    .option('--endpoint <url>', 'of an S3 server that is not AWS')
    .option('--region <region>', 'of the bucket')
    .option('--host <address>', 'to listen at; 0.0.0.0 for all networks', '127.0.0.1')
    .option('--port <number>', 'to listen at; 0 for any that is free', portNumber, DEFAULT_PORT)
    .option('--public-url <url>', 'where the app reaches the service, when a proxy stands before it')
    .option(
      '--index <folder>',
      "for the search index, which can be made again; default: the platform's cache",
    )
    .option('--name <name>', 'of the installation, as listeners see it', 'Riffle')
    .option('--picture <file>', 'by which listeners know the installation: PNG, JPEG or WebP')
    .option('--upgrade-url <url>', 'where a free listener becomes a premium one')
    .addOption(
      new Option('--share-pages <on|off>', 'public pages of titles and pictures, which links lead to')
        .choices(['on', 'off'])
        .default('on'),
    )
    .option('--share-previews <seconds>', 'of every track, which anybody may hear there', previewSeconds)
    .option('--download-url <url>', 'where the app can be had, for those who follow a link without it')
    .option('--proxies <count>', 'that stand before it; so many X-Forwarded-For are believed', proxyCount)
    .addOption(new Option('--log-level <level>', 'of the log on stderr').choices(LOG_LEVELS).default('info'))
    .option('--json', 'print the ready line as JSON'),
)
  .exitOverride((error) => {
    process.exit(error.exitCode === 0 ? 0 : EXIT_BAD_INPUT);
  })
  .action(serve);

async function serve(flags: ServeFlags): Promise<void> {
  try {
    const service = await start(flags);
    stopOnSignal(service);
    process.stdout.write(readyLine(service, flags));
  } catch (error) {
    process.exitCode = reportFailure(error);
  }
}

async function start(flags: ServeFlags): Promise<Service> {
  const { store: location, endpoint, region, proxies } = flags;
  const publicUrl =
    flags.publicUrl === undefined ? {} : { publicUrl: checkedUrl('--public-url', flags.publicUrl) };
  const reach = { host: flags.host, ...publicUrl };
  const signIn = await signInChoices(flags, reach);
  refuseOpenLine(signIn, reach);
  const store = {
    location,
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(region === undefined ? {} : { region }),
  };
  return createService({
    store,
    indexFolder: flags.index ?? defaultIndexFolder(store, process.env),
    name: flags.name,
    ...reach,
    port: flags.port,
    signIn,
    ...(flags.upgradeUrl === undefined ? {} : { upgradeUrl: checkedUrl('--upgrade-url', flags.upgradeUrl) }),
    sharing: sharingChoices(flags),
    ...(flags.picture === undefined ? {} : { picture: await readPicture(flags.picture) }),
    ...(proxies === undefined ? {} : { proxies }),
    logger:
      flags.logLevel === 'silent'
        ? false
        : { level: flags.logLevel, stream: { write: (line) => void process.stderr.write(line) } },
  });
}

function sharingChoices({ sharePages, sharePreviews, downloadUrl }: ServeFlags): SharingChoices {
  return {
    pages: sharePages === 'on',
    ...(sharePreviews === undefined ? {} : { previewSeconds: sharePreviews }),
    ...(downloadUrl === undefined ? {} : { downloadUrl: checkedUrl('--download-url', downloadUrl) }),
  };
}

function checkedUrl(flag: '--public-url' | '--upgrade-url' | '--download-url', text: string): string {
  const url = URL.parse(text);
  const isWhole = url !== null && /^https?:$/.test(url.protocol) && url.hash === '';
  if (!isWhole || (flag === '--public-url' && url.search !== ''))
    throw new OptionError(`${flag} is no address: ${text}`, 'Write it like https://music.example.com.');
  return text;
}

/** Passwords and tokens do not go over an open line. */
function refuseOpenLine({ mode }: SignInChoices, reach: Reach): void {
  const url = URL.parse(reach.publicUrl ?? '');
  const isSafe =
    url === null ? isLoopbackHost(reach.host) : url.protocol === 'https:' || isLoopbackHost(url.hostname);
  if (mode.kind === 'none' || isSafe) return;
  throw new OptionError(
    `Listeners cannot sign in over an open line: ${url?.origin ?? `http://${reach.host}`}`,
    'Put a proxy with a certificate before it, and name its https address with --public-url.',
  );
}

/** Who may listen, for whoever has just started it. */
function admission({ signIn }: ServeFlags): string {
  if (signIn === undefined) return 'Everybody who reaches it may listen.';
  if (signIn !== 'own') return `Listeners sign in with ${signIn}.`;
  return 'Listeners sign in with accounts in the store: "riffle-catalog accounts add" makes one.';
}

function readyLine(service: Service, flags: ServeFlags): string {
  const facts = service.facts();
  const revision = facts?.revision ?? 0;
  if (flags.json === true)
    return `${JSON.stringify({ ready: true, url: service.url, revision, tracks: facts?.tracks ?? 0 })}\n`;
  const catalog =
    revision === 0
      ? 'The catalog is empty: publish something with "riffle-catalog publish", and it appears by itself.'
      : `Revision ${revision}: ${facts?.tracks ?? 0} tracks, ${facts?.albums ?? 0} albums, ${facts?.artists ?? 0} artists.`;
  return `The catalog is served at ${service.url}\n${catalog}\n${admission(flags)}\n`;
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
