import { createStore, type StoreApi } from 'zustand/vanilla';
import { wantsSound } from '../../core/playback/playback-state.ts';
import type { Player } from '../playback/player-core.ts';
import type { PlaybackSnapshot, PlaybackStore } from '../playback/playback-store.ts';

export interface AfterTrack {
  /** Whether the app restarts when the track that plays is over. */
  readonly store: StoreApi<{ readonly isWaiting: boolean }>;
  /** The music ends with this track, and then the app restarts. */
  wait(): void;
  /** The music goes on, and nothing restarts. */
  cancel(): void;
}

/**
 * "Restart after this track": the sleep timer ends the music with the track, and what is ready is installed then. A timer that the
 * listener turns off or sets to something else meanwhile takes the wish back.
 */
export const createAfterTrack = (ports: {
  readonly sleep: Pick<Player['sleep'], 'set' | 'off'>;
  readonly playback: Pick<PlaybackStore, 'getState' | 'subscribe'>;
  readonly install: () => void;
}): AfterTrack => {
  const { sleep, playback, install } = ports;
  const store = createStore<{ readonly isWaiting: boolean }>(() => ({ isWaiting: false }));
  let leave = (): void => undefined;
  /** The entry that was heard last. */
  let heardId: string | null = null;

  const forget = (): void => {
    leave();
    store.setState({ isWaiting: false });
  };
  const hasEnded = ({ state, queue }: PlaybackSnapshot): boolean =>
    state.kind === 'stopped' || queue.repeat === 'one' || queue.current?.entryId !== heardId;
  const look = (now: PlaybackSnapshot): void => {
    const sounds = wantsSound(now.state);
    if (now.sleep.kind === 'endOfTrack') {
      if (sounds) heardId = now.queue.current?.entryId ?? null;
      return;
    }
    forget();
    if (now.sleep.kind === 'off' && !sounds && hasEnded(now)) install();
  };

  return {
    store,
    wait() {
      forget();
      sleep.set({ kind: 'endOfTrack' });
      const now = playback.getState();
      // Without a track there is no end to wait for.
      if (now.sleep.kind !== 'endOfTrack') return;
      heardId = now.queue.current?.entryId ?? null;
      store.setState({ isWaiting: true });
      leave = playback.subscribe(look);
    },
    cancel() {
      forget();
      sleep.off();
    },
  };
};
