/**
 * What the window asks the host about the listener's library. Everything is answered from this computer, and every change shows and
 * lies on the disk before it is sent anywhere; whether it has been sent is told in `LibraryState.sync`, and nowhere else.
 *
 * Lists are asked for by `offset`, not by a cursor: they are at hand whole, so a scroll bar may be dragged anywhere. A page says what
 * `revision` of the library it is of; when that moves between two pages, ask for what is on the screen anew.
 */
import type {
  DetailChanges,
  MemberRole,
  PlaylistPicture,
  SavedKind,
  ShelfKey,
  Visibility,
} from '../core/library/operations.ts';
import type { SmartRules } from '../core/library/smart/rules.ts';
import type { AlbumSummary, ArtistSummary, Artwork, Track } from './catalog-http.ts';

/**
 * synced ─ a change ─▶ sending ─ taken ─▶ synced
 *    ▲                    └─ no answer ─▶ waiting ─ network, service ─▶ sending
 * `blocked`: the service takes the changes no more (signed out elsewhere, for instance); they stay on this computer.
 * `local`: the service has no sign-in, so nothing is sent anywhere; the library is this computer's alone.
 */
export type LibrarySync =
  | { readonly state: 'local' }
  | { readonly state: 'synced'; readonly at: string }
  | { readonly state: 'sending'; readonly changes: number }
  /** `changes`: made here and not sent yet; 0 when only news cannot be had. */
  | {
      readonly state: 'waiting';
      readonly changes: number;
      readonly cause: 'offline' | 'service_unreachable';
    }
  | {
      readonly state: 'blocked';
      readonly changes: number;
      readonly cause: 'sign_in_required' | 'storage_failed';
    };

/** Pushed whole as the event `library` whenever it changes, at most some ten times a second. */
export interface LibraryState {
  /** Grows with every change of anything in the library, from here or elsewhere: ask again for what is on the screen. */
  readonly revision: number;
  readonly counts: Readonly<Record<SavedKind | 'playlist', number>>;
  readonly sync: LibrarySync;
  /** Changes that the service did not take (a role that was withdrawn meanwhile) since the app was started, for a notice. */
  readonly refused: number;
}

/** Of a change: the token takes it back once, within the session. Null when nothing changed. */
export interface Undoable {
  readonly undo: string | null;
}

export interface ListRequest {
  readonly offset: number;
  /** At most 500. */
  readonly limit: number;
  /** Words that title, artist or album must hold, as in search; empty or absent: all. */
  readonly filter?: string | undefined;
}
export interface ListPage<Item> {
  readonly items: readonly Item[];
  /** Of all that pass the filter. */
  readonly total: number;
  readonly revision: number;
}

export const SAVED_SORTS = ['saved', 'title', 'artist', 'album', 'length', 'released', 'plays'] as const;
/** `title` is an artist's name. What a kind does not have (an artist's length) sorts by `title`. */
export type SavedSort = (typeof SAVED_SORTS)[number];
export interface SavedRequest extends ListRequest {
  readonly sort: SavedSort;
  readonly descending: boolean;
}
/** `item` is null while the catalog's entry is not known here and cannot be had now, or is in the catalog no more. */
export interface SavedItem<Item> {
  readonly id: string;
  readonly savedAt: string;
  readonly item: Item | null;
}

