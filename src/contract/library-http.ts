/**
 * What app and service say to each other about a listener's library, version 1. Every route wants a token; a service without sign-in
 * keeps one library for all. Operations and snapshots: `library-operations-http.ts`, `library-snapshots-http.ts`.
 *
 * A device keeps its own operations until they are taken, and sends them in the order of their stamps, one request at a time for each
 * document. Sending them again is harmless: those that a document has are passed over.
 */
import { z } from 'zod';
import { SAVED_KINDS } from '../core/library/operations.ts';
import { idSchema, sha256Schema } from './catalog-http.ts';
import {
  deviceSchema,
  documentNameSchema,
  itemIdSchema,
  memberRoleSchema,
  playlistDetailsSchema,
  playlistIdSchema,
  playlistOperationSchema,
  savedOperationSchema,
  shelfOperationSchema,
  stampSchema,
  timeSchema,
  userIdSchema,
} from './library-operations-http.ts';
import {
  librarySnapshotSchema,
  playlistSnapshotSchema,
  savedSnapshotSchema,
  shelfSnapshotSchema,
} from './library-snapshots-http.ts';

/** In one change; together with the limit of items an operation it keeps a request under some megabytes. */
export const MOST_OPERATIONS = 500;
/** In one request. */
export const MOST_CHANGES = 50;
export const MOST_CHANGES_BYTES = 4 * 1024 ** 2;
/** In one page of a document's operations. */
export const MOST_OPERATIONS_READ = 5000;
export const MOST_PLAYLIST_ITEMS = 20_000;
export const MOST_SAVED = 200_000;
export const MOST_SHELF_ENTRIES = 5000;
export const MOST_MEMBERS = 100;

const operationsOf = <Operation extends z.ZodType>(operation: Operation) =>
  z.array(operation).min(1).max(MOST_OPERATIONS).readonly();
const playlistNameSchema = documentNameSchema.refine((name) => name.startsWith('playlist:'));

export const documentChangeSchema = z.union([
  z.object({ document: z.literal('saved'), operations: operationsOf(savedOperationSchema) }),
  z.object({ document: z.literal('shelf'), operations: operationsOf(shelfOperationSchema) }),
  z.object({ document: playlistNameSchema, operations: operationsOf(playlistOperationSchema) }),
]);
export const changesRequestSchema = z.object({
  /** Every stamp in the request is this device's. */
  device: deviceSchema,
  changes: z.array(documentChangeSchema).min(1).max(MOST_CHANGES).readonly(),
});

/** What became of the operations of one document: all of them or none. Those of other documents go on whatever became of these. */
export const changeOutcomeSchema = z.discriminatedUnion('outcome', [
  /**
   * In the document for good, with this revision or an earlier one. A device keeps them until it has read the document up to there:
   * a snapshot that it begins anew from meanwhile may be older, and what it writes next must come after them.
   */
  z.object({ document: documentNameSchema, outcome: z.literal('taken'), revision: z.int().positive() }),
  /** Never will be: the listener's role allows it no (longer). Drop them and read the document anew. */
  z.object({ document: documentNameSchema, outcome: z.literal('forbidden') }),
  /** No such playlist, and the first operation does not create it. Drop them. */
  z.object({ document: documentNameSchema, outcome: z.literal('not_found') }),
  /** A stamp is further ahead than `MOST_AHEAD_MS`: correct the clock by `now`, stamp anew (`restamped`), send again. */
  z.object({
    document: documentNameSchema,
    outcome: z.literal('clock_ahead'),
    now: z.iso.datetime(),
  }),
  /** Another listener wrote to this document by the same device id: take a new one, stamp anew, send again. */
  z.object({ document: documentNameSchema, outcome: z.literal('device_taken') }),
  /** It would have more than it may: items, entries, members. Drop them and read the document anew. */
  z.object({ document: documentNameSchema, outcome: z.literal('too_large') }),
]);
export const changesReplySchema = z.object({
  /** One for each change, in their order. */
  outcomes: z.array(changeOutcomeSchema).readonly(),
});

