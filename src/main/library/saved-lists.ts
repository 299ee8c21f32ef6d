/** Lists of what is saved, in any order: worked out once and kept until the library changes. */
import type { ListPage, SavedItem, SavedRequest } from '../../contract/library.ts';
import type { SavedKind } from '../../core/library/operations.ts';
import type { SavedEntry } from '../../core/library/saved.ts';
import { eachInSteps, type Steps } from '../../core/work/steps.ts';
import { inSlices } from '../in-slices.ts';
import { createLruMap } from '../storage/lru-map.ts';
import { filterOf, type KnownRows } from './known-rows.ts';
import type { Library } from './library.ts';
import type { PlayFacts } from './play-facts.ts';
import { mergedValues, sortedValues, valuedSaved, type Valued } from './sorting.ts';

type Order = Omit<SavedRequest, 'offset' | 'limit'>;

export interface SavedLists {
  page<Item>(
    kind: SavedKind,
    request: SavedRequest,
    itemOf: (id: string) => Item | null,
  ): Promise<ListPage<SavedItem<Item>>>;
  ids(kind: SavedKind, order: Order): Promise<readonly string[]>;
  marks(kind: SavedKind, ids: readonly string[]): readonly string[];
}

interface SavedRow {
  readonly id: string;
  readonly atMs: number;
}
interface KeptList {
  readonly revision: number;
  /** Of what is known of things: a list from before is not gone on with. */
  readonly knowledge: number;
  readonly rows: readonly Valued<SavedRow>[];
}
const MOST_KEPT_LISTS = 8;

export const createSavedLists = (options: {
  readonly library: Library;
  readonly rows: KnownRows;
  readonly plays: PlayFacts;
}): SavedLists => {
  const { library, rows, plays } = options;
  const kept = createLruMap<string, KeptList>(MOST_KEPT_LISTS);
  const saved = () => library.documents.saved().replica();

  /** Of a list that was made before only what is new is looked at. */
  const made = async (kind: SavedKind, order: Order, before: KeptList | null): Promise<KeptList> => {
    const { sort, descending } = order;
    const revision = library.revision();
    const knowledge = rows.revision();
    const passes = filterOf(order.filter);
    const needsRows = passes !== null || sort !== 'saved';
    // The view stays as it is, whatever is saved meanwhile.
    const view = saved().list(kind);
    const entries = view.slice(0, view.length);
    const known = before?.knowledge === knowledge ? before.rows : [];
    const added = await inSlices(addedTo(known, entries));
    if (needsRows)
      await rows.read(
        kind,
        added.map(({ id }) => id),
      );

    function* sorted(): Steps<readonly Valued<SavedRow>[]> {
      const found: Valued<SavedRow>[] = [];
      yield* eachInSteps(added, ({ id, savedAtMs: atMs }) => {
        const row = needsRows ? rows.row(kind, id) : null;
        if (passes !== null && !passes(row)) return;
        const item = { row, atMs, plays: sort === 'plays' ? plays.of(id).plays : 0 };
        found.push({ item: { id, atMs }, value: valuedSaved(item, sort).value });
      });
      const inOrder = yield* sortedValues(found, descending);
      if (known.length === 0) return inOrder;
      return yield* mergedValues(yield* stayedOf(known, entries), inOrder, descending);
    }
    return { revision, knowledge, rows: await inSlices(sorted()) };
  };
  const listOf = async (kind: SavedKind, order: Order): Promise<KeptList> => {
    const { sort, descending, filter } = order;
    const playsNow = sort === 'plays' ? plays.revision() : 0;
    const key = JSON.stringify([kind, sort, descending, filter ?? '', playsNow]);
    const known = kept.get(key);
    if (known?.revision === library.revision()) return known;
    const list = await made(kind, order, known ?? null);
    kept.set(key, list);
    return list;
  };

  return {
    async page(kind, request, itemOf) {
      const { offset, limit } = request;
      const shownAs = (list: readonly SavedRow[]) =>
        list.map(({ id, atMs }) => ({ id, savedAt: new Date(atMs).toISOString(), item: itemOf(id) }));
      const isPlain = request.sort === 'saved' && request.descending && filterOf(request.filter) === null;
      if (isPlain) {
        const view = saved().list(kind);
        const items = view
          .slice(offset, offset + limit)
          .map(({ id, savedAtMs }) => ({ id, atMs: savedAtMs }));
        return { items: shownAs(items), total: view.length, revision: library.revision() };
      }
      const list = await listOf(kind, request);
      return {
        items: shownAs(list.rows.slice(offset, offset + limit).map(({ item }) => item)),
        total: list.rows.length,
        revision: list.revision,
      };
    },
    ids: async (kind, order) => (await listOf(kind, order)).rows.map(({ item }) => item.id),
    marks: (kind, ids) => ids.filter((id) => saved().savedAtMs(kind, id) !== null),
  };
};

/** Those that a list from before does not have. */
function* addedTo(
  known: readonly Valued<SavedRow>[],
  entries: readonly SavedEntry[],
): Steps<readonly SavedEntry[]> {
  if (known.length === 0) return entries;
  const knownAt = new Map<string, number>();
  yield* eachInSteps(known, ({ item }) => knownAt.set(item.id, item.atMs));
  const added: SavedEntry[] = [];
  yield* eachInSteps(entries, (entry) => {
    if (knownAt.get(entry.id) !== entry.savedAtMs) added.push(entry);
  });
  return added;
}
/** What of a list from before is still there, in its order. */
function* stayedOf(
  known: readonly Valued<SavedRow>[],
  entries: readonly SavedEntry[],
): Steps<readonly Valued<SavedRow>[]> {
  const savedAt = new Map<string, number>();
  yield* eachInSteps(entries, ({ id, savedAtMs }) => savedAt.set(id, savedAtMs));
  const stayed: Valued<SavedRow>[] = [];
  yield* eachInSteps(known, (value) => {
    if (savedAt.get(value.item.id) === value.item.atMs) stayed.push(value);
  });
  return stayed;
}
