import type { HostErrorCode } from '../../contract/host-error.ts';
import { wantsSound, type PlaybackEvent } from '../../core/playback/playback-state.ts';
import { next } from '../../core/playback/queue.ts';
import { goOnInsteadWith, whatFollows } from '../../core/playback/what-follows.ts';
import { LookAhead } from './look-ahead.ts';
import type { PlayerEntry, PlayerQueue } from './playback-store.ts';
import type { PlayerPorts } from './player-ports.ts';
import { endsWithTheNetwork, Trouble, type QueueSpot } from './trouble.ts';

/** What setbacks may do to the player. */
export interface PlayerDesk {
  readonly change: (event: PlaybackEvent<HostErrorCode>) => void;
  /** Loads the current track once more, to sound from there. */
  readonly retry: (startMs: number) => void;
  /** Leaves it for the current entry of another queue. */
  readonly start: (queue: PlayerQueue) => void;
  readonly waitAt: (spot: QueueSpot) => void;
}

type Ports = Pick<PlayerPorts, 'playback' | 'playableHere' | 'isAway' | 'notify'>;

/**
 * What is done when a track does not sound. It is tried again, then passed over; but where the network or the lease is at
 * fault, what follows is asked for and the first that is on this computer plays. When none is, the player waits where the
 * listener was, instead of racing through a queue of which nothing plays.
 */
export class Setbacks {
  readonly #ports: Ports;
  readonly #desk: PlayerDesk;
  readonly #trouble = new Trouble();
  readonly #lookAhead: LookAhead;
  /** Whether it was said in this outage that tracks are passed over. */
  #hasSaidWentOn = false;

  constructor(ports: Ports, desk: PlayerDesk) {
    this.#ports = ports;
    this.#desk = desk;
    this.#lookAhead = new LookAhead(ports.playableHere);
  }

  /** The listener wants something else. */
  over(): void {
    this.#trouble.over();
  }

  /** The current track sounds: whatever was the matter with it is over. */
  sounded(): void {
    this.over();
    const trackId = this.#queue.current?.track.id;
    const { failed } = this.#ports.playback.getState();
    if (trackId === undefined || !failed.has(trackId)) return;
    this.#ports.playback.setState({ failed: new Map([...failed].filter(([id]) => id !== trackId)) });
  }

  /** Nothing that was planned is to happen any more. */
  cancel(): void {
    this.#trouble.cancelRetry();
    this.#lookAhead.cancel();
  }

  /** The service answers again: this outage is over. */
  serviceReachable(): void {
    this.#hasSaidWentOn = false;
  }

  /** The track at `spot`, which is the current one and was to sound, does not. */
  failed(spot: QueueSpot, code: HostErrorCode): void {
    const following = next(this.#queue, 'by_hand');
    const canPassOver = (following?.current ?? null) !== null && following?.current?.entryId !== spot.entryId;
    // A cut in mid-track may be a hiccup; what has not sounded while the service is away is not worth waiting for.
    const { kind } = this.#ports.playback.getState().state;
    const hasSounded = kind === 'playing' || kind === 'stalled';
    const isHopeless = endsWithTheNetwork(code) && !hasSounded && this.#ports.isAway();
    const decision = this.#trouble.decide(spot, code, { canPassOver, isHopeless });
    if (decision.kind === 'retry') {
      this.#desk.change({ kind: 'retrying', cause: code, nextTry: decision.record.failedTries + 1 });
      this.#trouble.retryAfter(decision.afterMs, () => this.#desk.retry(spot.positionMs));
    } else if (decision.kind === 'wait' || following === null) {
      this.#wait(code);
    } else if (endsWithTheNetwork(code)) {
      this.#goOnHere(code);
    } else {
      this.#passOver(following, code);
    }
  }

  /**
   * The listener steps on or back while the service is away: to the first of `entries` that is on this computer. What plays
   * plays on until there is something to step to. `otherwise` when there is nothing to look through.
   */
  step(
    entries: readonly PlayerEntry[],
    to: (queue: PlayerQueue, entryId: string) => PlayerQueue,
    otherwise: () => void,
  ): void {
    if (entries.length === 0) {
      otherwise();
      return;
    }
    this.#lookAhead.look(entries, (here) => {
      if (here === null) {
        this.#ports.notify({ kind: 'nothing_here' });
        return;
      }
      const queue = to(this.#queue, here.entry.entryId);
      if (queue === this.#queue) return;
      this.over();
      this.#desk.start(queue);
    });
  }

  get #queue(): PlayerQueue {
    return this.#ports.playback.getState().queue;
  }

  #passOver(following: PlayerQueue, code: HostErrorCode): void {
    const { current } = this.#queue;
    if (current === null) return;
    this.#markFailed(current, code);
    this.#ports.notify({ kind: 'passed_over', track: current.track, code });
    this.#desk.start(following);
  }

  #markFailed(entry: PlayerEntry, code: HostErrorCode): void {
    this.#ports.playback.setState((now) => ({ failed: new Map(now.failed).set(entry.track.id, code) }));
  }

  /** On with the next track that is on this computer, however far off; those before it need the network. */
  #goOnHere(code: HostErrorCode): void {
    this.#desk.change({ kind: 'load', autoplay: true });
    this.#lookAhead.look(whatFollows(this.#queue), (here) => {
      if (!wantsSound(this.#ports.playback.getState().state)) return;
      const queue = here === null ? this.#queue : goOnInsteadWith(this.#queue, here.entry.entryId);
      if (here === null || queue === this.#queue) {
        this.#wait(code);
        return;
      }
      this.#desk.start(queue);
      if (this.#hasSaidWentOn) return;
      this.#hasSaidWentOn = true;
      // The one that failed is one of them.
      this.#ports.notify({ kind: 'went_on', passed: here.passed + 1, track: here.entry.track, code });
    });
  }

  /** Waits, back where tracks began to be passed over if the network is at fault, and says so. */
  #wait(code: HostErrorCode): void {
    this.#desk.change({ kind: 'gaveUp', cause: code });
    const spot = this.#trouble.spotToWaitAt(code);
    if (spot !== null) this.#desk.waitAt(spot);
    const entry = this.#queue.current;
    if (entry === null) return;
    // What only waits for the network has not failed.
    if (!endsWithTheNetwork(code)) this.#markFailed(entry, code);
    this.#ports.notify({ kind: endsWithTheNetwork(code) ? 'waits' : 'gave_up', track: entry.track, code });
  }
}
