import { useCallback, useSyncExternalStore } from 'react';
import type { TrackMark } from '../../contract/offline.ts';
import { host, subscribe } from '../host/host-client.ts';
import { reportFailure } from '../report-failure.ts';
import { createMarkBoard, isSameMark, MOST_MARKS_AT_ONCE, type KnownMark, type Marks } from './mark-board.ts';

const askHost = (trackIds: readonly string[]): Promise<Marks> => host.cache.marks({ trackIds });

const board = createMarkBoard({ ask: askHost, isSame: isSameMark, onFailure: reportFailure });

/** Follows the host: on every change the marks on screen are asked for again. Gives its own unsubscribe. */
export const startMarks = (): (() => void) => subscribe('marks', () => board.askAgain());

/** How a track on screen stands, for as long as it is on screen. Null: not here; undefined: not known yet. */
export function useMark(trackId: string): KnownMark {
  const watch = useCallback((onChange: () => void) => board.watch(trackId, onChange), [trackId]);
  return useSyncExternalStore(watch, () => board.markOf(trackId));
}

/** How any number of tracks stand now; those that are not here are left out. Throws HostFailure. */
export async function marksOf(trackIds: readonly string[]): Promise<Readonly<Record<string, TrackMark>>> {
  const chunks: (readonly string[])[] = [];
  for (let at = 0; at < trackIds.length; at += MOST_MARKS_AT_ONCE) {
    chunks.push(trackIds.slice(at, at + MOST_MARKS_AT_ONCE));
  }
  const answers = await Promise.all(chunks.map(askHost));
  return Object.assign({}, ...answers) as Readonly<Record<string, TrackMark>>;
}
