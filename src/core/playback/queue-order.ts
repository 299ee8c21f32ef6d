/** A queue taken apart, into its entries and the order of their ids, and put together again: for handing a long one over. */
interface Parts<Entry> {
  readonly played: readonly Entry[];
  readonly current: Entry | null;
  readonly requested: readonly Entry[];
  readonly upcoming: readonly Entry[];
}

/** Each entry once, in playing order. */
export const entriesOf = <Entry>({
  played,
  current,
  requested,
  upcoming,
}: Parts<Entry>): readonly Entry[] => [
  ...played,
  ...(current === null ? [] : [current]),
  ...requested,
  ...upcoming,
];

/** The same with ids in the places of entries; whatever else it holds stays. */
export const orderOf = <Queue extends Parts<{ readonly entryId: string }>>(
  queue: Queue,
): Omit<Queue, keyof Parts<unknown>> & Parts<string> => {
  const idsOf = (entries: readonly { readonly entryId: string }[]): readonly string[] =>
    entries.map(({ entryId }) => entryId);
  return {
    ...queue,
    played: idsOf(queue.played),
    current: queue.current?.entryId ?? null,
    requested: idsOf(queue.requested),
    upcoming: idsOf(queue.upcoming),
  };
};

/** The queue that an order describes; null when it names an entry that is none of these. */
export const inOrder = <Entry extends { readonly entryId: string }, Order extends Parts<string>>(
  order: Order,
  entries: readonly Entry[],
): (Omit<Order, keyof Parts<unknown>> & Parts<Entry>) | null => {
  const known = new Map(entries.map((entry) => [entry.entryId, entry]));
  if (entriesOf(order).some((entryId) => !known.has(entryId))) return null;
  const named = (ids: readonly string[]): readonly Entry[] =>
    ids.flatMap((entryId) => known.get(entryId) ?? []);
  return {
    ...order,
    played: named(order.played),
    current: order.current === null ? null : (known.get(order.current) ?? null),
    requested: named(order.requested),
    upcoming: named(order.upcoming),
  };
};
