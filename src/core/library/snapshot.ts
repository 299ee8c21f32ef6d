/**
 * A document at one point of its log, as plain JSON: what a replica starts from instead of every operation ever made.
 *
 * `seen` is the highest stamp of each device that is in it. A device's operations reach the log in the order of their stamps, so
 * one that is not above `seen` is in the snapshot already, and need not be remembered one by one; nor need removals, because what
 * they removed cannot come once more. So a snapshot is as large as what is there, whatever has been removed.
 */
import type { MemberRole, PlaylistDetails, SavedKind, ShelfKey, ShelfPlace } from './operations.ts';
import type { Stamp } from './stamp.ts';

export type Seen = Readonly<Record<string, Stamp>>;
/** The last writer's value, and that writer's stamp. */
export type Stamped<Value> = readonly [value: Value, stamp: Stamp];

/** What came out of its order and waits: removals of what is not there yet, changes to it. Empty when the log was in order. */
export interface Unsettled<Fields> {
  readonly gone: readonly (readonly [key: string, life: Stamp])[];
  readonly early: readonly (readonly [
    key: string,
    life: Stamp,
    fields: { readonly [Field in keyof Fields]?: Stamped<Fields[Field]> | undefined },
  ])[];
}

export interface SavedSnapshot {
  readonly kind: 'saved';
  readonly seen: Seen;
  /** `atMs` only where it is not the time of the life. */
  readonly items: Readonly<
    Record<SavedKind, readonly (readonly [id: string, life: Stamp, atMs?: number | undefined])[]>
  >;
  readonly unsettled: Unsettled<Record<never, never>>;
}

export interface ShelfFields {
  readonly place: ShelfPlace;
  readonly name: string | null;
}
export interface ShelfSnapshot {
  readonly kind: 'shelf';
  readonly seen: Seen;
  readonly entries: readonly (readonly [
    key: ShelfKey,
    life: Stamp,
    place: Stamped<ShelfPlace>,
    name: Stamped<string | null>,
  ])[];
  readonly unsettled: Unsettled<ShelfFields>;
}

export interface ItemFields {
  readonly position: string;
}
export interface PlaylistSnapshot {
  readonly kind: 'playlist';
  readonly seen: Seen;
  /** Null while nothing but changes to it is known. */
  readonly owner: Stamped<string> | null;
  readonly details: {
    readonly [Field in keyof PlaylistDetails]?: Stamped<PlaylistDetails[Field]> | undefined;
  };
  readonly deleted: Stamped<boolean> | null;
  readonly members: readonly (readonly [userId: string, role: Stamped<MemberRole | null>])[];
  /** Who added the items, which name them by their place in this list. */
  readonly people: readonly string[];
  /** `moved`: the stamp of the position, where it is not the life. */
  readonly items: readonly (readonly [
    itemId: string,
    life: Stamp,
    trackId: string,
    person: number,
    atMs: number,
    position: string,
    moved?: Stamp | undefined,
  ])[];
  readonly unsettled: Unsettled<ItemFields>;
}

export type LibrarySnapshot = SavedSnapshot | ShelfSnapshot | PlaylistSnapshot;
export interface SnapshotOf {
  readonly saved: SavedSnapshot;
  readonly shelf: ShelfSnapshot;
  readonly playlist: PlaylistSnapshot;
}
