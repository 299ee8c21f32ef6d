/** What a listener may read: which documents there are, and what is in them. */
import pLimit from 'p-limit';
import {
  playlistDocument,
  playlistIdOf,
  type DocumentKind,
  type DocumentName,
} from '../../core/library/documents.ts';
import { MOST_OPERATIONS_READ, type DocumentList } from '../../contract/library-http.ts';
import type { PlaylistSnapshot, SnapshotOf } from '../../core/library/snapshot.ts';
import type { OperationOf } from '../../core/library/operations.ts';
import type { Documents } from './documents.ts';
import { documentRef, playlistRef, userKeyOf, type DocumentRef } from './library-keys.ts';
import { isTheirs, type Memberships } from './memberships.ts';

export interface Reading {
  readonly document: DocumentName;
  readonly snapshot: SnapshotOf[DocumentKind] | null;
  readonly operations: readonly OperationOf[DocumentKind][];
  readonly revision: number;
  readonly more: boolean;
}

export interface ReadLibrary {
  /** `withinMs`: how old at most it may be what is known of a document. */
  list(userId: string, withinMs: number): Promise<DocumentList['documents']>;
  /** Null: it is not theirs to read. */
  read(userId: string, document: DocumentName, after: number): Promise<Reading | null>;
}

const AT_ONCE = 16;
/** More batches than that are longer to read than a snapshot. */
const MOST_BATCHES_READ = 100;

/** What whoever has the link of a public playlist sees of it: what it holds, and whose it is; not who else adds to it. */
const forVisitors = (snapshot: PlaylistSnapshot): PlaylistSnapshot => ({
  ...snapshot,
  seen: {},
  members: [],
  people: snapshot.people.map(() => snapshot.owner?.[0] ?? ''),
  unsettled: { gone: [], early: [] },
});

export const createReadLibrary = (documents: Documents, memberships: Memberships): ReadLibrary => {
  const whole = async (ref: DocumentRef): Promise<Reading> =>
    documents.look(ref, ({ replica, revision }) => ({
      document: ref.name,
      snapshot: replica.snapshot(),
      operations: [],
      revision,
      more: false,
    }));

  const since = async (ref: DocumentRef, after: number, newest: number): Promise<Reading> => {
    if (after > newest || newest - after > MOST_BATCHES_READ) return whole(ref);
    const found = await documents.batchesAfter(ref, after, MOST_BATCHES_READ);
    if (found === 'tooOld') return whole(ref);
    const operations: OperationOf[DocumentKind][] = [];
    let revision = after;
    let more = false;
    for (const { batch, revision: next } of found) {
      // A batch is never parted, and one alone is never too much.
      if (operations.length > 0 && operations.length + batch.operations.length > MOST_OPERATIONS_READ) {
        more = true;
        break;
      }
      operations.push(...batch.operations);
      revision = next;
    }
    return { document: ref.name, snapshot: null, operations, revision, more };
  };

  const read: ReadLibrary['read'] = async (userId, document, after) => {
    const ref = documentRef(document, userKeyOf(userId));
    const { revision, standing } = await documents.newest(ref);
    if (ref.kind === 'playlist' && !isTheirs(standing, userId)) {
      if (standing.owner === null || standing.isDeleted || !standing.isPublic) return null;
      if (after === revision) return { document, snapshot: null, operations: [], revision, more: false };
      return documents.look(playlistRef(playlistIdOf(document) ?? ''), (state) =>
        // Asked again: it may have become private in this very moment.
        state.standing().isPublic && !state.standing().isDeleted
          ? {
              document,
              snapshot: forVisitors(state.replica.snapshot()),
              operations: [],
              revision: state.revision,
              more: false,
            }
          : null,
      );
    }
    if (after === revision) return { document, snapshot: null, operations: [], revision, more: false };
    return since(ref, after, revision);
  };

  return {
    read,
    async list(userId, withinMs) {
      const limit = pLimit(AT_ONCE);
      const userKey = userKeyOf(userId);
      const playlistIds = await memberships.list(userId);
      const own: readonly DocumentName[] = ['saved', 'shelf'];
      const playlists: readonly DocumentName[] = playlistIds.map(playlistDocument);
      const found = await Promise.all(
        [...own, ...playlists].map((document) =>
          limit(async () => {
            const ref = documentRef(document, userKey);
            const { revision, standing } = await documents.newest(ref, withinMs);
            const isShown = ref.kind !== 'playlist' || (isTheirs(standing, userId) && !standing.isDeleted);
            return isShown ? { document, revision } : null;
          }),
        ),
      );
      return found.filter((entry) => entry !== null);
    },
  };
};
