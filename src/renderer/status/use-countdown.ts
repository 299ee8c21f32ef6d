import { useEffect, useState } from 'react';

const SECOND_MS = 1000;

/** Milliseconds until a moment, counting down by the second while it is shown; never below 0. */
export function useCountdown(untilIso: string | null): number {
  const [nowMs, setNowMs] = useState(() => Date.now());
  useEffect(() => {
    if (untilIso === null) return undefined;
    const timer = setInterval(() => setNowMs(Date.now()), SECOND_MS);
    return () => clearInterval(timer);
  }, [untilIso]);
  return untilIso === null ? 0 : Math.max(0, new Date(untilIso).getTime() - nowMs);
}