/** The listener's documents: `saved`, `shelf`, and the playlists that they own or are a member of. */
export const documentListSchema = z.object({
  documents: z.array(z.object({ document: documentNameSchema, revision: z.int().nonnegative() })).readonly(),
});

export const documentQuerySchema = z.object({
  /** The revision that is known; 0 for nothing. */
  after: z.coerce.number().int().nonnegative().default(0),
});
const documentReplyOf = <Snapshot extends z.ZodType, Operation extends z.ZodType>(
  snapshot: Snapshot,
  operation: Operation,
) => ({
  /**
   * Set when `after` is older than what the log still has, or when it is the shorter way: it takes the place of everything known,
   * and the operations come after it.
   */
  snapshot: snapshot.nullable(),
  /** In the order of the log. */
  operations: z.array(operation).readonly(),
  /** Of the document with these operations: the next `after`. 0: there is nothing yet. */
  revision: z.int().nonnegative(),
  /** There is more after `revision`. */
  more: z.boolean(),
});
export const documentReplySchema = z.union([
  z.object({
    document: z.literal('saved'),
    ...documentReplyOf(savedSnapshotSchema, savedOperationSchema),
  }),
  z.object({
    document: z.literal('shelf'),
    ...documentReplyOf(shelfSnapshotSchema, shelfOperationSchema),
  }),
  z.object({
    document: playlistNameSchema,
    ...documentReplyOf(playlistSnapshotSchema, playlistOperationSchema),
  }),
]);

/**
 * `data` of a server-sent event named `document`. A stream begins with one for every document of the listener, so nothing that came
 * before it is missed; comments keep it open. `revision` null: no longer theirs (deleted, or no member any more).
 */
export const documentEventSchema = z.object({
  document: documentNameSchema,
  revision: z.int().nonnegative().nullable(),
});

export const playSchema = z.object({
  /** Its identity: a play that is sent twice counts once. */
  stamp: stampSchema,
  trackId: idSchema,
  /** When it began. */
  playedAt: z.iso.datetime(),
  /** How much of it was heard. */
  heardMs: z.int().nonnegative(),
});
export const playsRequestSchema = z.object({
  device: deviceSchema,
  plays: z.array(playSchema).min(1).max(500).readonly(),
});
export const playsQuerySchema = z.object({
  /** Opaque, from the last answer; absent: from the newest. */
  cursor: z.string().max(400).optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(200),
});
export const playsReplySchema = z.object({
  /** Newest first. */
  plays: z.array(playSchema).readonly(),
  nextCursor: z.string().nullable(),
});
/** DELETE: plays before that time, or all of them. They stay away, also when whoever has one sends it again. */
export const playsRemovalSchema = z.object({ before: z.iso.datetime().optional() });
/** Single plays; their day is told from when they began. They stay away likewise. */
export const playsRemovalsRequestSchema = z.object({
  plays: z
    .array(playSchema.pick({ stamp: true, playedAt: true }))
    .min(1)
    .max(500)
    .readonly(),
});

/**
 * How devices find out what others played and removed without reading everything: a tag for each day, another whenever anything of
 * that day is. A day that is not listed (any more) has no plays.
 */
export const playDaysSchema = z.object({
  /** What began before `before` and was written down (the time in its stamp) before `at` is gone, also what was never sent. */
  removals: z.array(z.object({ before: z.iso.datetime(), at: z.iso.datetime() })).readonly(),
  /** Oldest first. */
  days: z.array(z.object({ day: z.iso.date(), tag: z.string().min(1).max(100) })).readonly(),
});
/** In one request. */
export const MOST_PLAY_DAYS = 31;
export const playDaysQuerySchema = z.object({
  /** Separated by commas. */
  days: z
    .string()
    .max(MOST_PLAY_DAYS * 11)
    .transform((text) => text.split(','))
    .pipe(z.array(z.iso.date()).min(1).max(MOST_PLAY_DAYS)),
});
export const playsOfDaysSchema = z.object({
  /** The first of those that were asked for, in their order, at least one: many plays are told in several answers. */
  days: z
    .array(
      z.object({
        day: z.iso.date(),
        tag: z.string().min(1).max(100),
        /** Newest first. */
        plays: z.array(playSchema).readonly(),
        /** Removed one by one. */
        removed: z.array(stampSchema).readonly(),
      }),
    )
    .readonly(),
});

