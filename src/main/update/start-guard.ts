import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import {
  startBegins,
  startEnded,
  startSucceeded,
  type StartRecord,
  type StartVerdict,
} from '../../core/update/start-record.ts';
import { compareVersions, isVersion } from '../../core/update/version.ts';
import type { Log } from '../ports.ts';
import { createJsonDocument } from '../storage/json-document.ts';
import type { UpdateOccurrence } from './report-outbox.ts';

const versionSchema = z.string().refine(isVersion);
const recordSchema: z.ZodType<StartRecord> = z.object({
  version: versionSchema,
  previousVersion: versionSchema.nullable(),
  isProven: z.boolean(),
  isStarting: z.boolean(),
  failedStarts: z.int().min(0),
});

export interface StartGuard {
  readonly verdict: StartVerdict;
  /** The window can be used: this version is good, whatever comes. Never rejects. */
  usable(): Promise<void>;
  /** The app is ended in order. Never rejects. */
  ended(): Promise<void>;
}

/**
 * Notes on the disk that this version begins to start, before anything else is done that might fail, and says what came of the starts
 * before. Whoever calls `report` hears of a failed start, and of the first good one after an update. Never rejects: where nothing
 * can be written nothing is counted, and the app starts.
 */
export const beginStart = async (options: {
  readonly dataFolder: string;
  readonly version: string;
  readonly report: (occurrence: UpdateOccurrence) => Promise<void>;
  readonly log: Log;
}): Promise<StartGuard> => {
  const { version, report, log } = options;
  const document = createJsonDocument({
    path: join(options.dataFolder, 'update-start.json'),
    schema: recordSchema,
    log,
  });
  const write = (record: StartRecord): Promise<void> =>
    document.write(record).catch((error: unknown) => log.warn('start not noted', { error }));
  const before = await document.read().catch((error: unknown) => {
    log.warn('earlier starts unknown', { error });
    return null;
  });

  const begun = startBegins(before, version);
  let { record } = begun;
  const { verdict } = begun;
  await write(record);

  const tell = async (outcome: UpdateOccurrence['outcome']): Promise<void> => {
    const { previousVersion } = record;
    // An older one put in place of a newer is not an update that one would count.
    if (previousVersion === null || (compareVersions(previousVersion, version) ?? 0) >= 0) return;
    await report({ reportId: randomUUID(), version, previousVersion, outcome });
  };
  if (verdict.kind === 'roll_back' || verdict.failedBefore) {
    log.warn('the last start of this version failed', { version, failedStarts: record.failedStarts });
    await tell('failed_start');
  }

  return {
    verdict,
    async usable() {
      if (record.isProven && !record.isStarting) return;
      const isFirst = !record.isProven;
      record = startSucceeded(record);
      await write(record);
      if (isFirst) await tell('started');
    },
    async ended() {
      if (!record.isStarting) return;
      record = startEnded(record);
      await write(record);
    },
  };
};
