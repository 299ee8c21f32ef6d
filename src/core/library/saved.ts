/** Liked tracks, saved albums, followed artists: three sets, newest first. */
import type { SavedEdit } from './edits.ts';
import { MOST_OPERATION_ITEMS, SAVED_KINDS, type SavedKind, type SavedOperation } from './operations.ts';
import { createOrderedList } from './ordered-list.ts';
import { compareText, inPieces } from './pieces.ts';
import { assertNever } from '../playback/assert-never.ts';
import { eachInSteps, finished, type Steps } from '../work/steps.ts';
import type { OrderedView, Pen, Replica, Written } from './replica.ts';
import { createSeenStamps } from './seen-stamps.ts';
import { createShownLives } from './shown-lives.ts';
import type { SavedSnapshot, Seen } from './snapshot.ts';
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
type SavedRow = SavedSnapshot['items'][SavedKind][number];
const NOTHING: SavedSnapshot = {
  kind: 'saved',
  seen: {},
  items: { track: [], album: [], artist: [] },
  unsettled: { gone: [], early: [] },
};

const newestFirst = (one: SavedEntry, other: SavedEntry): number =>
  other.savedAtMs - one.savedAtMs || compareText(one.id, other.id);

/** One of the three sets. Waiting removals of all of them lie in one list of the snapshot, so their keys say the kind. */
const createSavedSet = (kind: SavedKind, start: SavedSnapshot) => {
  const prefix = `${kind}:`;
  const list = createOrderedList<SavedEntry>(newestFirst);
  const lives = createShownLives<Birth, NoFields, SavedEntry>({
    horizon: start.seen,
    unsettled: {
      gone: start.unsettled.gone.flatMap(([key, life]) =>
        key.startsWith(prefix) ? [[key.slice(prefix.length), life] as const] : [],
      ),
      early: [],
    },
    show(id, lives) {
      const newest = lives.at(-1);
      return newest === undefined ? null : { id, savedAtMs: newest.birth.atMs };
    },
    isSame: (one, other) => one.savedAtMs === other.savedAtMs,
    replace(before, after) {
      if (before !== null) list.remove(before);
      if (after !== null) list.insert(after);
    },
  });

  return {
    list,
    lives,
    /** What it starts with, before anything else is done to it. */
    *load(): Steps<void> {
      yield* eachInSteps(start.items[kind], ([id, life, atMs]) =>
        lives.load(id, { life, birth: { atMs: atMs ?? wallMsOf(life) }, fields: {} }),
      );
      yield* eachInSteps(lives.keys(), (id) => {
        const entry = lives.shown(id);
        if (entry !== null) list.insert(entry);
      });
    },
    *rows(): Steps<readonly SavedRow[]> {
      const rows: SavedRow[] = [];
      yield* eachInSteps(lives.keys(), (id) => {
        for (const { life, birth } of lives.of(id))
          rows.push(birth.atMs === wallMsOf(life) ? [id, life] : [id, life, birth.atMs]);
      });
      return rows;
    },
    gone: (seen: Seen) => lives.unsettled(seen).gone.map(([id, life]) => [`${prefix}${id}`, life] as const),
  };
};

/** Begins with a snapshot, or with nothing. */
export const createSavedReplica = (start: SavedSnapshot = NOTHING): SavedReplica =>
  finished(savedReplicaInSteps(start));

export function* savedReplicaInSteps(start: SavedSnapshot = NOTHING): Steps<SavedReplica> {
  const sets = {
    track: createSavedSet('track', start),
    album: createSavedSet('album', start),
    artist: createSavedSet('artist', start),
  } as const satisfies Record<SavedKind, unknown>;
  const seen = createSeenStamps(start.seen);
  for (const kind of SAVED_KINDS) yield* sets[kind].load();

  const savedAtMs = (kind: SavedKind, id: string): number | null =>
    sets[kind].lives.shown(id)?.savedAtMs ?? null;

  const applyOne = (operation: SavedOperation): boolean => {
    if (!seen.admit(operation.stamp)) return false;
    let isChanged = false;
    switch (operation.type) {
      case 'save':
        for (const { id, atMs } of operation.items) {
          const birth = { atMs: atMs ?? wallMsOf(operation.stamp) };
          const life = { life: operation.stamp, birth, fields: {} };
          isChanged = sets[operation.kind].lives.add(id, life) || isChanged;
        }
        return isChanged;
      case 'unsave':
        for (const { id, lives } of operation.items)
          isChanged = sets[operation.kind].lives.remove(id, lives) || isChanged;
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
    sets[kind].lives.of(id).map(({ life }) => life);

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

  function* snapshotInSteps(): Steps<SavedSnapshot> {
    return {
      kind: 'saved',
      seen: seen.now(),
      items: {
        track: yield* sets.track.rows(),
        album: yield* sets.album.rows(),
        artist: yield* sets.artist.rows(),
      },
      unsettled: { gone: SAVED_KINDS.flatMap((kind) => sets[kind].gone(seen.now())), early: [] },
    };
  }

  return {
    kind: 'saved',
    savedAtMs,
    list: (kind) => sets[kind].list.view(),
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
    snapshot: () => finished(snapshotInSteps()),
    snapshotInSteps,
  };
}