export const memberSchema = z.object({
  userId: userIdSchema,
  /** As their issuer says it; null when it does not. */
  name: z.string().nullable(),
  role: z.enum(['owner', ...memberRoleSchema.options]),
});
/** A playlist as its head is shown, to members and (public ones) to whoever has the link. */
export const playlistSchema = z.object({
  id: playlistIdSchema,
  ...playlistDetailsSchema.shape,
  /** The first is the owner. Only members see the others. */
  members: z.array(memberSchema).readonly(),
  itemCount: z.int().nonnegative(),
  revision: z.int().positive(),
  /** What the asker is to it; null: a visitor of a public one. */
  role: memberSchema.shape.role.nullable(),
});

export const invitationRequestSchema = z.object({ role: memberRoleSchema });
/** A code is a secret of 128 bits and more; it is shown to the owner alone, and works once or until it expires. */
export const invitationSchema = z.object({
  code: z.string().regex(/^[0-9A-Za-z_-]{22,64}$/),
  role: memberRoleSchema,
  expiresAt: z.iso.datetime(),
});

export const SHARED_KINDS = [...SAVED_KINDS, 'playlist'] as const;
export const shareRequestSchema = z.object({
  kind: z.enum(SHARED_KINDS),
  id: idSchema,
  /** Of a track: where to begin. */
  startMs: z.int().nonnegative().optional(),
});
export const shareSchema = z.object({
  /** Of something public it may be told from its id; of a private playlist it cannot be guessed (128 bits). */
  shareId: z.string().regex(/^[0-9A-Za-z_-]{20,64}$/),
  /** Of the public page. */
  url: z.url(),
});

/**
 * A playlist as those see it in the app who have its link and are no members: what it holds, in its order, and nothing of who else
 * adds to it. Of one by rules there are no items: they are others for everybody.
 */
export const sharedPlaylistSchema = z.object({
  id: playlistIdSchema,
  ...playlistDetailsSchema.shape,
  /** Of a public one; null of one that a secret link leads to, which names nobody. */
  owner: memberSchema.pick({ userId: true, name: true }).nullable(),
  items: z
    .array(z.tuple([itemIdSchema, idSchema, timeSchema]).readonly())
    .max(MOST_PLAYLIST_ITEMS)
    .readonly()
    .describe('item id, track id, when it was added (ms since 1970)'),
  changedAt: z.iso.datetime(),
  revision: z.int().positive(),
});

/** Everything of a listener: the documents whole, the plays, what is shared. `GET` gives it, `POST` takes it in again (adds, removes nothing). */
export const libraryExportSchema = z.object({
  format: z.literal('riffle-library'),
  version: z.literal(1),
  exportedAt: z.iso.datetime(),
  documents: z.array(z.object({ document: documentNameSchema, snapshot: librarySnapshotSchema })).readonly(),
  plays: z.array(playSchema).readonly(),
});
export const importReplySchema = z.object({
  documents: z.int().nonnegative(),
  operations: z.int().nonnegative(),
  plays: z.int().nonnegative(),
});
/**
 * DELETE of `catalogPaths.me` → 204: the account and everything of theirs is gone, playlists that they own included. It takes the
 * listener's id, so that it is not done by mistake.
 */
export const accountDeletionSchema = z.object({ confirm: userIdSchema });

/** Of a playlist's own picture, as it is sent. */
export const MOST_IMAGE_BYTES = 4 * 1024 ** 2;
export const imageReplySchema = z.object({ imageId: sha256Schema });

