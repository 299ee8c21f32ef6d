/** A playlist's document: what it is called, who may change it, and what stands in it. */
import type { PlaylistEdit } from './edits.ts';
import type { PlaylistOperation } from './operations.ts';
import { createPlaylistHead } from './playlist-head.ts';
import { playlistInverse } from './playlist-inverse.ts';
import { createPlaylistItems } from './playlist-items.ts';
import type { PlaylistView, ShownItem } from './playlist-view.ts';
import { playlistDrafts } from './playlist-writing.ts';
import type { Replica } from './replica.ts';
import { oneStep } from '../work/steps.ts';
import { createSeenStamps } from './seen-stamps.ts';
import type { PlaylistSnapshot, Seen } from './snapshot.ts';
import type { Stamp } from './stamp.ts';

export interface PlaylistReplica extends Replica<'playlist'> {
  /** The same object until something changes. */
  view(): PlaylistView;
  /** Null: not in it (any more). */
  item(itemId: string): ShownItem | null;
}

const NOTHING: PlaylistSnapshot = {
  kind: 'playlist',
  seen: {},
  owner: null,
  details: {},
  deleted: null,
  members: [],
  people: [],
  items: [],
  unsettled: { gone: [], early: [] },
};

const latestOf = (seen: Seen): Stamp | null =>
  Object.values(seen).reduce<Stamp | null>(
    (latest, stamp) => (latest === null || stamp > latest ? stamp : latest),
    null,
  );

/** Begins with a snapshot, or with nothing. */
export const createPlaylistReplica = (start: PlaylistSnapshot = NOTHING): PlaylistReplica => {
  const seen = createSeenStamps(start.seen);
  const head = createPlaylistHead(start);
  const items = createPlaylistItems(start);
  const playlist = { head, items };
  let shown: PlaylistView | null = null;
  let changedAt = latestOf(start.seen);

  const applyOne = (operation: PlaylistOperation): boolean => {
    if (!seen.admit(operation.stamp)) return false;
    const isOfItems = operation.type === 'add' || operation.type === 'remove' || operation.type === 'move';
    const isChanged = isOfItems ? items.apply(operation) : head.apply(operation);
    const isLatest = changedAt === null || operation.stamp > changedAt;
    if (isLatest) changedAt = operation.stamp;
    if (isChanged || isLatest) shown = null;
    return isChanged || isLatest;
  };

  const snapshot = (): PlaylistSnapshot => ({
    kind: 'playlist',
    seen: seen.now(),
    ...head.snapshot(),
    ...items.snapshot(seen.now()),
  });

  return {
    kind: 'playlist',
    item: items.shown,
    seen: seen.now,
    inverse: (operation) => playlistInverse(playlist, operation),
    apply: (operations) => operations.map(applyOne).includes(true),
    change(edits, pen) {
      const operations: PlaylistOperation[] = [];
      const undo: PlaylistEdit[] = [];
      const write = (operation: PlaylistOperation): void => {
        applyOne(operation);
        operations.push(operation);
      };
      for (const edit of edits) {
        const { spread, asked } = playlistDrafts(playlist, edit, pen);
        for (const draft of spread) write({ ...draft, stamp: pen.clock.next() });
        for (const draft of asked) {
          const operation = { ...draft, stamp: pen.clock.next() };
          undo.unshift(...playlistInverse(playlist, operation));
          write(operation);
        }
      }
      return { operations, undo };
    },
    view() {
      shown ??= { ...head.current(), items: items.list.view(), changedAt };
      return shown;
    },
    snapshot,
    snapshotInSteps: () => oneStep(snapshot),
  };
};
