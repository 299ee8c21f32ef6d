/**
 * The keys in the order they are to be fetched: those that `order` names first, as it names them; the others after them, as they
 * come. Names of `order` that are not among the keys are left out.
 */
export const inOrder = (keys: readonly string[], order: readonly string[]): readonly string[] => {
  const present = new Set(keys);
  const ordered = new Set(order.filter((key) => present.has(key)));
  for (const key of keys) ordered.add(key);
  return [...ordered];
};

/** `key` stands right before `before`; last when that is null or not there. What is not there or before itself stays as it is. */
export const movedBefore = (
  order: readonly string[],
  key: string,
  before: string | null,
): readonly string[] => {
  if (key === before || !order.includes(key)) return order;
  const rest = order.filter((other) => other !== key);
  const place = before === null ? -1 : rest.indexOf(before);
  return place === -1 ? [...rest, key] : rest.toSpliced(place, 0, key);
};
