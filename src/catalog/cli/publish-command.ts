import { resolve, sep } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { QUALITIES, type Quality } from '../../core/entitlement/entitlement.ts';
import { PublishError } from '../publish/publish-error.ts';
import { publishLibrary } from '../publish/publish-library.ts';
import { StoreError } from '../store/object-store.ts';
import type { ObjectStore } from '../store/object-store.ts';
import { openStore } from '../store/open-store.ts';
import type { StoreLocation } from '../store/open-store.ts';
import { createProgressDisplay } from './publish-progress.ts';
import { summaryText } from './publish-summary.ts';

interface PublishFlags {
  readonly store: string;
  readonly endpoint?: string;
  readonly region?: string;
  readonly name?: string;
  readonly plays?: string;
  readonly dryRun?: boolean;
  readonly prune?: boolean;
  readonly jobs?: number;
  readonly analysis: boolean;
  readonly encode: boolean;
  readonly qualities?: readonly Quality[];
  readonly json?: boolean;
}

type OpenStore = (location: StoreLocation) => ObjectStore | Promise<ObjectStore>;

const EXIT_FAILURE = 1;
const EXIT_BAD_INPUT = 2;
const EXIT_STOPPED = 130;

/** @param open opens the store that the flags name; it may be asynchronous. */
export function createPublishCommand(open: OpenStore): Command {
  return new Command('publish')
    .description('publish a folder of music: new and changed files only, as often as you like')
    .argument('<folder>', 'the folder that holds the music')
    .requiredOption('--store <location>', 'a folder, or s3://bucket/prefix')
    .option('--endpoint <url>', 'of an S3 server that is not AWS')
    .option('--region <region>', 'of the bucket')
    .option('--name <name>', "name of the library; default: the folder's name")
    .option(
      '--plays <file.csv>',
      'play counts, "path,plays" or "isrc,plays"; default: plays.csv in the folder',
    )
    .option('--dry-run', 'say what would happen; write nothing')
    .option('--prune', 'remove tracks whose files are gone')
    .option('--jobs <count>', 'files to decode at once; default: one for each core', jobCount)
    .option('--no-encode', 'do not encode smaller qualities: free listeners hear only what is small already')
    .option(
      '--qualities <list>',
      'which to encode, of low, normal, high and lossless (flac of wav); default: all; an hour takes 43, 72, 115 and 350 MB',
      qualityList,
    )
    .option('--no-analysis', 'neither measure loudness and waveforms nor encode smaller qualities')
    .option('--json', 'print the report as one line of JSON')
    .exitOverride((error) => {
      process.exit(error.exitCode === 0 ? 0 : EXIT_BAD_INPUT);
    })
    .action((folder: string, flags: PublishFlags) => publish(folder, flags, open));
}

/** `riffle-catalog publish`, with the stores of this system. */
export const publishCommand: Command = createPublishCommand(openStore);

async function publish(folder: string, flags: PublishFlags, open: OpenStore): Promise<void> {
  const stop = new AbortController();
  const interrupt = (): void => {
    // The second time means it.
    if (stop.signal.aborted) process.exit(EXIT_STOPPED);
    stop.abort();
  };
  process.on('SIGINT', interrupt);
  process.on('SIGTERM', interrupt);
  const display = createProgressDisplay(process.stderr);
  try {
    refuseStoreInside(folder, flags.store);
    const { endpoint, region } = flags;
    const location: StoreLocation = {
      location: flags.store,
      ...(endpoint === undefined ? {} : { endpoint }),
      ...(region === undefined ? {} : { region }),
    };
    const report = await publishLibrary({
      folder,
      store: await open(location),
      name: flags.name,
      playsFile: flags.plays,
      dryRun: flags.dryRun,
      prune: flags.prune,
      jobs: flags.jobs,
      analysis: flags.analysis,
      encoding: flags.analysis && flags.encode,
      qualities: flags.qualities,
      signal: stop.signal,
      onProgress: display.show,
    });
    display.stop();
    process.stdout.write(flags.json === true ? `${JSON.stringify(report)}\n` : summaryText(report));
  } catch (error) {
    display.stop();
    process.exitCode = reportFailure(error);
  } finally {
    process.off('SIGINT', interrupt);
    process.off('SIGTERM', interrupt);
  }
}

/** One sentence and a hint on stderr; what nobody foresaw is shown whole. */
function reportFailure(error: unknown): number {
  if (error instanceof PublishError) {
    process.stderr.write(`${error.message}\n${error.hint}\n`);
    return error.code === 'cancelled' ? EXIT_STOPPED : EXIT_BAD_INPUT;
  }
  if (error instanceof StoreError) {
    process.stderr.write(`${error.message}\n${error.hint}\n`);
    return EXIT_FAILURE;
  }
  console.error(error);
  return EXIT_FAILURE;
}

/** A store inside the music would publish itself. */
function refuseStoreInside(folder: string, location: string): void {
  if (/^[a-z][a-z0-9+.-]+:\/\//i.test(location)) return;
  const music = resolve(folder);
  const store = resolve(location);
  if (store !== music && !store.startsWith(music + sep)) return;
  throw new PublishError(
    'bad_option',
    `The store ${location} lies in the folder that is to be published.`,
    'Name a folder outside of the music.',
  );
}

function jobCount(value: string): number {
  const jobs = Number(value);
  if (!Number.isInteger(jobs) || jobs < 1 || jobs > 256)
    throw new InvalidArgumentError('It is a whole number from 1 to 256.');
  return jobs;
}

function qualityList(value: string): readonly Quality[] {
  return value.split(',').map((name) => {
    const quality = QUALITIES.find((one) => one === name.trim());
    if (quality === undefined)
      throw new InvalidArgumentError(`It is a list of ${QUALITIES.join(', ')}, with commas between.`);
    return quality;
  });
}
