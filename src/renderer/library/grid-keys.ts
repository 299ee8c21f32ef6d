/** Where a key leads from a place in a grid of that many columns; null when it is no key that moves, or leads nowhere. */
export const placeAfterKey = (key: string, at: number, columns: number, count: number): number | null => {
  const steps: Readonly<Record<string, number>> = {
    ArrowDown: columns,
    ArrowUp: -columns,
    // In a list the sideways arrows stay what they are everywhere: they seek.
    ...(columns > 1 ? { ArrowRight: 1, ArrowLeft: -1 } : {}),
    Home: -at,
    End: count - 1 - at,
  };
  const step = Object.hasOwn(steps, key) ? steps[key] : undefined;
  if (step === undefined || step === 0) return null;
  const next = at + step;
  if (next < 0) return null;
  if (next < count) return next;
  // Down from above a line that is not full: its last one.
  const isLastLine = Math.floor(at / columns) === Math.floor((count - 1) / columns);
  return key === 'ArrowDown' && !isLastLine ? count - 1 : null;
};
