import { useEffect, useState } from 'react';
import type { Lyrics } from '../../contract/catalog-http.ts';
import type { Clock } from '../playback/playback-store.ts';
import { shown } from '../playback/shown-playback.ts';
import { lineAt } from './lyric-lines.ts';

/** The clock ticks some four times a second; a line that begins before the next tick is waited for. */
const TICK_MS = 300;
/** A timer may be a little early against the clock; the line it showed is not taken back for that. */
const EARLY_MS = 40;

/** Index of the line that is sung, -1 before the first. Renders when it changes, and not with the clock. */
export function useCurrentLine(lines: Lyrics['lines']): number {
  const [current, setCurrent] = useState(() => lineAt(lines, shown.clock.getState().positionMs));
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const follow = ({ positionMs }: Clock): void => {
      clearTimeout(timer);
      const at = lineAt(lines, positionMs + EARLY_MS);
      setCurrent(at);
      const waitMs = (lines[at + 1]?.atMs ?? Number.POSITIVE_INFINITY) - positionMs;
      if (waitMs > TICK_MS || shown.playback.getState().state.kind !== 'playing') return;
      timer = setTimeout(() => setCurrent(at + 1), waitMs);
    };
    follow(shown.clock.getState());
    const stop = shown.clock.subscribe(follow);
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [lines]);
  return current;
}
