/** Long enough not to be on the way to another row, short enough to be there before the press. */
export const REST_MS = 150;

export interface Warmer {
  /** The pointer or the keyboard is on this track now; null: on none. */
  restOn(trackId: string | null): void;
}

export interface WarmerParts {
  /** Resolves when the first seconds are there, or could not be had. */
  readonly warm: (trackId: string) => Promise<unknown>;
  readonly onFailure: (failure: unknown) => void;
}

/**
 * Has the first seconds of a track fetched once something rests on it, one track at a time: while one is under way only the
 * last of those rested on since is remembered, and dropped when the listener has moved on.
 */
export function createWarmer({ warm, onFailure }: WarmerParts): Warmer {
  let restedOn: string | null = null;
  let last: string | null = null;
  let isWarming = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const warmRested = async (): Promise<void> => {
    const trackId = restedOn;
    if (isWarming || trackId === null || trackId === last) return;
    isWarming = true;
    last = trackId;
    try {
      await warm(trackId);
    } catch (failure) {
      onFailure(failure);
    } finally {
      isWarming = false;
    }
    if (timer === undefined) void warmRested();
  };

  return {
    restOn(trackId) {
      if (trackId === restedOn) return;
      restedOn = trackId;
      clearTimeout(timer);
      timer = undefined;
      if (trackId === null) return;
      timer = setTimeout(() => {
        timer = undefined;
        void warmRested();
      }, REST_MS);
    },
  };
}
