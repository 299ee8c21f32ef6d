/**
 * What devices write about a library and send each other: the closed unions of operations, one for each kind of document.
 *
 * Every operation has a stamp, which is its identity and its place in time. What is added to a set lives from then on under the
 * stamp of the operation that added it (a *life*); taking it out names the lives that were seen, so an addition that was not seen
 * outlives the removal (add wins), and a change names the life it is about, so that it cannot bring anything back. Fields go to
 * the highest stamp (last writer wins). Times are milliseconds since 1970.
 */
import type { SmartRules } from './smart/rules.ts';
import type { Stamp } from './stamp.ts';

/** In one operation at most; what takes more is written as several. */
export const MOST_OPERATION_ITEMS = 1000;

export const SAVED_KINDS = ['track', 'album', 'artist'] as const;
export type SavedKind = (typeof SAVED_KINDS)[number];

export interface SaveOperation {
  readonly type: 'save';
  readonly stamp: Stamp;
  readonly kind: SavedKind;
  /** `atMs`: when it was saved, if not at the time of the stamp (imported, or taken back). */
  readonly items: readonly { readonly id: string; readonly atMs?: number | undefined }[];
}
export interface UnsaveOperation {
  readonly type: 'unsave';
  readonly stamp: Stamp;
  readonly kind: SavedKind;
  readonly items: readonly { readonly id: string; readonly lives: readonly Stamp[] }[];
}
export type SavedOperation = SaveOperation | UnsaveOperation;

/** `playlist:<id>` or `folder:<id>`. */
export type ShelfKey = `playlist:${string}` | `folder:${string}`;
/** Where an entry of the shelf stands: in a folder or (null) at the top, among its neighbours by position (`position.ts`). */
export interface ShelfPlace {
  readonly folderId: string | null;
  readonly position: string;
}
export type ShelfOperation =
  | {
      readonly type: 'put';
      readonly stamp: Stamp;
      /** `name`: a folder's; null for a playlist, whose name is in its own document. */
      readonly entries: readonly {
        readonly key: ShelfKey;
        readonly place: ShelfPlace;
        readonly name: string | null;
      }[];
    }
  | {
      readonly type: 'take';
      readonly stamp: Stamp;
      readonly entries: readonly { readonly key: ShelfKey; readonly lives: readonly Stamp[] }[];
    }
  | {
      readonly type: 'place';
      readonly stamp: Stamp;
      readonly entries: readonly {
        readonly key: ShelfKey;
        readonly life: Stamp;
        readonly place: ShelfPlace;
      }[];
    }
  | {
      readonly type: 'rename';
      readonly stamp: Stamp;
      readonly key: ShelfKey;
      readonly life: Stamp;
      readonly name: string;
    };

export const VISIBILITIES = ['private', 'public'] as const;
export type Visibility = (typeof VISIBILITIES)[number];

/** Made from the covers of the first four albums, or the listener's own image (SHA-256 in hex). */
export type PlaylistPicture =
  { readonly kind: 'covers' } | { readonly kind: 'own'; readonly imageId: string };

/** Each field goes to its last writer by itself. */
export interface PlaylistDetails {
  readonly name: string;
  readonly description: string;
  readonly picture: PlaylistPicture;
  /** Private: who is a member. Public: whoever has the link, to look and listen. */
  readonly visibility: Visibility;
  /** Set: a smart playlist, whose tracks are worked out. Its items, if it has any, are not shown. */
  readonly rules: SmartRules | null;
}
/** What is to be set; a field that is left out (or undefined) stays. */
export type DetailChanges = {
  readonly [Field in keyof PlaylistDetails]?: PlaylistDetails[Field] | undefined;
};

/** A collaborator's role; the owner has none of these. */
export const MEMBER_ROLES = ['editor', 'viewer'] as const;
export type MemberRole = (typeof MEMBER_ROLES)[number];

/** An item has an id of its own, so that a track may stand in a playlist twice. */
export interface NewItem {
  readonly itemId: string;
  readonly trackId: string;
  readonly position: string;
  /** Who added it and when, if not the operation's `by` and `atMs`: when a removal is taken back, or in an import. */
  readonly by?: string | undefined;
  readonly atMs?: number | undefined;
}
export type PlaylistOperation =
  /** The first of every playlist; of several, the lowest stamp says who owns it. */
  | {
      readonly type: 'create';
      readonly stamp: Stamp;
      readonly owner: string;
      readonly details: PlaylistDetails;
    }
  | { readonly type: 'edit'; readonly stamp: Stamp; readonly changes: DetailChanges }
  | {
      readonly type: 'add';
      readonly stamp: Stamp;
      readonly by: string;
      readonly atMs: number;
      readonly items: readonly NewItem[];
    }
  | {
      readonly type: 'remove';
      readonly stamp: Stamp;
      readonly items: readonly { readonly itemId: string; readonly lives: readonly Stamp[] }[];
    }
  | {
      readonly type: 'move';
      readonly stamp: Stamp;
      readonly items: readonly { readonly itemId: string; readonly life: Stamp; readonly position: string }[];
    }
  /** Null: no member any more. */
  | {
      readonly type: 'member';
      readonly stamp: Stamp;
      readonly userId: string;
      readonly role: MemberRole | null;
    }
  /** Deleted wins over whatever others edit meanwhile; their edits stay, and are there when it is restored. */
  | { readonly type: 'delete'; readonly stamp: Stamp }
  | { readonly type: 'restore'; readonly stamp: Stamp };

export type LibraryOperation = SavedOperation | ShelfOperation | PlaylistOperation;
export interface OperationOf {
  readonly saved: SavedOperation;
  readonly shelf: ShelfOperation;
  readonly playlist: PlaylistOperation;
}