/** Whom a playlist is shown to as what. */
export type PlaylistRole = 'owner' | MemberRole | 'visitor';
export interface PlaylistHead {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly picture: PlaylistPicture;
  /** The covers of the first four albums; one or none where there are fewer. An own picture stands alone. */
  readonly artwork: readonly Artwork[];
  readonly visibility: Visibility;
  readonly rules: SmartRules | null;
  readonly role: PlaylistRole;
  /** The owner first; empty where nobody else is a member. A visitor of a public one is told of the owner alone. */
  readonly members: readonly PlaylistMember[];
  readonly itemCount: number;
  readonly durationMs: number;
  readonly changedAt: string;
  /** Of somebody else's: when it was seen last, if the service cannot be asked how it is now. Null: it is as shown. */
  readonly oldSince: string | null;
}
export interface PlaylistMember {
  readonly userId: string;
  /** Null: the service has not told. */
  readonly name: string | null;
  readonly role: 'owner' | MemberRole;
}
export interface PlaylistItem {
  readonly itemId: string;
  readonly trackId: string;
  readonly track: Track | null;
  readonly addedAt: string;
  /** The member's id; empty where visitors are not told. */
  readonly addedBy: string;
}

/** The shelf as a tree, in the listener's order. */
export type ShelfEntry =
  | { readonly kind: 'playlist'; readonly key: ShelfKey; readonly playlist: PlaylistHead }
  | {
      readonly kind: 'folder';
      readonly key: ShelfKey;
      readonly folderId: string;
      readonly name: string;
      readonly entries: readonly ShelfEntry[];
    };

export interface LibraryApi {
  get(): Promise<LibraryState>;
  tracks(request: SavedRequest): Promise<ListPage<SavedItem<Track>>>;
  albums(request: SavedRequest): Promise<ListPage<SavedItem<AlbumSummary>>>;
  artists(request: SavedRequest): Promise<ListPage<SavedItem<ArtistSummary>>>;
  /** At most 1000 at a time. Rejects with `limit_reached`, `storage_failed`; then nothing is saved. */
  save(request: {
    readonly kind: SavedKind;
    readonly ids: readonly string[];
    /** When each of them was saved, where that was elsewhere and earlier (an import): as many, in that order. */
    readonly savedAtMs?: readonly number[] | undefined;
  }): Promise<Undoable>;
  unsave(request: { readonly kind: SavedKind; readonly ids: readonly string[] }): Promise<Undoable>;
  /** Those of them that are saved. At most 500 at a time; ask again when `LibraryState.revision` moves. */
  marks(request: { readonly kind: SavedKind; readonly ids: readonly string[] }): Promise<readonly string[]>;
  /** Every id of a list in its order: to play all of it, or choose all of it. */
  ids(
    request: Omit<SavedRequest, 'offset' | 'limit'> & { readonly kind: SavedKind },
  ): Promise<readonly string[]>;
  shelf(): Promise<readonly ShelfEntry[]>;
  createFolder(request: {
    readonly name: string;
    readonly folderId: string | null;
  }): Promise<Undoable & { readonly folderId: string }>;
  renameFolder(request: { readonly folderId: string; readonly name: string }): Promise<Undoable>;
  /** Playlists and folders to another place: right before an entry of that folder, or to its end. */
  place(request: {
    readonly keys: readonly ShelfKey[];
    readonly folderId: string | null;
    readonly before: ShelfKey | null;
  }): Promise<Undoable>;
  /** Into the library, or out of it; what is in a folder moves to where the folder stood. Playlists are not deleted. */
  put(request: { readonly playlistId: string; readonly folderId: string | null }): Promise<Undoable>;
  take(request: { readonly keys: readonly ShelfKey[] }): Promise<Undoable>;
  /** Takes a change back, as one; the answer's token brings it again. Rejects with `not_found` for a token that was used or is too old. */
  undo(request: { readonly token: string }): Promise<Undoable>;
  /** "Try again": sends and asks now. */
  sync(): Promise<LibraryState>;
}

export interface PlaylistRequest {
  readonly id: string;
}
export const PLAYLIST_SORTS = ['own', 'title', 'artist', 'album', 'added', 'length'] as const;
/** `own`: the order that the listener gives it, in which alone items can be moved. A smart playlist's is that of its rules. */
export type PlaylistSort = (typeof PLAYLIST_SORTS)[number];

