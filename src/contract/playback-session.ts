/**
 * What is kept so that the same queue and position come back after a restart or a crash. Split in two documents: the
 * queue changes seldom and may be large (20,000 entries), the position changes all the time and is tiny.
 */
import { z } from 'zod';
import { trackSchema } from './catalog-http.ts';

/** Where a queue was started from; shown as "Playing from …" and linked. */
export const originSchema = z.object({
  kind: z.enum(['album', 'artist', 'playlist', 'genre', 'search', 'home', 'history', 'tracks']),
  id: z.string().nullable(),
  title: z.string(),
});

export const repeatModeSchema = z.enum(['off', 'all', 'one']);

export const queueEntrySchema = z.object({
  /** Unique within the queue: the same track may stand in it twice. */
  entryId: z.string(),
  track: trackSchema,
  /** Absent where a listener chose it. */
  addedBy: z.literal('autoplay').optional(),
});

/** A lasting form of `core/playback/queue`; see there for what the parts mean. */
export const savedQueueSchema = z.object({
  version: z.literal(1),
  /** Already played, oldest first. */
  played: z.array(queueEntrySchema).readonly(),
  current: queueEntrySchema.nullable(),
  /** "Next, because you asked": plays before the rest. */
  requested: z.array(queueEntrySchema).readonly(),
  /** The rest of what the queue was started from, in playing order. */
  upcoming: z.array(queueEntrySchema).readonly(),
  /** Entry ids of the origin in its own order, to un-shuffle to. */
  naturalOrder: z.array(z.string()).readonly(),
  shuffle: z.boolean(),
  shuffleSeed: z.int().nonnegative(),
  repeat: repeatModeSchema,
  origin: originSchema.nullable(),
});

/** Few enough that handing them over is never felt. */
export const QUEUE_PIECE_ENTRIES = 200;
/** Part of a long queue. */
export const savedEntriesSchema = z.object({
  entries: z.array(queueEntrySchema).max(QUEUE_PIECE_ENTRIES).readonly(),
});

const entryIds = z.array(z.string()).readonly();
/** A queue by the ids of its entries. */
export const savedOrderSchema = savedQueueSchema.extend({
  played: entryIds,
  current: z.string().nullable(),
  requested: entryIds,
  upcoming: entryIds,
});

export const savedPositionSchema = z.object({
  version: z.literal(1),
  entryId: z.string().nullable(),
  positionMs: z.number().nonnegative(),
  /** 0 to 1, as the slider stands. */
  volume: z.number().min(0).max(1),
  muted: z.boolean(),
});

export type Origin = Readonly<z.infer<typeof originSchema>>;
export type RepeatMode = z.infer<typeof repeatModeSchema>;
export type SavedQueue = Readonly<z.infer<typeof savedQueueSchema>>;
export type SavedEntry = Readonly<z.infer<typeof queueEntrySchema>>;
export type SavedEntries = Readonly<z.infer<typeof savedEntriesSchema>>;
export type SavedOrder = Readonly<z.infer<typeof savedOrderSchema>>;
export type SavedPosition = Readonly<z.infer<typeof savedPositionSchema>>;
export interface SavedPlayback {
  readonly queue: SavedQueue | null;
  readonly position: SavedPosition | null;
}
