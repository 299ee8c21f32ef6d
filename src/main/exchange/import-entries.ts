/** What lies on the disk of an import: its plan, written once, and a log of what became of it. */
import { z } from 'zod';
import { MATCH_KINDS } from '../../core/exchange/match.ts';
import { SAVED_KINDS } from '../../core/library/operations.ts';

const trackSchema = z.object({
  title: z.string(),
  artists: z.array(z.string()).readonly(),
  album: z.string().nullable(),
  durationMs: z.number().nullable(),
  isrc: z.string().nullable(),
  catalogId: z.string().nullable(),
  addedAt: z.string().nullable(),
});
const listSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('playlist'), name: z.string(), description: z.string() }),
  z.object({ kind: z.literal('saved'), of: z.enum(SAVED_KINDS) }),
  z.object({ kind: z.literal('plays') }),
]);
const planFields = {
  /** The log is of this plan, or of one before it and not to be read. */
  id: z.string(),
  lists: z.array(listSchema).readonly(),
};
const planRowsSchema = z
  .array(
    z.object({
      list: z.int().nonnegative(),
      wanted: trackSchema,
      plays: z
        .array(z.tuple([z.number(), z.number().nonnegative()]).readonly())
        .readonly()
        .optional(),
    }),
  )
  .readonly();
export const importPlanSchema = z.object({ ...planFields, rows: planRowsSchema });
export type StoredPlan = z.infer<typeof importPlanSchema>;

export const planLineSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('plan'), ...planFields, rowCount: z.int().nonnegative() }),
  z.object({ type: z.literal('rows'), rows: planRowsSchema }),
]);
export type PlanLine = z.infer<typeof planLineSchema>;

const foundSchema = z.object({
  id: z.string(),
  title: z.string(),
  artists: z.array(z.string()).readonly(),
  album: z.string().nullable(),
  durationMs: z.number().nullable(),
});
const row = z.int().nonnegative();
const resultSchema = z.object({
  kind: z.enum(MATCH_KINDS),
  found: foundSchema.nullable(),
  alternatives: z.array(foundSchema).readonly(),
});
export type RowResult = z.infer<typeof resultSchema>;

export const importEntrySchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('begun'), plan: z.string() }),
  z.object({
    type: z.literal('matched'),
    results: z.array(z.object({ rows: z.array(row).readonly(), result: resultSchema })).readonly(),
  }),
  z.object({ type: z.literal('chosen'), row, found: foundSchema.nullable() }),
  /** What is open is looked for once more. */
  z.object({ type: z.literal('again') }),
  /** Written before the library is changed: after a kill it is looked there whether it was. */
  z.object({ type: z.literal('taking'), list: row, rows: z.array(row).readonly() }),
  z.object({
    type: z.literal('taken'),
    list: row,
    rows: z.array(row).readonly(),
    /** Null for what is saved or was played. */
    playlistId: z.string().nullable(),
  }),
]);
export type ImportEntry = z.infer<typeof importEntrySchema>;
