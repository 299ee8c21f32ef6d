/** What of ads is in the store. */
import { z } from 'zod';
import { AD_EVENTS, adSpotSchema } from '../../contract/ads-http.ts';
import { genreRefSchema, idSchema, loudnessSchema, sha256Schema } from '../../contract/catalog-http.ts';

export const spotRecordSchema = z.object({
  ...adSpotSchema.shape,
  /** 1 to 100: twice the weight is heard twice as often. */
  weight: z.int().min(1).max(100),
  /** First and last day (UTC), both included. */
  from: z.iso.date().nullable(),
  until: z.iso.date().nullable(),
  /** Not after a track of one of these. */
  avoidGenres: z.array(genreRefSchema).readonly(),
  media: z.object({
    key: z.string(),
    sha256: sha256Schema,
    bytes: z.int().positive(),
    contentType: z.string(),
  }),
  /** Of what is heard; null where it was not measured. */
  loudness: loudnessSchema.nullable(),
  /** Whether it was brought to the loudness of ads, which needs ffmpeg. */
  levelled: z.boolean(),
  /** Of the file it was made from. */
  sourceSha256: sha256Schema,
  /** No longer in the operator's list: not heard any more, still counted. */
  hasEnded: z.boolean(),
});
export const spotsSchema = z.object({ format: z.literal(1), spots: z.array(spotRecordSchema).readonly() });

/** What one listener heard of one spot in one break, on one day. */
export const hearingSchema = z.object({
  /** Tells the listeners of one day apart; says neither who it was nor which one of another day (`hearings.ts`). */
  listener: z.string().regex(/^[0-9a-f]{16}$/),
  breakId: z.uuid(),
  spotId: idSchema,
  /** In the order of `AD_EVENTS`, each once. */
  kinds: z.array(z.enum(AD_EVENTS)).min(1).readonly(),
});
export const hearingsSchema = z.object({ format: z.literal(1), hearings: z.array(hearingSchema).readonly() });

export const countsSchema = z.record(z.enum(AD_EVENTS), z.int().nonnegative());
export const totalsSchema = z.object({ format: z.literal(1), spots: z.record(idSchema, countsSchema) });

export type SpotRecord = Readonly<z.infer<typeof spotRecordSchema>>;
export type Spots = Readonly<z.infer<typeof spotsSchema>>;
export type Hearing = Readonly<z.infer<typeof hearingSchema>>;
export type Counts = Readonly<z.infer<typeof countsSchema>>;
/** By spot. */
export type SpotCounts = ReadonlyMap<string, Counts>;
