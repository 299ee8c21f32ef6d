/** `riffle-catalog ads`: publishes what is heard between tracks, lists it, and says what became of it. */
import { resolve, sep } from 'node:path';
import { Command } from 'commander';
import { createAdMetering } from '../ads/ad-metering.ts';
import { adReportOf } from '../ads/ad-report.ts';
import { AdsError } from '../ads/ads-error.ts';
import { publishAds } from '../ads/publish-ads.ts';
import { createSpotsDocument } from '../ads/spots-document.ts';
import type { ObjectStore } from '../store/object-store.ts';
import { openStore, type StoreLocation } from '../store/open-store.ts';
import { adListText, adReportText, adsPublishedText } from './ads-texts.ts';
import { EXIT_BAD_INPUT, OptionError, reportFailure } from './command-failure.ts';

interface StoreFlags {
  readonly store: string;
  readonly endpoint?: string;
  readonly region?: string;
  readonly json?: boolean;
}
interface PublishFlags extends StoreFlags {
  readonly dryRun?: boolean;
}

type OpenStore = (location: StoreLocation) => ObjectStore;

const EXIT_STOPPED = 130;

const ADS_JSON = `
The folder holds ads.json, and the files that it names:

  {
    "spots": [
      {
        "audio": "harbour.flac",          1 to 60 s; with ffmpeg any format, brought to −16 LUFS
        "sender": "Hafenfest Duisburg",   who speaks
        "title": "Three days by the water",
        "link": { "url": "https://hafenfest.example", "label": "hafenfest.example" },
        "picture": "harbour.webp",
        "weight": 10,                     1 to 100; twice the weight is heard twice as often
        "from": "2026-06-01",             first and last day, in UTC
        "until": "2026-06-14",
        "avoidGenres": ["Classical"]      not after a track of these
      }
    ]
  }

"audio", "sender" and "title" must be there. The file is the whole truth: a spot that is no longer in it ends.
`;

const command = (name: string, description: string): Command =>
  new Command(name)
    .description(description)
    .requiredOption('--store <location>', 'a folder, or s3://bucket/prefix')
    .option('--endpoint <url>', 'of an S3 server that is not AWS')
    .option('--region <region>', 'of the bucket')
    .option('--json', 'print one line of JSON')
    .exitOverride((error) => {
      process.exit(error.exitCode === 0 ? 0 : EXIT_BAD_INPUT);
    });

/** @param open opens the store that the flags name. */
export function createAdsCommand(open: OpenStore): Command {
  const storeOf = ({ store, endpoint, region }: StoreFlags): ObjectStore =>
    open({
      location: store,
      ...(endpoint === undefined ? {} : { endpoint }),
      ...(region === undefined ? {} : { region }),
    });

  return new Command('ads')
    .description('what free listeners hear between tracks')
    .addCommand(
      command('publish', 'publish the ads of a folder, as often as you like')
        .argument('<folder>', 'the folder that holds ads.json')
        .option('--dry-run', 'check everything and say what would happen; write nothing')
        .addHelpText('after', ADS_JSON)
        .action((folder: string, flags: PublishFlags) =>
          stoppable(async (signal) => {
            refuseStoreInside(folder, flags.store);
            const report = await publishAds({ folder, store: storeOf(flags), dryRun: flags.dryRun, signal });
            print(flags, report, adsPublishedText);
          }),
        ),
    )
    .addCommand(
      command('list', 'say which ads there are').action((flags: StoreFlags) =>
        stoppable(async () => {
          const spots = (await createSpotsDocument(storeOf(flags)).latest())?.value.spots ?? [];
          print(flags, { spots }, adListText);
        }),
      ),
    )
    .addCommand(
      command('report', 'say how often each ad was heard').action((flags: StoreFlags) =>
        stoppable(async () => {
          const store = storeOf(flags);
          const spots = (await createSpotsDocument(store).latest())?.value.spots ?? [];
          print(flags, adReportOf(spots, await createAdMetering(store).counts()), adReportText);
        }),
      ),
    );
}

/** `riffle-catalog ads`, with the stores of this system. */
export const adsCommand: Command = createAdsCommand(openStore);

function print<Value>(flags: StoreFlags, value: Value, text: (value: Value) => string): void {
  process.stdout.write(flags.json === true ? `${JSON.stringify(value)}\n` : text(value));
}

/** Runs until it is done or told to stop; the second time means it. */
async function stoppable(work: (signal: AbortSignal) => Promise<void>): Promise<void> {
  const stop = new AbortController();
  const interrupt = (): void => {
    if (stop.signal.aborted) process.exit(EXIT_STOPPED);
    stop.abort();
  };
  process.on('SIGINT', interrupt);
  process.on('SIGTERM', interrupt);
  try {
    await work(stop.signal);
  } catch (error) {
    process.exitCode = stop.signal.aborted ? stopped() : failed(error);
  } finally {
    process.off('SIGINT', interrupt);
    process.off('SIGTERM', interrupt);
  }
}

function stopped(): number {
  process.stderr.write(
    'Stopped; the list of ads is as it was before.\nRun the same command again to finish.\n',
  );
  return EXIT_STOPPED;
}

function failed(error: unknown): number {
  if (!(error instanceof AdsError)) return reportFailure(error);
  process.stderr.write(`${error.message}\n${error.hint}\n`);
  return EXIT_BAD_INPUT;
}

/** A store inside the folder would be published along with it. */
function refuseStoreInside(folder: string, location: string): void {
  if (/^[a-z][a-z0-9+.-]+:\/\//i.test(location)) return;
  const ads = resolve(folder);
  const store = resolve(location);
  if (store !== ads && !store.startsWith(ads + sep)) return;
  throw new OptionError(
    `The store ${location} lies in the folder that is to be published.`,
    'Name a folder outside of it.',
  );
}
