/** What of updates is in the store. */
import { z } from 'zod';
import { UPDATE_OUTCOMES } from '../../core/update/rollout-rule.ts';
import { updateReportSchema } from '../../contract/update-http.ts';

/** One report; version and channel are in the key. */
export const outcomeRecordSchema = updateReportSchema.omit({ version: true, channel: true });
export const outcomeRecordsSchema = z.object({
  format: z.literal(1),
  reports: z.array(outcomeRecordSchema).readonly(),
});

const countsSchema = z.record(z.enum(UPDATE_OUTCOMES), z.int().nonnegative());
export const versionTotalsSchema = z.object({ format: z.literal(1), counts: countsSchema });

export type OutcomeRecord = Readonly<z.infer<typeof outcomeRecordSchema>>;