/** Every path about libraries, spelled once. */
export const libraryPaths = {
  /** POST `changesRequestSchema` → `changesReplySchema`. */
  changes: '/v1/library/changes',
  /** GET → `documentListSchema`. */
  documents: '/v1/library/documents',
  /**
   * GET, `documentQuerySchema` → `documentReplySchema`; 404 for a playlist that is not the asker's. A public one is given to everybody as a
   * snapshot, without its members and with its owner as whoever added something.
   */
  document: '/v1/library/documents/:document',
  /**
   * GET → server-sent events, `documentEventSchema`; and events named `plays`, without data that counts: at the beginning, and when plays were
   * added or removed.
   */
  events: '/v1/library/events',
  /** POST `playsRequestSchema` → 204; GET → `playsReplySchema`; DELETE `playsRemovalSchema` → 204. */
  plays: '/v1/library/plays',
  /** POST `playsRemovalsRequestSchema` → 204. */
  playsRemovals: '/v1/library/plays/removals',
  /** GET → `playDaysSchema`. */
  playDays: '/v1/library/plays/days',
  /** GET, `playDaysQuerySchema` → `playsOfDaysSchema`. */
  playsOfDays: '/v1/library/plays/of-days',
  /** GET → `playlistSchema`. */
  playlist: '/v1/playlists/:id',
  /** POST, owner only, `invitationRequestSchema` → `invitationSchema`. DELETE: none of them works any more. */
  invitations: '/v1/playlists/:id/invitations',
  /** POST → `playlistSchema`: the asker is a member now. 404: unknown, used or expired. */
  invitation: '/v1/invitations/:code',
  /** GET `libraryExportSchema`; POST of one → `importReplySchema`. */
  export: '/v1/me/export',
  /** POST of a PNG, JPEG or WebP image (`MOST_IMAGE_BYTES`) → `imageReplySchema`; it is artwork from then on (`catalogPaths.artwork`). */
  images: '/v1/library/images',
  /** POST `shareRequestSchema` → `shareSchema`; the same again for what is shared already. */
  shares: '/v1/shares',
  /**
   * GET → `sharedPlaylistSchema`, for whoever is signed in and has the id; 404 for what never was, 410 for what is not shared any
   * more. DELETE → 204: the link is dead at once, and a new one is another.
   */
  share: '/v1/shares/:id',
} as const;

export type DocumentChange = Readonly<z.infer<typeof documentChangeSchema>>;
export type ChangesRequest = Readonly<z.infer<typeof changesRequestSchema>>;
export type ChangeOutcome = Readonly<z.infer<typeof changeOutcomeSchema>>;
export type ChangesReply = Readonly<z.infer<typeof changesReplySchema>>;
export type DocumentList = Readonly<z.infer<typeof documentListSchema>>;
export type DocumentReply = Readonly<z.infer<typeof documentReplySchema>>;
export type DocumentEvent = Readonly<z.infer<typeof documentEventSchema>>;
export type Play = Readonly<z.infer<typeof playSchema>>;
export type PlayDays = Readonly<z.infer<typeof playDaysSchema>>;
export type PlaysOfDays = Readonly<z.infer<typeof playsOfDaysSchema>>;
export type PlayRemoved = Readonly<z.infer<typeof playsRemovalsRequestSchema>>['plays'][number];
export type PlaysReply = Readonly<z.infer<typeof playsReplySchema>>;
export type Member = Readonly<z.infer<typeof memberSchema>>;
export type Playlist = Readonly<z.infer<typeof playlistSchema>>;
export type Invitation = Readonly<z.infer<typeof invitationSchema>>;
export type ShareRequest = Readonly<z.infer<typeof shareRequestSchema>>;
export type Share = Readonly<z.infer<typeof shareSchema>>;
export type SharedPlaylist = Readonly<z.infer<typeof sharedPlaylistSchema>>;
export type LibraryExport = Readonly<z.infer<typeof libraryExportSchema>>;
export type ImportReply = Readonly<z.infer<typeof importReplySchema>>;
