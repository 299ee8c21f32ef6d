/**
 * POST `catalogPaths.match`: which tracks of the catalog recordings from elsewhere may be. The service finds, whoever asks decides
 * (`core/exchange/match.ts`), so that the same is taken with and without a network.
 */
import { z } from 'zod';
import { idSchema } from './catalog-http.ts';

export const MOST_MATCH_ITEMS = 100;
export const MOST_MATCH_CANDIDATES = 10;
/** A hundred of the longest items, as JSON. */
export const LARGEST_MATCH_BYTES = 512 * 1024;

const text = z.string().max(500);
export const matchItemSchema = z.object({
  title: text,
  artists: z.array(text).max(20).readonly(),
  isrc: z.string().max(20).nullable(),
  catalogId: idSchema.nullable(),
});
export const matchRequestSchema = z.object({
  items: z.array(matchItemSchema).min(1).max(MOST_MATCH_ITEMS).readonly(),
});

export const matchCandidateSchema = z.object({
  id: idSchema,
  title: z.string(),
  artists: z.array(z.string()).readonly(),
  album: z.string().nullable(),
  durationMs: z.number().nonnegative(),
  isrc: z.string().nullable(),
});
/** One list for each item, in their order; best known first. */
export const matchReplySchema = z.object({
  candidates: z.array(z.array(matchCandidateSchema).max(MOST_MATCH_CANDIDATES).readonly()).readonly(),
});

export type MatchItem = Readonly<z.infer<typeof matchItemSchema>>;
export type MatchReply = Readonly<z.infer<typeof matchReplySchema>>;