export interface PlaylistsApi {
  /**
   * Rejects with `not_found` (no such playlist, or no member of it any more). Others' public ones, and what was opened by its link, are
   * asked of the service, and read from this computer as they were last where it does not answer; `gone`: not shared any more.
   */
  get(request: PlaylistRequest): Promise<PlaylistHead>;
  /**
   * What the link of somebody leads to, by the id of the sharing; from then on `get` and `items` have it by its own id. Rejects with
   * `not_found` (nothing was ever shared so) and `gone` (it was taken back, or the playlist is deleted).
   */
  openShared(request: { readonly shareId: string }): Promise<PlaylistHead>;
  items(
    request: PlaylistRequest & ListRequest & { readonly sort: PlaylistSort; readonly descending: boolean },
  ): Promise<ListPage<PlaylistItem>>;
  /** All of it, in that order: to play from a row, to choose everything. */
  trackIds(
    request: PlaylistRequest & {
      readonly sort: PlaylistSort;
      readonly descending: boolean;
      readonly filter?: string | undefined;
    },
  ): Promise<readonly { readonly itemId: string; readonly trackId: string }[]>;
  /** Stands on the shelf, in that folder, when it resolves. */
  create(request: {
    readonly name: string;
    readonly description?: string | undefined;
    readonly rules?: SmartRules | undefined;
    readonly trackIds?: readonly string[] | undefined;
    readonly folderId?: string | null | undefined;
  }): Promise<Undoable & { readonly playlist: PlaylistHead }>;
  /** Rejects with `forbidden` when the role does not allow it; so do all below. */
  edit(request: PlaylistRequest & { readonly changes: DetailChanges }): Promise<Undoable>;
  /** `dataUrl`: PNG, JPEG or WebP of at most 4 MB; null: made of covers again. Needs the service. */
  setPicture(request: PlaylistRequest & { readonly dataUrl: string | null }): Promise<Undoable>;
  /** Deleted for all members; `undo` brings it back as it would have been. */
  delete(request: PlaylistRequest): Promise<Undoable>;
  /** Right before an item, or at the end. `skip` leaves out tracks that stand in it already. Rejects with `limit_reached`. */
  add(
    request: PlaylistRequest & {
      readonly trackIds: readonly string[];
      readonly before?: string | null | undefined;
      readonly duplicates: 'add' | 'skip';
    },
  ): Promise<Undoable & { readonly added: number; readonly skipped: number }>;
  move(
    request: PlaylistRequest & { readonly itemIds: readonly string[]; readonly before: string | null },
  ): Promise<Undoable>;
  remove(request: PlaylistRequest & { readonly itemIds: readonly string[] }): Promise<Undoable>;
  /** From one playlist to the end of another, as one change. */
  moveTo(
    request: PlaylistRequest & { readonly itemIds: readonly string[]; readonly to: string },
  ): Promise<Undoable>;
  /** Items of the same track, or of the same recording (ISRC), that stand in it more than once: each group in the playlist's order. */
  duplicates(request: PlaylistRequest): Promise<readonly (readonly PlaylistItem[])[]>;
  /** What rules would give now, over what this computer knows. */
  preview(request: { readonly rules: SmartRules; readonly limit: number }): Promise<{
    readonly tracks: readonly Track[];
    readonly total: number;
    readonly durationMs: number;
  }>;
  /** The code to pass on, within a link. Needs the service, as all below. */
  invite(
    request: PlaylistRequest & { readonly role: MemberRole },
  ): Promise<{ readonly url: string; readonly expiresAt: string }>;
  /** None of the invitations so far works any more. */
  revokeInvitations(request: PlaylistRequest): Promise<void>;
  /** Rejects with `not_found` for a code that is unknown, used or expired. Puts it on the shelf. */
  join(request: { readonly code: string }): Promise<PlaylistHead>;
  /** Null: no member any more; with their own id a member leaves. */
  setRole(
    request: PlaylistRequest & { readonly userId: string; readonly role: MemberRole | null },
  ): Promise<Undoable>;
}
