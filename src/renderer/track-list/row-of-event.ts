/** The index of the row that an event came from. */
export const rowIndexOf = (target: EventTarget | null): number | null => {
  const row = target instanceof Element ? target.closest<HTMLElement>('[data-index]') : null;
  return row === null ? null : Number(row.dataset['index']);
};

/** What the key that an event came from does. */
export const actionOf = (target: EventTarget): string | undefined =>
  target instanceof Element ? target.closest<HTMLElement>('[data-action]')?.dataset['action'] : undefined;

export const onControl = (target: EventTarget): boolean =>
  target instanceof Element && target.closest('a, button') !== null;
