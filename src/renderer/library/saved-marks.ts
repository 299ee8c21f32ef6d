import { useCallback, useSyncExternalStore } from 'react';
import { SAVED_KINDS, type SavedKind } from '../../core/library/operations.ts';
import { host } from '../host/host-client.ts';
import { createMarkBoard, type MarkBoard } from '../offline/mark-board.ts';
import { reportFailure } from '../report-failure.ts';

const boardOf = (kind: SavedKind): MarkBoard<true> =>
  createMarkBoard<true>({
    ask: async (ids) => {
      const saved = await host.library.marks({ kind, ids });
      return Object.fromEntries(saved.map((id) => [id, true as const]));
    },
    isSame: (left, right) => left === right,
    onFailure: reportFailure,
  });

const BOARDS: Readonly<Record<SavedKind, MarkBoard<true>>> = {
  track: boardOf('track'),
  album: boardOf('album'),
  artist: boardOf('artist'),
};

/** Whether a thing on screen is in the library, for as long as it is on screen. Undefined: not known yet. */
export function useIsSaved(kind: SavedKind, id: string): boolean | undefined {
  const watch = useCallback((onChange: () => void) => BOARDS[kind].watch(id, onChange), [kind, id]);
  return useSyncExternalStore(watch, () => savedNow(kind, id));
}

/** What is known now of a thing on screen; undefined of everything else. */
export const savedNow = (kind: SavedKind, id: string): boolean | undefined => {
  const mark = BOARDS[kind].markOf(id);
  return mark === undefined ? undefined : mark === true;
};

/** What was just done, before the host has answered. */
export const showSaved = (kind: SavedKind, ids: readonly string[], saved: boolean): void =>
  BOARDS[kind].set(ids, saved ? true : null);

/** The library has changed: what is on screen is asked for again. */
export const askForSavedAgain = (): void => {
  for (const kind of SAVED_KINDS) BOARDS[kind].askAgain();
};
