/** What the library does with playlists and folders. Each says what came of it, and offers to undo it. */
import type { PlaylistHead, ShelfEntry } from '../../contract/library.ts';
import type { ShelfKey } from '../../core/library/operations.ts';
import { host } from '../host/host-client.ts';
import { formatCount } from '../i18n/format.ts';
import { i18n } from '../i18n/i18n.ts';
import { nameOf } from './shelf.ts';
import { sayDone, sayNotDone } from './undoable.ts';

const say = i18n.getFixedT(null, 'library');

/** At most so many in one call of the host; more go one call after another, in order. */
const TRACKS_A_CALL = 1000;

const inPieces = (ids: readonly string[]): readonly (readonly string[])[] =>
  Array.from({ length: Math.ceil(ids.length / TRACKS_A_CALL) }, (_, piece) =>
    ids.slice(piece * TRACKS_A_CALL, (piece + 1) * TRACKS_A_CALL),
  );

/** Adds tracks to the end of a playlist. */
export async function addToPlaylist(
  playlist: Pick<PlaylistHead, 'id' | 'name'>,
  trackIds: readonly string[],
  duplicates: 'add' | 'skip',
): Promise<void> {
  const { id, name } = playlist;
  const tokens: (string | null)[] = [];
  let added = 0;
  let skipped = 0;
  try {
    for (const piece of inPieces(trackIds)) {
      const done = await host.playlists.add({ id, trackIds: piece, duplicates });
      tokens.push(done.undo);
      added += done.added;
      skipped += done.skipped;
    }
  } catch (failure) {
    if (added > 0) sayDone(say('toast.added', { count: added, formatted: formatCount(added), name }), tokens);
    sayNotDone(say('toast.notAdded', { name }), failure);
    return;
  }
  sayDone(
    added === 0
      ? say('toast.addedNone', { name })
      : say('toast.added', { count: added, formatted: formatCount(added), name }),
    tokens,
    skipped === 0 ? undefined : say('toast.skipped', { count: skipped, formatted: formatCount(skipped) }),
  );
}

/** Makes a playlist that holds these tracks; null when that could not be done, which has then been said. */
export async function createPlaylist(
  name: string,
  trackIds: readonly string[],
  folderId: string | null,
): Promise<PlaylistHead | null> {
  try {
    const [first = [], ...rest] = inPieces(trackIds);
    const { playlist, undo } = await host.playlists.create({ name, trackIds: first, folderId });
    const tokens = [undo];
    for (const piece of rest) {
      tokens.push((await host.playlists.add({ id: playlist.id, trackIds: piece, duplicates: 'add' })).undo);
    }
    sayDone(say('toast.created', { name }), tokens);
    return playlist;
  } catch (failure) {
    sayNotDone(say('toast.notCreated', { name }), failure);
    return null;
  }
}

export async function createFolder(name: string, folderId: string | null): Promise<void> {
  try {
    const { undo } = await host.library.createFolder({ name, folderId });
    sayDone(say('toast.created', { name }), [undo]);
  } catch (failure) {
    sayNotDone(say('toast.notCreated', { name }), failure);
  }
}

export async function renameFolder(folderId: string, name: string): Promise<void> {
  try {
    await host.library.renameFolder({ folderId, name });
  } catch (failure) {
    sayNotDone(say('toast.notDone'), failure);
  }
}

/** To another place: right before an entry of that folder, or to its end. */
export async function placeEntry(
  entry: ShelfEntry,
  folderId: string | null,
  before: ShelfKey | null,
): Promise<void> {
  try {
    const { undo } = await host.library.place({ keys: [entry.key], folderId, before });
    sayDone(say('toast.moved', { name: nameOf(entry) }), [undo]);
  } catch (failure) {
    sayNotDone(say('toast.notDone'), failure);
  }
}

/** Out of the library; what is in a folder moves to where it stood. */
export async function takeFromShelf(entry: ShelfEntry): Promise<void> {
  try {
    const { undo } = await host.library.take({ keys: [entry.key] });
    sayDone(say('toast.removed', { name: nameOf(entry) }), [undo]);
  } catch (failure) {
    sayNotDone(say('toast.notDone'), failure);
  }
}
