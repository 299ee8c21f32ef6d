/** What the log of a library document consists of: batches of operations and, now and then, a snapshot. */
import { z } from 'zod';
import type { DocumentKind } from '../../core/library/documents.ts';
import type { OperationOf } from '../../core/library/operations.ts';
import type { SnapshotOf } from '../../core/library/snapshot.ts';
import {
  deviceSchema,
  memberRoleSchema,
  playlistOperationSchema,
  savedOperationSchema,
  shelfOperationSchema,
  userIdSchema,
} from '../../contract/library-operations-http.ts';
import {
  playlistSnapshotSchema,
  savedSnapshotSchema,
  shelfSnapshotSchema,
} from '../../contract/library-snapshots-http.ts';

/** Whose a playlist is and who sees it, after a batch: so that the newest batch alone says who may read. */
export const playlistStandingSchema = z.object({
  owner: userIdSchema.nullable(),
  isDeleted: z.boolean(),
  isPublic: z.boolean(),
  members: z.array(z.object({ userId: userIdSchema, role: memberRoleSchema })).readonly(),
});
export type PlaylistStanding = Readonly<z.infer<typeof playlistStandingSchema>>;

export const NOBODYS: PlaylistStanding = { owner: null, isDeleted: false, isPublic: false, members: [] };

/** One revision of a document. */
export interface Batch<Kind extends DocumentKind> {
  /** By which a writer whose answer was lost knows its own. */
  readonly writeId: string;
  readonly atMs: number;
  /** Who wrote it, by which device; empty for what the service wrote. */
  readonly by: string;
  readonly device: string;
  readonly operations: readonly OperationOf[Kind][];
  /** Of playlists; else null. */
  readonly standing: PlaylistStanding | null;
  /** Everything before it is gone for good: the document begins anew after it. It holds no operations. */
  readonly isErasure: boolean;
}

/** A snapshot, and what a service needs to go on from it. */
export interface StoredSnapshot<Kind extends DocumentKind> {
  readonly snapshot: SnapshotOf[Kind];
  /** Who writes by which device id. */
  readonly devices: Readonly<Record<string, string>>;
}

export interface DocumentCodec<Kind extends DocumentKind> {
  readonly batch: z.ZodType<Batch<Kind>>;
  readonly snapshot: z.ZodType<StoredSnapshot<Kind>>;
}

const facts = {
  writeId: z.string(),
  atMs: z.number(),
  by: z.string(),
  device: z.string(),
  standing: playlistStandingSchema.nullable(),
  isErasure: z.boolean(),
};
const devices = z.record(deviceSchema, z.string()).readonly();

export const DOCUMENT_CODECS: { readonly [Kind in DocumentKind]: DocumentCodec<Kind> } = {
  saved: {
    batch: z.object({ ...facts, operations: z.array(savedOperationSchema).readonly() }),
    snapshot: z.object({ snapshot: savedSnapshotSchema, devices }),
  },
  shelf: {
    batch: z.object({ ...facts, operations: z.array(shelfOperationSchema).readonly() }),
    snapshot: z.object({ snapshot: shelfSnapshotSchema, devices }),
  },
  playlist: {
    batch: z.object({ ...facts, operations: z.array(playlistOperationSchema).readonly() }),
    snapshot: z.object({ snapshot: playlistSnapshotSchema, devices }),
  },
};
