/**
 * What a listener wants done to a document: an intention without a stamp, which `write` of the document's replica turns into an
 * operation. Taking back is a list of edits too, so that it is stamped when it is taken back and names what lives then.
 */
import type {
  DetailChanges,
  MemberRole,
  PlaylistDetails,
  SavedKind,
  ShelfKey,
  ShelfPlace,
} from './operations.ts';

export type SavedEdit =
  | {
      readonly type: 'save';
      readonly kind: SavedKind;
      readonly items: readonly { readonly id: string; readonly atMs?: number | undefined }[];
    }
  | { readonly type: 'unsave'; readonly kind: SavedKind; readonly ids: readonly string[] };

/** Right before an entry of that folder; last when that is null or not there. */
export interface ShelfTarget {
  readonly folderId: string | null;
  readonly before: ShelfKey | null;
}
export type ShelfEdit =
  | {
      readonly type: 'put';
      readonly target: ShelfTarget;
      readonly entries: readonly { readonly key: ShelfKey; readonly name: string | null }[];
    }
  /** What is in a folder that is taken away moves to where the folder stood. */
  | { readonly type: 'take'; readonly keys: readonly ShelfKey[] }
  | { readonly type: 'place'; readonly target: ShelfTarget; readonly keys: readonly ShelfKey[] }
  | { readonly type: 'rename'; readonly key: ShelfKey; readonly name: string }
  /** Back to exactly where they stood. */
  | {
      readonly type: 'putBack';
      readonly entries: readonly {
        readonly key: ShelfKey;
        readonly place: ShelfPlace;
        readonly name: string | null;
      }[];
    }
  | {
      readonly type: 'placeBack';
      readonly entries: readonly { readonly key: ShelfKey; readonly place: ShelfPlace }[];
    };

/** A place that was: between these two if they still stand so, else by the position alone. */
export interface FormerPlace {
  readonly position: string;
  readonly after: string | null;
  readonly before: string | null;
}
export interface FormerItem extends FormerPlace {
  readonly itemId: string;
  readonly trackId: string;
  readonly by: string;
  readonly atMs: number;
}
export type PlaylistEdit =
  | { readonly type: 'create'; readonly details: PlaylistDetails }
  | { readonly type: 'edit'; readonly changes: DetailChanges }
  /** Right before an item; last when `before` is null or not there. */
  | {
      readonly type: 'add';
      readonly before: string | null;
      readonly tracks: readonly { readonly trackId: string; readonly atMs?: number | undefined }[];
    }
  | { readonly type: 'remove'; readonly itemIds: readonly string[] }
  /** They stand together afterwards, in the order in which they are named. */
  | { readonly type: 'move'; readonly before: string | null; readonly itemIds: readonly string[] }
  | { readonly type: 'addBack'; readonly items: readonly FormerItem[] }
  | {
      readonly type: 'moveBack';
      readonly items: readonly (FormerPlace & { readonly itemId: string })[];
    }
  | { readonly type: 'member'; readonly userId: string; readonly role: MemberRole | null }
  | { readonly type: 'delete' }
  | { readonly type: 'restore' };

export interface EditOf {
  readonly saved: SavedEdit;
  readonly shelf: ShelfEdit;
  readonly playlist: PlaylistEdit;
}
