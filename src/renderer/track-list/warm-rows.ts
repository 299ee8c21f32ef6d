import type { FocusEvent, PointerEvent } from 'react';
import type { Track } from '../../contract/catalog-http.ts';
import { host } from '../host/host-client.ts';
import { createWarmer } from '../offline/warmer.ts';
import { reportFailure } from '../report-failure.ts';
import { actionOf, rowIndexOf } from './row-of-event.ts';

/** One for all lists: there is one pointer, and one line to fetch on. */
const warmer = createWarmer({
  warm: (trackId) => host.cache.warm({ trackId }),
  onFailure: reportFailure,
});

export interface RestListeners {
  onPointerOver(event: PointerEvent): void;
  onPointerLeave(): void;
  onFocus(event: FocusEvent): void;
}

/** What a list listens to for all of its rows: the pointer resting on one, the keyboard on the play key of one. */
export const warmRows = (tracks: readonly (Track | null)[]): RestListeners => {
  const restOn = (target: EventTarget): void => {
    const index = rowIndexOf(target);
    warmer.restOn(index === null ? null : (tracks[index]?.id ?? null));
  };
  return {
    onPointerOver: (event) => {
      if (event.pointerType !== 'touch') restOn(event.target);
    },
    onPointerLeave: () => warmer.restOn(null),
    onFocus: (event) => {
      if (actionOf(event.target) === 'play') restOn(event.target);
    },
  };
};
