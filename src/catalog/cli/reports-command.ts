/** `riffle-catalog reports`: the crash reports that listeners chose to send. */
import { Command, InvalidArgumentError } from 'commander';
import { createReportStore, type FiledReport, type ReportStore } from '../reports/report-store.ts';
import type { ObjectStore } from '../store/object-store.ts';
import { openStore, type StoreLocation } from '../store/open-store.ts';
import { EXIT_BAD_INPUT, OptionError, reportFailure } from './command-failure.ts';

interface StoreFlags {
  readonly store: string;
  readonly endpoint?: string;
  readonly region?: string;
}
interface ListFlags extends StoreFlags {
  readonly from?: string;
  readonly json?: boolean;
}
interface RemoveFlags extends StoreFlags {
  readonly before?: string;
}

const day = (text: string): string => {
  if (/^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text))) return text;
  throw new InvalidArgumentError('A day is written like 2026-11-26.');
};

const command = (name: string, description: string): Command =>
  new Command(name)
    .description(description)
    .requiredOption('--store <location>', 'a folder, or s3://bucket/prefix')
    .option('--endpoint <url>', 'of an S3 server that is not AWS')
    .option('--region <region>', 'of the bucket')
    .exitOverride((error) => {
      process.exit(error.exitCode === 0 ? 0 : EXIT_BAD_INPUT);
    });

/** What a report says comes from a listener's computer: no control characters for the operator's terminal. */
const plain = (text: string): string => text.replace(/\p{Cc}/gu, ' ');

const lineOf = ({ day: arrived, report }: FiledReport): string => {
  const { id, kind, app, error, ending } = report;
  const what = error === null ? (ending?.reason ?? '') : `${error.name}: ${error.message}`;
  const said = plain(`${arrived}  ${id}  ${app.version}  ${app.platform}-${app.arch}  ${kind}  ${what}`);
  return `${said.slice(0, 200)}\n`;
};

/** @param open opens the store that the flags name. */
export function createReportsCommand(open: (location: StoreLocation) => ObjectStore): Command {
  const reportsOf = ({ store, endpoint, region }: StoreFlags): ReportStore =>
    createReportStore(
      open({
        location: store,
        ...(endpoint === undefined ? {} : { endpoint }),
        ...(region === undefined ? {} : { region }),
      }),
    );

  return new Command('reports')
    .description('crash reports that listeners sent')
    .addCommand(
      command('list', 'say which there are, oldest first')
        .option('--from <day>', 'only those that came on this day or later', day)
        .option('--json', 'print each whole, one a line')
        .action((flags: ListFlags) =>
          guarded(async () => {
            const range = flags.from === undefined ? {} : { fromDay: flags.from };
            for await (const filed of reportsOf(flags).list(range)) {
              process.stdout.write(flags.json === true ? `${JSON.stringify(filed.report)}\n` : lineOf(filed));
            }
          }),
        ),
    )
    .addCommand(
      command('show', 'print one of them')
        .argument('<id>', 'as the list shows it')
        .action((id: string, flags: StoreFlags) =>
          guarded(async () => {
            const filed = await reportsOf(flags).find(id);
            if (filed === null) throw unknownReport(id);
            process.stdout.write(`${JSON.stringify(filed.report, null, 2)}\n`);
          }),
        ),
    )
    .addCommand(
      command('remove', 'delete one, or all that came before a day')
        .argument('[id]', 'as the list shows it')
        .option('--before <day>', 'all that came before this day', day)
        .action((id: string | undefined, flags: RemoveFlags) =>
          guarded(async () => {
            const { before } = flags;
            if ((id === undefined) === (before === undefined)) {
              throw new OptionError('Which reports?', 'Name one by its id, or a day with --before.');
            }
            const which = id === undefined ? { beforeDay: before ?? '' } : { id };
            const removed = await reportsOf(flags).remove(which);
            if (removed === 0 && id !== undefined) throw unknownReport(id);
            process.stdout.write(`${removed} removed\n`);
          }),
        ),
    );
}

/** `riffle-catalog reports`, with the stores of this system. */
export const reportsCommand: Command = createReportsCommand(openStore);

const unknownReport = (id: string): OptionError =>
  new OptionError(`There is no report ${plain(id)}.`, 'riffle-catalog reports list shows all of them.');

async function guarded(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    process.exitCode = reportFailure(error);
  }
}
