import { useEffect, useState } from 'react';

const secondsTo = (endsAtMs: number): number => Math.max(0, Math.ceil((endsAtMs - performance.now()) / 1000));

/** Whole seconds until a moment on the clock of `performance.now()`, counted down; null where there is none. */
export function useSecondsUntil(endsAtMs: number | null): number | null {
  const [, setSeconds] = useState(0);
  useEffect(() => {
    if (endsAtMs === null) return undefined;
    const count = (): void => setSeconds(secondsTo(endsAtMs));
    const timer = setInterval(count, 1000);
    return () => clearInterval(timer);
  }, [endsAtMs]);
  // Read anew with each render: what the state held may be of another end.
  return endsAtMs === null ? null : secondsTo(endsAtMs);
}
