import { crossfadeMsBetween } from '../../core/playback/crossfade.ts';
import { AS_IT_IS, levelOf, type TrackLevel } from '../../core/playback/loudness.ts';
import { next } from '../../core/playback/queue.ts';
import type { AdBreaks } from './ad-breaks.ts';
import type { Follower } from './audio-engine.ts';
import type { PlayerQueue } from './playback-store.ts';
import type { PlayerPorts } from './player-ports.ts';
import type { SleepKeeper } from './sleep-keeper.ts';

type Ports = Pick<PlayerPorts, 'engine' | 'playback' | 'clock' | 'addressOf' | 'settings'>;

/** What keeps the next track from following by itself. */
interface Endings {
  readonly breaks: Pick<AdBreaks, 'holdsMusic' | 'addressAhead' | 'isToCome'>;
  readonly sleep: Pick<SleepKeeper, 'comesAfterTrack'>;
}

/** The queue after a join, and how long both tracks sound. */
export interface Join {
  readonly queue: PlayerQueue;
  readonly crossfadeMs: number;
}

const isSame = (one: Follower | null, other: Follower | null): boolean =>
  one?.address === other?.address &&
  one?.gainDb === other?.gainDb &&
  one?.truePeakDbtp === other?.truePeakDbtp &&
  one?.crossfadeMs === other?.crossfadeMs;

/**
 * Tells the engine what comes next, each time that is something else than before: what to fetch, and what to go on with by
 * itself, how loud and how joined. Where an ad break or sleep comes, and where the queue ends, nothing follows by itself.
 */
export class Ahead {
  readonly #ports: Ports;
  readonly #endings: Endings;
  #preloaded: string | null | undefined;
  #follower: Follower | null | undefined;
  /** The queue after the current track, by the queue it was worked out from: a round of 20,000 is not shuffled at each tick. */
  #next: { readonly of: PlayerQueue; readonly queue: PlayerQueue | null } | null = null;

  constructor(ports: Ports, endings: Endings) {
    this.#ports = ports;
    this.#endings = endings;
  }

  /** How loud the queue's current track is to be played. */
  level(queue: PlayerQueue): TrackLevel {
    const { loudness: mode, loudnessLevel: level } = this.#ports.settings();
    if (queue.current === null) return AS_IT_IS;
    const before = queue.played.at(-1)?.track ?? null;
    const after = (queue.requested[0] ?? queue.upcoming[0])?.track ?? null;
    return levelOf({ mode, level }, queue.current.track, { before, after });
  }

  /** Something was loaded, or joined: the engine knows of nothing that comes next. */
  begins(): void {
    this.#preloaded = undefined;
    this.#follower = undefined;
    this.update();
  }

  update(): void {
    const { preload, follower } = this.#plan();
    if (preload !== this.#preloaded) this.#ports.engine.preload(preload);
    this.#preloaded = preload;
    if (this.#follower === undefined || !isSame(follower, this.#follower))
      this.#ports.engine.follow(follower);
    this.#follower = follower;
  }

  /** Nothing is loaded any more. */
  stop(): void {
    this.#ports.engine.preload(null);
    this.#ports.engine.follow(null);
    this.#preloaded = null;
    this.#follower = null;
  }

  /**
   * The engine went on to `address` by itself. Null where that is not what should have followed: too late for it, something else
   * was wanted meanwhile. `stale`: it tells of a track that was left.
   */
  joined(address: string): Join | 'stale' | null {
    const { queue } = this.#ports.playback.getState();
    const following = this.#following(queue);
    if (this.#follower?.address === address && following !== null) {
      return { queue: following, crossfadeMs: this.#follower.crossfadeMs };
    }
    const current = queue.current === null ? null : this.#ports.addressOf(queue.current.track.id);
    return current === address ? 'stale' : null;
  }

  #following(queue: PlayerQueue): PlayerQueue | null {
    if (this.#next?.of !== queue) this.#next = { of: queue, queue: next(queue, 'automatic') };
    return this.#next.queue;
  }

  #plan(): { readonly preload: string | null; readonly follower: Follower | null } {
    const { breaks, sleep } = this.#endings;
    const { queue } = this.#ports.playback.getState();
    const spot = breaks.addressAhead(queue.current?.track.id ?? null);
    if (breaks.holdsMusic) {
      const waiting = queue.current === null ? null : this.#ports.addressOf(queue.current.track.id);
      return { preload: spot ?? waiting, follower: null };
    }
    const following = sleep.comesAfterTrack(queue) ? null : this.#following(queue);
    if (following === null || following.current === null || queue.current === null) {
      return { preload: spot, follower: null };
    }
    const address = this.#ports.addressOf(following.current.track.id);
    const { positionMs, durationMs } = this.#ports.clock.getState();
    if (spot !== null || breaks.isToCome(durationMs - positionMs)) {
      return { preload: spot ?? address, follower: null };
    }
    const crossfadeMs = crossfadeMsBetween(
      this.#ports.settings().crossfadeSeconds * 1000,
      queue.current,
      following.current,
    );
    return { preload: address, follower: { address, ...this.level(following), crossfadeMs } };
  }
}
