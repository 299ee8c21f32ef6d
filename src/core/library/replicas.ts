/** A replica by the kind of its document, for whoever treats all kinds alike. */
import type { DocumentKind } from './documents.ts';
import { createPlaylistReplica, type PlaylistReplica } from './playlist.ts';
import type { Replica } from './replica.ts';
import { savedReplicaInSteps, type SavedReplica } from './saved.ts';
import { createShelfReplica, type ShelfReplica } from './shelf.ts';
import type { SnapshotOf } from './snapshot.ts';
import { finished, oneStep, type Steps } from '../work/steps.ts';

interface ReadsOf {
  readonly saved: Omit<SavedReplica, keyof Replica<'saved'>>;
  readonly shelf: Omit<ShelfReplica, keyof Replica<'shelf'>>;
  readonly playlist: Omit<PlaylistReplica, keyof Replica<'playlist'>>;
}
export type ReplicaOf<Kind extends DocumentKind> = Replica<Kind> & ReadsOf[Kind];

const MAKERS: { readonly [Kind in DocumentKind]: (start?: SnapshotOf[Kind]) => Steps<ReplicaOf<Kind>> } = {
  saved: savedReplicaInSteps,
  shelf: (start) => oneStep(() => createShelfReplica(start)),
  playlist: (start) => oneStep(() => createPlaylistReplica(start)),
};

/** Begins with a snapshot, or (null) with nothing. */
export const replicaInSteps = <Kind extends DocumentKind>(
  kind: Kind,
  start: SnapshotOf[Kind] | null,
): Steps<ReplicaOf<Kind>> => (start === null ? MAKERS[kind]() : MAKERS[kind](start));

export const createReplica = <Kind extends DocumentKind>(
  kind: Kind,
  start: SnapshotOf[Kind] | null,
): ReplicaOf<Kind> => finished(replicaInSteps(kind, start));
