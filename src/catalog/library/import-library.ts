/**
 * Takes an export in again: what is missing is added, nothing is changed or removed. A playlist that is somebody else's by now, or
 * that was deleted, stays as it is.
 */
import type { DocumentKind } from '../../core/library/documents.ts';
import { playlistIdOf } from '../../core/library/documents.ts';
import {
  MOST_OPERATION_ITEMS,
  SAVED_KINDS,
  type NewItem,
  type OperationOf,
  type PlaylistOperation,
  type SavedOperation,
  type ShelfOperation,
} from '../../core/library/operations.ts';
import { inPieces } from '../../core/library/pieces.ts';
import { NEW_DETAILS } from '../../core/library/playlist-view.ts';
import type { PlaylistSnapshot, SavedSnapshot, ShelfSnapshot } from '../../core/library/snapshot.ts';
import { wallMsOf } from '../../core/library/stamp.ts';
import {
  MOST_PLAYLIST_ITEMS,
  MOST_SAVED,
  MOST_SHELF_ENTRIES,
  type ImportReply,
  type LibraryExport,
} from '../../contract/library-http.ts';
import type { DocumentState } from './document-state.ts';
import type { Decision } from './documents.ts';
import { documentRef, playlistRef, userKeyOf } from './library-keys.ts';
import { serviceClock, type LibraryWriter } from './library-writer.ts';
import type { Plays } from './plays.ts';

export type ImportLibrary = (userId: string, content: LibraryExport) => Promise<ImportReply>;

const PLAYS_AT_ONCE = 500;

const decision = <Kind extends DocumentKind>(
  operations: readonly OperationOf[Kind][],
): Decision<Kind, null> =>
  operations.length === 0 ? { is: 'answer', answer: null } : { is: 'write', by: '', device: '', operations };

const missingSaved = (
  state: DocumentState<'saved'>,
  snapshot: SavedSnapshot,
  nowMs: () => number,
): readonly SavedOperation[] => {
  const { replica } = state;
  const clock = serviceClock(state, nowMs);
  let room = MOST_SAVED - SAVED_KINDS.reduce((sum, kind) => sum + replica.list(kind).length, 0);
  return SAVED_KINDS.flatMap((kind) => {
    const wanted = new Map(
      snapshot.items[kind].map(([id, life, atMs]) => [id, { id, atMs: atMs ?? wallMsOf(life) }]),
    );
    const items = [...wanted.values()]
      .filter(({ id }) => replica.savedAtMs(kind, id) === null)
      .slice(0, Math.max(0, room));
    room -= items.length;
    return inPieces(items, MOST_OPERATION_ITEMS).map((piece): SavedOperation => ({
      type: 'save',
      stamp: clock.next(),
      kind,
      items: piece,
    }));
  });
};

const missingOnShelf = (
  state: DocumentState<'shelf'>,
  snapshot: ShelfSnapshot,
  nowMs: () => number,
): readonly ShelfOperation[] => {
  const { entries } = state.replica.view();
  const clock = serviceClock(state, nowMs);
  const wanted = new Map(
    snapshot.entries.map(([key, , [place], [name]]) => [key, { key, place, name }] as const),
  );
  const missing = [...wanted.values()]
    .filter(({ key }) => !entries.has(key))
    .slice(0, Math.max(0, MOST_SHELF_ENTRIES - entries.size));
  return inPieces(missing, MOST_OPERATION_ITEMS).map((piece) => ({
    type: 'put',
    stamp: clock.next(),
    entries: piece,
  }));
};

const missingInPlaylist = (
  state: DocumentState<'playlist'>,
  snapshot: PlaylistSnapshot,
  userId: string,
  nowMs: () => number,
): readonly PlaylistOperation[] => {
  const { owner, isDeleted } = state.standing();
  const isNew = owner === null;
  // A new one is made of what was theirs; of what others shared with them there is nothing to bring back.
  if (isDeleted || (isNew ? snapshot.owner?.[0] : owner) !== userId || snapshot.deleted?.[0] === true)
    return [];
  const clock = serviceClock(state, nowMs);
  const { name, description, picture, rules } = snapshot.details;
  const create: PlaylistOperation = {
    type: 'create',
    stamp: clock.next(),
    owner: userId,
    details: {
      name: name?.[0] ?? NEW_DETAILS.name,
      description: description?.[0] ?? NEW_DETAILS.description,
      picture: picture?.[0] ?? NEW_DETAILS.picture,
      visibility: 'private',
      rules: rules?.[0] ?? NEW_DETAILS.rules,
    },
  };
  const wanted = new Map<string, NewItem>(
    snapshot.items.map(([itemId, , trackId, person, atMs, position]) => [
      itemId,
      { itemId, trackId, position, by: snapshot.people[person] ?? userId, atMs },
    ]),
  );
  const { replica } = state;
  const items = [...wanted.values()]
    .filter(({ itemId }) => replica.item(itemId) === null)
    .slice(0, Math.max(0, MOST_PLAYLIST_ITEMS - replica.view().items.length));
  const adds = inPieces(items, MOST_OPERATION_ITEMS).map((piece): PlaylistOperation => ({
    type: 'add',
    stamp: clock.next(),
    by: userId,
    atMs: nowMs(),
    items: piece,
  }));
  return isNew ? [create, ...adds] : adds;
};

export const createImportLibrary = (options: {
  readonly writer: LibraryWriter;
  readonly plays: Plays;
  readonly nowMs: () => number;
}): ImportLibrary => {
  const { writer, plays, nowMs } = options;
  return async (userId, content) => {
    const userKey = userKeyOf(userId);
    let documents = 0;
    let operations = 0;
    const written = async <Kind extends DocumentKind>(
      ref: Parameters<typeof writer.write<Kind, null>>[0],
      missing: (state: DocumentState<Kind>) => readonly OperationOf[Kind][],
    ): Promise<void> => {
      let count = 0;
      const result = await writer.write<Kind, null>(ref, (state) => {
        const found = missing(state);
        count = found.length;
        return decision(found);
      });
      if (result.is !== 'written') return;
      documents += 1;
      operations += count;
    };

    for (const { document, snapshot } of content.documents) {
      const playlistId = playlistIdOf(document);
      if (snapshot.kind === 'saved' && document === 'saved')
        await written({ ...documentRef(document, userKey), kind: 'saved' }, (state) =>
          missingSaved(state, snapshot, nowMs),
        );
      if (snapshot.kind === 'shelf' && document === 'shelf')
        await written({ ...documentRef(document, userKey), kind: 'shelf' }, (state) =>
          missingOnShelf(state, snapshot, nowMs),
        );
      if (snapshot.kind === 'playlist' && playlistId !== null)
        await written(playlistRef(playlistId), (state) => missingInPlaylist(state, snapshot, userId, nowMs));
    }
    for (const piece of inPieces(content.plays, PLAYS_AT_ONCE)) await plays.restore(userId, piece);
    return { documents, operations, plays: content.plays.length };
  };
};
