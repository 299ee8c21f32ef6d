/** Whether the listener may do something to a playlist, and whether it would still be of a size that the service takes. */
import { HostFailure } from '../../contract/host-error.ts';
import {
  MOST_MEMBERS,
  MOST_PLAYLIST_ITEMS,
  MOST_SAVED,
  MOST_SHELF_ENTRIES,
} from '../../contract/library-http.ts';
import type { PlaylistEdit, SavedEdit, ShelfEdit } from '../../core/library/edits.ts';
import type { PlaylistOperation } from '../../core/library/operations.ts';
import { roleIn, type PlaylistView } from '../../core/library/playlist-view.ts';
import { mayApply } from '../../core/library/roles.ts';
import type { SavedReplica } from '../../core/library/saved.ts';
import type { ShelfReplica } from '../../core/library/shelf.ts';
import { assertNever } from '../../core/playback/assert-never.ts';

const tooMuch = (what: string): HostFailure =>
  new HostFailure('limit_reached', `there would be too many ${what}`);

/** An operation as an edit will write it, as far as a role looks at it. */
const asOperation = (edit: PlaylistEdit, userId: string): PlaylistOperation => {
  const stamp = '';
  switch (edit.type) {
    case 'create':
      return { type: 'create', stamp, owner: userId, details: edit.details };
    case 'edit':
      return { type: 'edit', stamp, changes: edit.changes };
    case 'add':
    case 'addBack':
      return { type: 'add', stamp, by: userId, atMs: 0, items: [] };
    case 'remove':
      return { type: 'remove', stamp, items: [] };
    case 'move':
    case 'moveBack':
      return { type: 'move', stamp, items: [] };
    case 'member':
      return { type: 'member', stamp, userId: edit.userId, role: edit.role };
    case 'delete':
    case 'restore':
      return { type: edit.type, stamp };
    default:
      return assertNever(edit);
  }
};

/** Throws `forbidden` or `limit_reached`. */
export const checkPlaylistEdits = (
  view: PlaylistView,
  edits: readonly PlaylistEdit[],
  userId: string,
): void => {
  // Who creates it may do the rest at once.
  const isNew = edits[0]?.type === 'create';
  let items = view.items.length;
  let members = view.members.length;
  for (const edit of edits) {
    const role = isNew && edit.type !== 'create' ? 'owner' : roleIn(view, userId);
    if (!mayApply({ userId, role }, asOperation(edit, userId)))
      throw new HostFailure('forbidden', 'the role in this playlist does not allow that');
    if (edit.type === 'add') items += edit.tracks.length;
    if (edit.type === 'addBack') items += edit.items.length;
    if (edit.type === 'member' && edit.role !== null) members += 1;
  }
  if (items > MOST_PLAYLIST_ITEMS && items > view.items.length) throw tooMuch('items in this playlist');
  if (members > MOST_MEMBERS && members > view.members.length) throw tooMuch('members of this playlist');
};

/** Throws `limit_reached`. */
export const checkSavedEdits = (saved: SavedReplica, edits: readonly SavedEdit[]): void => {
  const there = saved.list('track').length + saved.list('album').length + saved.list('artist').length;
  let added = 0;
  for (const edit of edits) {
    if (edit.type === 'save')
      added += edit.items.filter(({ id }) => saved.savedAtMs(edit.kind, id) === null).length;
  }
  if (added > 0 && there + added > MOST_SAVED) throw tooMuch('saved things');
};

/** Throws `limit_reached`. */
export const checkShelfEdits = (shelf: ShelfReplica, edits: readonly ShelfEdit[]): void => {
  let added = 0;
  for (const edit of edits) if (edit.type === 'put' || edit.type === 'putBack') added += edit.entries.length;
  if (added > 0 && shelf.view().entries.size + added > MOST_SHELF_ENTRIES)
    throw tooMuch('playlists and folders');
};
