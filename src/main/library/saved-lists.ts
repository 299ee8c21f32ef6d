/** Lists of what is saved, in any order: worked out once and kept until the library changes. */
import type { ListPage, SavedItem, SavedRequest } from '../../contract/library.ts';
import type { SavedKind } from '../../core/library/operations.ts';
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

  const listOf = async (kind: SavedKind, { sort, descending, filter }: Order): Promise<KeptList> => {
    const key = JSON.stringify([
      kind,
      sort,
      descending,
      filter ?? '',
      sort === 'plays' ? plays.revision() : 0,
    ]);
    const known = kept.get(key);
    const revision = library.revision();
    if (known?.revision === revision) return known;
    const passes = filterOf(filter);
    const needsRows = passes !== null || sort !== 'saved';
    // The view stays as it is while rows are read.
    const entries = [...saved().list(kind)];
    const knowledge = rows.revision();
    const isGoingOn = known !== undefined && known.knowledge === knowledge;
    // Of a list that was sorted before only what is new is looked at.
    const before = isGoingOn ? new Map(known.rows.map(({ item }) => [item.id, item.atMs])) : null;
    const added =
      before === null ? entries : entries.filter(({ id, savedAtMs }) => before.get(id) !== savedAtMs);
    if (needsRows)
      await rows.read(
        kind,
        added.map(({ id }) => id),
      );
    const found = added
      .map(({ id, savedAtMs }) => ({
        id,
        atMs: savedAtMs,
        row: needsRows ? rows.row(kind, id) : null,
        plays: sort === 'plays' ? plays.of(id).plays : 0,
      }))
      .filter(({ row }) => passes === null || passes(row))
      .map((item) => {
        const { value } = valuedSaved(item, sort);
        return { item: { id: item.id, atMs: item.atMs }, value };
      });
    const sorted = sortedValues(found, descending);
    const list = {
      revision,
      knowledge,
      rows: isGoingOn ? goneOn(known.rows, sorted, entries, descending) : sorted,
    };
    kept.set(key, list);
    return list;
  };
  /** What is still there, in its order, with what has come. */
  const goneOn = (
    before: readonly Valued<SavedRow>[],
    added: readonly Valued<SavedRow>[],
    entries: readonly { readonly id: string; readonly savedAtMs: number }[],
    descending: boolean,
  ): readonly Valued<SavedRow>[] => {
    const there = new Map(entries.map(({ id, savedAtMs }) => [id, savedAtMs]));
    const stayed = before.filter(({ item }) => there.get(item.id) === item.atMs);
    return mergedValues(stayed, added, descending);
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
