/** A replica by the kind of its document, for whoever treats all kinds alike. */
import type { DocumentKind } from './documents.ts';
import { createPlaylistReplica, type PlaylistReplica } from './playlist.ts';
import type { Replica } from './replica.ts';
import { createSavedReplica, type SavedReplica } from './saved.ts';
import { createShelfReplica, type ShelfReplica } from './shelf.ts';
import type { SnapshotOf } from './snapshot.ts';

interface ReadsOf {
  readonly saved: Omit<SavedReplica, keyof Replica<'saved'>>;
  readonly shelf: Omit<ShelfReplica, keyof Replica<'shelf'>>;
  readonly playlist: Omit<PlaylistReplica, keyof Replica<'playlist'>>;
}
export type ReplicaOf<Kind extends DocumentKind> = Replica<Kind> & ReadsOf[Kind];

const MAKERS: { readonly [Kind in DocumentKind]: (start?: SnapshotOf[Kind]) => ReplicaOf<Kind> } = {
  saved: createSavedReplica,
  shelf: createShelfReplica,
  playlist: createPlaylistReplica,
};

/** Begins with a snapshot, or (null) with nothing. */
export const createReplica = <Kind extends DocumentKind>(
  kind: Kind,
  start: SnapshotOf[Kind] | null,
): ReplicaOf<Kind> => (start === null ? MAKERS[kind]() : MAKERS[kind](start));
