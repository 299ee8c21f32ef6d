import { useEffect, useState } from 'react';
import { subscribe } from '../host/host-client.ts';
import { marksOf } from '../offline/marks-store.ts';
import { useIsAway } from '../offline/use-is-away.ts';
import { reportFailure } from '../report-failure.ts';
import { isPlayable } from './playable-here.ts';
import type { PlayerEntry } from './playback-store.ts';

/** Of a longer queue nobody counts what waits; the rows say it themselves. */
const COUNTED_AT_MOST = 1000;

/** How many of the entries wait for a network; 0 while there is one, null where it is not counted. */
export function useWaitingCount(entries: readonly PlayerEntry[]): number | null {
  const isAway = useIsAway();
  const [counted, setCounted] = useState<{ readonly of: readonly PlayerEntry[]; readonly waiting: number }>();
  const canCount = isAway && entries.length <= COUNTED_AT_MOST;
  useEffect(() => {
    if (!canCount) return undefined;
    let isWanted = true;
    const count = async (): Promise<void> => {
      try {
        const marks = await marksOf([...new Set(entries.map((entry) => entry.track.id))]);
        const waiting = entries.filter((entry) => !isPlayable(marks[entry.track.id])).length;
        if (isWanted) setCounted({ of: entries, waiting });
      } catch (failure) {
        reportFailure(failure);
      }
    };
    void count();
    const leave = subscribe('marks', () => void count());
    return () => {
      isWanted = false;
      leave();
    };
  }, [canCount, entries]);
  if (!isAway) return 0;
  return counted === undefined || counted.of !== entries ? null : counted.waiting;
}
