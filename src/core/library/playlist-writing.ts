/** From what a listener wants done to a playlist to the operations that say it. */
import { assertNever } from '../playback/assert-never.ts';
import type { FormerItem, FormerPlace, PlaylistEdit } from './edits.ts';
import { MOST_OPERATION_ITEMS, type NewItem, type PlaylistOperation } from './operations.ts';
import { inPieces } from './pieces.ts';
import type { PlaylistHead } from './playlist-head.ts';
import type { PlaylistItems } from './playlist-items.ts';
import type { ShownItem } from './playlist-view.ts';
import { positionsBetween } from './position.ts';
import type { Pen } from './replica.ts';
import { roomFor, type Room } from './room.ts';

interface Playlist {
  readonly head: PlaylistHead;
  readonly items: PlaylistItems;
}
type Unstamped<Operation> = Operation extends PlaylistOperation ? Omit<Operation, 'stamp'> : never;
export type Draft = Unstamped<PlaylistOperation>;
interface Placed {
  readonly itemId: string;
  readonly position: string;
}

const withoutUndefined = <Value extends object>(value: Value): Value =>
  Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined)) as Value;

/** The nearest neighbour that is not among those that are taken out of their places. */
const neighbours = ({ items }: Playlist, left: ReadonlySet<string>) => {
  const step =
    (direction: 'next' | 'previous') =>
    (item: ShownItem): ShownItem | null => {
      let found = items.list[direction](item);
      while (found !== null && left.has(found.itemId)) found = items.list[direction](found);
      return found;
    };
  const next = step('next');
  const previous = step('previous');
  const staying = (item: ShownItem | null, from: typeof next): ShownItem | null =>
    item !== null && left.has(item.itemId) ? from(item) : item;
  return {
    next,
    previous,
    first: () => staying(items.list.first(), next),
    last: () => staying(items.list.last(), previous),
  };
};

const room = (
  playlist: Playlist,
  target: { readonly before: string | null; readonly left: ReadonlySet<string>; readonly count: number },
  pen: Pen,
): Room<ShownItem> => {
  const near = neighbours(playlist, target.left);
  const named = target.before === null ? null : playlist.items.shown(target.before);
  // A place that moves itself stands for the first one behind it that stays.
  const before = named !== null && target.left.has(named.itemId) ? near.next(named) : named;
  const after = before === null ? near.last() : near.previous(before);
  const { next, previous } = near;
  return roomFor({ after, before, count: target.count, next, previous, random: pen.random });
};

const moves = ({ items }: Playlist, placed: readonly Placed[]): readonly Draft[] => {
  const moved = placed.flatMap(({ itemId, position }) => {
    const life = items.livesOf(itemId).at(-1);
    return life === undefined || items.shown(itemId)?.position === position
      ? []
      : [{ itemId, life, position }];
  });
  return inPieces(moved, MOST_OPERATION_ITEMS).map((piece) => ({ type: 'move', items: piece }));
};
const spreadOf = ({ spread }: Room<ShownItem>): readonly Placed[] =>
  spread.map(({ item, position }) => ({ itemId: item.itemId, position }));

const additions = (added: readonly NewItem[], pen: Pen): readonly Draft[] =>
  inPieces(added, MOST_OPERATION_ITEMS).map((piece) => ({
    type: 'add',
    by: pen.userId,
    atMs: pen.nowMs(),
    items: piece,
  }));

type Former = FormerPlace & { readonly itemId: string };

/** Those that are still there; who stood next to one that is not then stood next to its neighbour. */
const closedUp = (former: readonly Former[], isThere: (itemId: string) => boolean): readonly Former[] => {
  const gone = new Map(former.filter(({ itemId }) => !isThere(itemId)).map((place) => [place.itemId, place]));
  const past = (side: 'after' | 'before', neighbour: string | null): string | null => {
    let found = neighbour;
    for (let place = gone.get(found ?? ''); place !== undefined; place = gone.get(found ?? ''))
      found = place[side];
    return found;
  };
  return former
    .filter(({ itemId }) => isThere(itemId))
    .map((place) => ({ ...place, after: past('after', place.after), before: past('before', place.before) }));
};

/** Between whom those come that stood side by side; null: at that end. */
const formerGap = (
  playlist: Playlist,
  near: ReturnType<typeof neighbours>,
  { first, last }: { readonly first: Former; readonly last: Former },
): { readonly low: ShownItem | null; readonly high: ShownItem | null } | 'nobody left' => {
  const { after } = first;
  const { before } = last;
  const lower = after === null ? null : playlist.items.shown(after);
  const upper = before === null ? null : playlist.items.shown(before);
  const known = lower ?? upper;
  if (known === null)
    return after === null && before === null ? { low: near.last(), high: null } : 'nobody left';
  const isAbove = after === null || (lower !== null && lower.position < first.position);
  const isBelow = before === null || (upper !== null && last.position < upper.position);
  if (isAbove && isBelow) {
    // Others may stand between those two by now: on which side of them it was, the old position says.
    const old = { ...known, itemId: first.itemId, position: first.position };
    return { low: near.previous(old), high: near.next(old) };
  }
  return lower === null ? { low: near.previous(known), high: known } : { low: lower, high: near.next(lower) };
};

