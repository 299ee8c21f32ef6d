/** Liked tracks, saved albums, followed artists: three sets, newest first. */
import type { SavedEdit } from './edits.ts';
import { MOST_OPERATION_ITEMS, SAVED_KINDS, type SavedKind, type SavedOperation } from './operations.ts';
import { createOrderedList } from './ordered-list.ts';
import { compareText, inPieces } from './pieces.ts';
import { assertNever } from '../playback/assert-never.ts';
import type { OrderedView, Pen, Replica, Written } from './replica.ts';
import { createSeenStamps } from './seen-stamps.ts';
import { createShownLives } from './shown-lives.ts';
import type { SavedSnapshot } from './snapshot.ts';
import { wallMsOf, type Stamp } from './stamp.ts';

export interface SavedEntry {
  readonly id: string;
  readonly savedAtMs: number;
}

export interface SavedReplica extends Replica<'saved'> {
  /** When it was saved; null: it is not. */
  savedAtMs(kind: SavedKind, id: string): number | null;
  /** Newest first. The same object until something of that kind changes. */
  list(kind: SavedKind): OrderedView<SavedEntry>;
}

interface Birth {
  readonly atMs: number;
}
type NoFields = Record<never, never>;
interface ShownSaved extends SavedEntry {
  readonly kind: SavedKind;
}

const NOTHING: SavedSnapshot = {
  kind: 'saved',
  seen: {},
  items: { track: [], album: [], artist: [] },
  unsettled: { gone: [], early: [] },
};

const newestFirst = (one: SavedEntry, other: SavedEntry): number =>
  other.savedAtMs - one.savedAtMs || compareText(one.id, other.id);

const keyOf = (kind: SavedKind, id: string): string => `${kind}:${id}`;
const partsOfKey = (key: string): { readonly kind: SavedKind; readonly id: string } => {
  const kind = SAVED_KINDS.find((each) => key.startsWith(each)) ?? 'track';
  return { kind, id: key.slice(kind.length + 1) };
};

/** Begins with a snapshot, or with nothing. */
export const createSavedReplica = (start: SavedSnapshot = NOTHING): SavedReplica => {
  const lists = {
    track: createOrderedList<SavedEntry>(newestFirst),
    album: createOrderedList<SavedEntry>(newestFirst),
    artist: createOrderedList<SavedEntry>(newestFirst),
  } as const satisfies Record<SavedKind, unknown>;
  let isFilled = false;
  const seen = createSeenStamps(start.seen);
  const saved = createShownLives<Birth, NoFields, ShownSaved>({
    horizon: start.seen,
    unsettled: start.unsettled,
    show: (key, lives) => {
      const newest = lives.at(-1);
      return newest === undefined ? null : { ...partsOfKey(key), savedAtMs: newest.birth.atMs };
    },
    isSame: (one, other) => one.savedAtMs === other.savedAtMs,
    replace(before, after) {
      if (!isFilled) return;
      if (before !== null) lists[before.kind].remove(before);
      if (after !== null) lists[after.kind].insert({ id: after.id, savedAtMs: after.savedAtMs });
    },
  });

  const fill = (): void => {
    for (const kind of SAVED_KINDS) {
      for (const [id, life, atMs] of start.items[kind])
        saved.add(keyOf(kind, id), { life, birth: { atMs: atMs ?? wallMsOf(life) }, fields: {} });
    }
    const shown = [...saved.keys()].flatMap((key) => saved.shown(key) ?? []);
    for (const kind of SAVED_KINDS)
      lists[kind].replaceAll(
        shown
          .filter((entry) => entry.kind === kind)
          .map(({ id, savedAtMs }): SavedEntry => ({ id, savedAtMs })),
      );
    isFilled = true;
  };
  fill();

  const savedAtMs = (kind: SavedKind, id: string): number | null =>
    saved.shown(keyOf(kind, id))?.savedAtMs ?? null;

  const applyOne = (operation: SavedOperation): boolean => {
    if (!seen.admit(operation.stamp)) return false;
    let isChanged = false;
    switch (operation.type) {
      case 'save':
        for (const { id, atMs } of operation.items) {
          const birth = { atMs: atMs ?? wallMsOf(operation.stamp) };
          const life = { life: operation.stamp, birth, fields: {} };
          isChanged = saved.add(keyOf(operation.kind, id), life) || isChanged;
        }
        return isChanged;
      case 'unsave':
        for (const { id, lives } of operation.items)
          isChanged = saved.remove(keyOf(operation.kind, id), lives) || isChanged;
        return isChanged;
      default:
        return assertNever(operation);
    }
  };

  const inverse = (operation: SavedOperation): readonly SavedEdit[] => {
    const { kind } = operation;
    switch (operation.type) {
      case 'save': {
        const ids = operation.items.map(({ id }) => id).filter((id) => savedAtMs(kind, id) === null);
        return ids.length === 0 ? [] : [{ type: 'unsave', kind, ids }];
      }
      case 'unsave': {
        const items = operation.items.flatMap(({ id }) => {
          const atMs = savedAtMs(kind, id);
          return atMs === null ? [] : [{ id, atMs }];
        });
        return items.length === 0 ? [] : [{ type: 'save', kind, items }];
      }
      default:
        return assertNever(operation);
    }
  };

  const livesOf = (kind: SavedKind, id: string): readonly Stamp[] =>
    saved.of(keyOf(kind, id)).map(({ life }) => life);

  /** What is saved already is not saved again, nor is what is not there taken out. */
  const written = (edit: SavedEdit, pen: Pen): readonly SavedOperation[] => {
    const { kind } = edit;
    switch (edit.type) {
      case 'save': {
        const wanted = new Map(edit.items.map((item) => [item.id, item]));
        const items = [...wanted.values()].filter(({ id }) => savedAtMs(kind, id) === null);
        return inPieces(items, MOST_OPERATION_ITEMS).map((piece) => ({
          type: 'save',
          stamp: pen.clock.next(),
          kind,
          items: piece.map(({ id, atMs }) => (atMs === undefined ? { id } : { id, atMs })),
        }));
      }
      case 'unsave': {
        const items = [...new Set(edit.ids)]
          .map((id) => ({ id, lives: livesOf(kind, id) }))
          .filter(({ lives }) => lives.length > 0);
        return inPieces(items, MOST_OPERATION_ITEMS).map((piece) => ({
          type: 'unsave',
          stamp: pen.clock.next(),
          kind,
          items: piece,
        }));
      }
      default:
        return assertNever(edit);
    }
  };

  return {
    kind: 'saved',
    savedAtMs,
    list: (kind) => lists[kind].view(),
    seen: seen.now,
    inverse,
    apply: (operations) => operations.map(applyOne).includes(true),
    change(edits, pen): Written<'saved'> {
      const operations: SavedOperation[] = [];
      const undo: SavedEdit[] = [];
      for (const edit of edits) {
        for (const operation of written(edit, pen)) {
          undo.unshift(...inverse(operation));
          applyOne(operation);
          operations.push(operation);
        }
      }
      return { operations, undo };
    },
    snapshot() {
      const items: Record<SavedKind, [id: string, life: Stamp, atMs?: number | undefined][]> = {
        track: [],
        album: [],
        artist: [],
      };
      for (const key of saved.keys()) {
        const { kind, id } = partsOfKey(key);
        for (const { life, birth } of saved.of(key))
          items[kind].push(birth.atMs === wallMsOf(life) ? [id, life] : [id, life, birth.atMs]);
      }
      return { kind: 'saved', seen: seen.now(), items, unsettled: saved.unsettled(seen.now()) };
    },
  };
};
