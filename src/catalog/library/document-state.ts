/** One document as this process knows it, up to a revision. Only what lies in the log is applied to it. */
import type { DocumentKind } from '../../core/library/documents.ts';
import type { OperationOf } from '../../core/library/operations.ts';
import { createPlaylistHead, type PlaylistHead } from '../../core/library/playlist-head.ts';
import { createReplica, type ReplicaOf } from '../../core/library/replicas.ts';
import type { PlaylistSnapshot, SnapshotOf } from '../../core/library/snapshot.ts';
import { NOBODYS, type PlaylistStanding, type StoredSnapshot } from './batch.ts';
import type { Revision } from './document-log.ts';

export interface DocumentState<Kind extends DocumentKind> {
  readonly kind: Kind;
  readonly revision: number;
  readonly replica: ReplicaOf<Kind>;
  /** Who writes by which device id. */
  readonly devices: ReadonlyMap<string, string>;
  /** Of playlists: a head of its own, to try operations out on. */
  tryHead(): PlaylistHead;
  standing(): PlaylistStanding;
  /** Whether somebody is or ever was a member. */
  hasKnown(userId: string): boolean;
  /** The next revision; throws a `RangeError` for another. */
  apply(revision: Revision<Kind>): void;
  toStored(): StoredSnapshot<Kind>;
  /** What came since the snapshot that it began from, or the last that was told. */
  sinceSnapshot(): { readonly revisions: number; readonly bytes: number; readonly snapshotBytes: number };
  snapshotWritten(bytes: number): void;
  /** Roughly how many things it holds. */
  weight(): number;
}

export const standingOf = (head: PlaylistHead): PlaylistStanding => {
  const { owner, isDeleted, details, members } = head.current();
  return { owner, isDeleted, isPublic: details.visibility === 'public', members };
};

const EMPTY_HEAD: Pick<PlaylistSnapshot, 'owner' | 'details' | 'deleted' | 'members'> = {
  owner: null,
  details: {},
  deleted: null,
  members: [],
};

const isSnapshotOfPlaylist = (snapshot: SnapshotOf[DocumentKind]): snapshot is PlaylistSnapshot =>
  snapshot.kind === 'playlist';

type HeadOperation = Parameters<PlaylistHead['apply']>[0];
const HEAD_TYPES: ReadonlySet<string> = new Set<HeadOperation['type']>([
  'create',
  'edit',
  'member',
  'delete',
  'restore',
]);
/** What of a playlist's operations is about the playlist itself, not about what it holds. */
export const isHeadOperation = (operation: OperationOf[DocumentKind]): operation is HeadOperation =>
  HEAD_TYPES.has(operation.type);

const entriesIn = (snapshot: SnapshotOf[DocumentKind]): number => {
  switch (snapshot.kind) {
    case 'saved':
      return snapshot.items.track.length + snapshot.items.album.length + snapshot.items.artist.length;
    case 'shelf':
      return snapshot.entries.length;
    case 'playlist':
      return snapshot.items.length;
  }
};
const BARE_WEIGHT = 50;

const partsFrom = <Kind extends DocumentKind>(kind: Kind, stored: StoredSnapshot<Kind> | null) => {
  const snapshot: SnapshotOf[DocumentKind] | null = stored?.snapshot ?? null;
  const ofPlaylist = snapshot !== null && isSnapshotOfPlaylist(snapshot) ? snapshot : EMPTY_HEAD;
  return {
    replica: createReplica(kind, stored?.snapshot ?? null),
    head: createPlaylistHead(ofPlaylist),
    devices: new Map(Object.entries(stored?.devices ?? {})),
    known: new Set(ofPlaylist.members.map(([userId]) => userId)),
    weight: BARE_WEIGHT + (snapshot === null ? 0 : entriesIn(snapshot)),
  };
};

/** Begins with a snapshot of a revision, or (null) with nothing. */
export const createDocumentState = <Kind extends DocumentKind>(
  kind: Kind,
  start: (StoredSnapshot<Kind> & { readonly revision: number; readonly bytes: number }) | null,
): DocumentState<Kind> => {
  let parts = partsFrom(kind, start);
  let revision = start?.revision ?? 0;
  let since = { revisions: 0, bytes: 0, snapshotBytes: start?.bytes ?? 0 };

  return {
    kind,
    get revision() {
      return revision;
    },
    get replica() {
      return parts.replica;
    },
    get devices() {
      return parts.devices;
    },
    tryHead: () => createPlaylistHead(parts.head.snapshot()),
    standing: () => (kind === 'playlist' ? standingOf(parts.head) : NOBODYS),
    hasKnown: (userId) => parts.known.has(userId),
    apply(next) {
      const { batch } = next;
      // An erasure is a beginning: what lay before it is not looked for.
      if (next.revision !== revision + 1 && !batch.isErasure)
        throw new RangeError(`revision ${next.revision} does not follow ${revision}`);
      if (batch.isErasure) parts = partsFrom(kind, null);
      revision = next.revision;
      since = { ...since, revisions: since.revisions + 1, bytes: since.bytes + next.bytes };
      parts.replica.apply(batch.operations);
      if (batch.device !== '') parts.devices.set(batch.device, batch.by);
      for (const operation of batch.operations) {
        if (!isHeadOperation(operation)) continue;
        parts.head.apply(operation);
        if (operation.type === 'member') parts.known.add(operation.userId);
      }
      parts.weight += next.bytes / 100;
    },
    toStored: () => ({
      snapshot: parts.replica.snapshot(),
      devices: Object.fromEntries(parts.devices),
    }),
    sinceSnapshot: () => since,
    snapshotWritten(bytes) {
      since = { revisions: 0, bytes: 0, snapshotBytes: bytes };
    },
    weight: () => parts.weight,
  };
};
