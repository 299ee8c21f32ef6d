import type { PlaylistEdit, SavedEdit, ShelfEdit } from '../../core/library/edits.ts';

/** What is to be done to one document, as part of a change. */
export type LibraryEdit =
  | { readonly kind: 'saved'; readonly edits: readonly SavedEdit[] }
  | { readonly kind: 'shelf'; readonly edits: readonly ShelfEdit[] }
  | { readonly kind: 'playlist'; readonly id: string; readonly edits: readonly PlaylistEdit[] };
