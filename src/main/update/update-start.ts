import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { UpdateTarget } from '../../core/update/manifest.ts';
import type { Clock, Log } from '../ports.ts';
import { openKeptInstallers, type KeptInstallers } from './kept-installers.ts';
import { createPartialPayload, type PartialPayload } from './partial-payload.ts';
import { createReportOutbox, type ReportOutbox, type UpdateOccurrence } from './report-outbox.ts';
import { beginStart, type StartGuard } from './start-guard.ts';
import type { InstallPort } from './update-ports.ts';
import { openUpdateRecord, type UpdateRecordKeeper } from './update-record.ts';

/** What is known of updates before anything else of the app is there. */
export interface UpdateStart {
  readonly guard: Pick<StartGuard, 'usable' | 'ended'>;
  readonly record: UpdateRecordKeeper;
  readonly kept: KeptInstallers;
  readonly partial: PartialPayload;
  readonly reports: ReportOutbox;
}

/** An installer that does nothing, and starts the same version again, must not do so for ever. */
const MOST_ROLL_BACKS = 2;
const MOST_GIVEN_UP = 50;

interface StartOptions {
  /** Small and precious: what was seen, and how the versions started. */
  readonly dataFolder: string;
  /** Of this computer: installers of earlier versions lie in `<folder>/updates`. */
  readonly cacheFolder: string;
  readonly version: string;
  readonly install: InstallPort;
  readonly clock: Pick<Clock, 'now'>;
  readonly log: Log;
}

const reporter =
  (target: UpdateTarget, record: UpdateRecordKeeper, reports: ReportOutbox) =>
  (occurrence: UpdateOccurrence): Promise<void> =>
    reports.add({
      ...occurrence,
      channel: record.get().installedFrom ?? 'stable',
      platform: target.platform,
      arch: target.arch,
    });

/**
 * The very first thing an app does. Notes that this version begins to start; when it did not come up twice after an update, puts the
 * version before it back (`replaced`: the app ends now) and remembers not to take that one again. Rejects with `storage_failed` only
 * where what must not be forgotten cannot be read or written: then there are no updates in this run.
 */
export const beginUpdateStart = async (
  options: StartOptions,
): Promise<{ readonly start: UpdateStart; readonly isReplaced: boolean }> => {
  const { dataFolder, version, install, clock, log } = options;
  const record = await openUpdateRecord(join(dataFolder, 'update.json'), log);
  const folder = join(options.cacheFolder, 'updates');
  const kept = openKeptInstallers(folder, log);
  const reports = createReportOutbox(join(dataFolder, 'update-reports.jsonl'), log);
  const report = reporter(install.target, record, reports);
  const guard = await beginStart({ dataFolder, version, report, log });

  /** Whether the app is about to be replaced. */
  const rollBack = async (to: string): Promise<boolean> => {
    const { rolledBack, givenUp } = record.get();
    const tries = rolledBack?.from === version ? rolledBack.tries : 0;
    const file = tries < MOST_ROLL_BACKS ? await kept.find(to) : null;
    const without = givenUp.filter((each) => each !== version);
    await record.change({
      givenUp: [...without, version].slice(-MOST_GIVEN_UP),
      rolledBack:
        file === null
          ? rolledBack
          : { from: version, to, at: new Date(clock.now()).toISOString(), tries: tries + 1 },
    });
    if (file === null) {
      log.warn('this version does not start, and there is none to go back to', { version, to });
      return false;
    }
    log.warn('this version does not start: the one before is put back', { version, to });
    if (tries === 0)
      await report({ reportId: randomUUID(), version, previousVersion: to, outcome: 'rolled_back' });
    await install.replaceWith(file, true);
    return true;
  };

  const { verdict } = guard;
  const isReplaced =
    verdict.kind === 'roll_back' &&
    (await rollBack(verdict.to).catch((error: unknown) => {
      log.error('the version before could not be put back', { error });
      return false;
    }));
  return {
    start: {
      guard: {
        async usable() {
          await guard.usable();
          // From here on there is no way back but a newer version.
          await kept.keepOnly([version]);
        },
        ended: guard.ended,
      },
      record,
      kept,
      partial: createPartialPayload(folder, log),
      reports,
    },
    isReplaced,
  };
};
