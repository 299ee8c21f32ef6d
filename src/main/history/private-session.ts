import type { Privacy, PrivacyApi } from '../../contract/history.ts';
import type { HostApi } from '../../contract/host-api.ts';
import type { Clock } from '../ports.ts';

/** Whether what is played and searched is written down; in memory alone, so that quitting ends it. */
export interface PrivateSession {
  readonly api: PrivacyApi;
  get(): Privacy;
  isPrivate(): boolean;
  /** Whether something that began then belongs to a private session, be it over by now. */
  covers(beganMs: number): boolean;
}

export const createPrivateSession = (options: {
  readonly clock: Clock;
  readonly onChange: (privacy: Privacy) => void;
}): PrivateSession => {
  const { clock, onChange } = options;
  let on = false;
  let endedMs = Number.NEGATIVE_INFINITY;
  const get = (): Privacy => ({ isPrivate: on });
  return {
    get,
    isPrivate: () => on,
    covers: (beganMs) => on || beganMs < endedMs,
    api: {
      get: async () => get(),
      async setPrivate(request) {
        if (request.on !== on) {
          if (on) endedMs = clock.now();
          on = request.on;
          onChange(get());
        }
        return get();
      },
    },
  };
};

/**
 * The queue and the place in it stay on the disk as they were before the session. What is saved first after it may name entries that
 * did not come; whoever is told so (`not_found`) sends all of them.
 */
export const privatePlayback = (
  playback: HostApi['playback'],
  session: Pick<PrivateSession, 'isPrivate'>,
): HostApi['playback'] => {
  const unless = async (work: () => Promise<void>): Promise<void> => {
    if (!session.isPrivate()) await work();
  };
  return {
    load: () => playback.load(),
    saveQueue: (queue) => unless(() => playback.saveQueue(queue)),
    saveEntries: (piece) => unless(() => playback.saveEntries(piece)),
    saveOrder: (order) => unless(() => playback.saveOrder(order)),
    savePosition: (position) => unless(() => playback.savePosition(position)),
  };
};

/** No break is chosen by what was played; what was heard of ads is counted as always. */
export const privateAds = (
  ads: HostApi['ads'],
  session: Pick<PrivateSession, 'isPrivate'>,
): HostApi['ads'] => ({
  ...ads,
  chooseBreak: (request) => ads.chooseBreak(session.isPrivate() ? { afterTrackId: null } : request),
});