/**
 * Where things stood, as things stand now: in their old positions if those still lie between the same neighbours (or the neighbour and
 * the end), else next to the neighbour that is left. `former` is in the order in which they stood; those that stood side by side stay so.
 */
const formerPositions = (playlist: Playlist, former: readonly Former[], pen: Pen): readonly Placed[] => {
  const near = neighbours(playlist, new Set(former.map(({ itemId }) => itemId)));
  const runs: [Former, ...Former[]][] = [];
  for (const place of former) {
    const run = runs.at(-1);
    if (run !== undefined && run.at(-1)?.itemId === place.after) run.push(place);
    else runs.push([place]);
  }
  return runs.flatMap((run) => {
    const [first] = run;
    const last = run.at(-1) ?? first;
    const gap = formerGap(playlist, near, { first, last });
    if (gap === 'nobody left') return run;
    const { low, high } = gap;
    const isBetween =
      (low === null || low.position < first.position) && (high === null || last.position < high.position);
    const isRoom = low === null || high === null || low.position < high.position;
    if (isBetween || !isRoom) return run;
    const places = positionsBetween(low?.position ?? null, high?.position ?? null, run.length, pen.random);
    return run.map(({ itemId }, index) => ({ itemId, position: places[index] ?? '' }));
  });
};

const addedBack = (playlist: Playlist, items: readonly FormerItem[], pen: Pen): readonly Draft[] => {
  const missing = items.filter(({ itemId }) => playlist.items.shown(itemId) === null);
  const positions = new Map(
    formerPositions(playlist, missing, pen).map(({ itemId, position }) => [itemId, position]),
  );
  return additions(
    missing.map(({ itemId, trackId, by, atMs, position }) => ({
      itemId,
      trackId,
      by,
      atMs,
      position: positions.get(itemId) ?? position,
    })),
    pen,
  );
};

export interface Drafts {
  /** Makes room among neighbours; to be applied first, and not to be taken back. */
  readonly spread: readonly Draft[];
  /** Empty when the edit changes nothing. */
  readonly asked: readonly Draft[];
}

export const playlistDrafts = (playlist: Playlist, edit: PlaylistEdit, pen: Pen): Drafts => {
  switch (edit.type) {
    case 'add': {
      if (edit.tracks.length === 0) return { spread: [], asked: [] };
      const target = { before: edit.before, left: new Set<string>(), count: edit.tracks.length };
      const found = room(playlist, target, pen);
      const added = edit.tracks.map(({ trackId, atMs }, index) =>
        withoutUndefined({
          itemId: pen.newId(),
          trackId,
          position: found.positions[index] ?? '',
          atMs,
        }),
      );
      return { spread: moves(playlist, spreadOf(found)), asked: additions(added, pen) };
    }
    case 'move': {
      const moved = [...new Set(edit.itemIds)].filter((itemId) => playlist.items.shown(itemId) !== null);
      if (moved.length === 0) return { spread: [], asked: [] };
      const target = { before: edit.before, left: new Set(moved), count: moved.length };
      const found = room(playlist, target, pen);
      const placed = moved.map((itemId, index) => ({ itemId, position: found.positions[index] ?? '' }));
      return { spread: moves(playlist, spreadOf(found)), asked: moves(playlist, placed) };
    }
    default:
      return { spread: [], asked: plainDrafts(playlist, edit, pen) };
  }
};

const plainDrafts = (
  playlist: Playlist,
  edit: Exclude<PlaylistEdit, { readonly type: 'add' } | { readonly type: 'move' }>,
  pen: Pen,
): readonly Draft[] => {
  const { head, items } = playlist;
  switch (edit.type) {
    case 'create':
      return head.current().owner === null
        ? [{ type: 'create', owner: pen.userId, details: edit.details }]
        : [];
    case 'edit': {
      const { details } = head.current();
      const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);
      const { name, description, picture, visibility, rules } = edit.changes;
      const changes = withoutUndefined({
        name: isSame(name, details.name) ? undefined : name,
        description: isSame(description, details.description) ? undefined : description,
        picture: isSame(picture, details.picture) ? undefined : picture,
        visibility: visibility === details.visibility ? undefined : visibility,
        rules: isSame(rules, details.rules) ? undefined : rules,
      });
      return Object.keys(changes).length === 0 ? [] : [{ type: 'edit', changes }];
    }
    case 'remove': {
      const removed = [...new Set(edit.itemIds)]
        .map((itemId) => ({ itemId, lives: items.livesOf(itemId) }))
        .filter(({ lives }) => lives.length > 0);
      return inPieces(removed, MOST_OPERATION_ITEMS).map((piece) => ({ type: 'remove', items: piece }));
    }
    case 'addBack':
      return addedBack(playlist, edit.items, pen);
    case 'moveBack': {
      const there = closedUp(edit.items, (itemId) => items.shown(itemId) !== null);
      return moves(playlist, formerPositions(playlist, there, pen));
    }
    case 'member':
      return head.roleOf(edit.userId) === edit.role
        ? []
        : [{ type: 'member', userId: edit.userId, role: edit.role }];
    case 'delete':
      return head.current().isDeleted ? [] : [{ type: 'delete' }];
    case 'restore':
      return head.current().isDeleted ? [{ type: 'restore' }] : [];
    default:
      return assertNever(edit);
  }
};
