import { versionPrefix, type ReportedVersion } from './update-keys.ts';
import type { OutcomeRecord } from './update-records.ts';

export interface ReportBatches {
  /** Resolves when it is written; rejects as writing did, and then it may be written or not. */
  add(reported: ReportedVersion, record: OutcomeRecord): Promise<void>;
}

interface Waiting {
  readonly reported: ReportedVersion;
  readonly record: OutcomeRecord;
  readonly written: PromiseWithResolvers<void>;
}

/** What comes in while a write is under way goes with the next one: one write at a time, however many report. */
export const createReportBatches = (
  write: (reported: ReportedVersion, records: readonly OutcomeRecord[]) => Promise<unknown>,
): ReportBatches => {
  let waiting: Waiting[] = [];
  let isWriting = false;

  const writeBatch = async (batch: readonly Waiting[], reported: ReportedVersion): Promise<void> => {
    try {
      await write(
        reported,
        batch.map(({ record }) => record),
      );
      for (const { written } of batch) written.resolve();
    } catch (error) {
      for (const { written } of batch) written.reject(error);
    }
  };

  const writeAll = async (): Promise<void> => {
    isWriting = true;
    while (waiting.length > 0) {
      const taken = waiting;
      waiting = [];
      for (const batch of Map.groupBy(taken, ({ reported }) => versionPrefix(reported)).values())
        if (batch[0] !== undefined) await writeBatch(batch, batch[0].reported);
    }
    isWriting = false;
  };

  return {
    add(reported, record) {
      const written = Promise.withResolvers<void>();
      waiting.push({ reported, record, written });
      if (!isWriting) void writeAll();
      return written.promise;
    },
  };
};
