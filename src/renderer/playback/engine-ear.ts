import type { HostErrorCode } from '../../contract/host-error.ts';
import { assertNever } from '../../core/playback/assert-never.ts';
import { wantsSound, type PlaybackEvent } from '../../core/playback/playback-state.ts';
import { next } from '../../core/playback/queue.ts';
import type { AdBreaks } from './ad-breaks.ts';
import type { Ahead } from './ahead.ts';
import type { EngineEvent } from './audio-engine.ts';
import type { Autoplay } from './autoplay.ts';
import type { Expectation } from './expectation.ts';
import type { PlayCounter } from './play-counter.ts';
import type { PlayerQueue } from './playback-store.ts';
import type { PlayerMemory } from './player-memory.ts';
import type { PlayerPorts } from './player-ports.ts';
import type { Setbacks } from './setbacks.ts';
import type { SleepKeeper } from './sleep-keeper.ts';

/** From here on it is looked at anew, at each tick, whether something follows by itself: the service may be away meanwhile. */
const LOOK_AGAIN_BEFORE_END_MS = 20_000;

/** Those who are told what is heard. */
export interface Hearers {
  readonly counter: PlayCounter;
  readonly setbacks: Setbacks;
  readonly breaks: AdBreaks;
  readonly ahead: Ahead;
  readonly autoplay: Autoplay;
  readonly sleep: SleepKeeper;
  readonly memory: PlayerMemory;
  readonly expectation: Expectation;
}

/** What follows from it for the player. */
export interface EarDesk {
  /** The engine holds the current entry. */
  readonly isLoaded: () => boolean;
  /** It no longer does. */
  readonly lost: () => void;
  readonly change: (event: PlaybackEvent<HostErrorCode>) => void;
  /** On to what follows the track that ended. */
  readonly advance: () => void;
  /** The current entry of this queue, from its beginning. */
  readonly load: (queue: PlayerQueue, autoplay: boolean) => void;
  readonly standAt: (positionMs: number) => void;
}

type Ports = Pick<PlayerPorts, 'playback' | 'clock' | 'notify'>;

/** Hears what the engine tells of the queue's current track, or of the spot that sounds in its place. */
export class EngineEar {
  readonly #ports: Ports;
  readonly #to: Hearers;
  readonly #desk: EarDesk;

  constructor(ports: Ports, to: Hearers, desk: EarDesk) {
    this.#ports = ports;
    this.#to = to;
    this.#desk = desk;
  }

  get #queue(): PlayerQueue {
    return this.#ports.playback.getState().queue;
  }

  hear(event: EngineEvent): void {
    const { counter, setbacks, breaks, memory } = this.#to;
    if (breaks.holdsMusic) {
      breaks.onEngine(event);
      return;
    }
    switch (event.kind) {
      case 'sounding':
        setbacks.sounded();
        counter.sounds();
        this.#desk.change({ kind: 'sounding' });
        break;
      case 'ranDry':
        counter.falls();
        this.#desk.change({ kind: 'ranDry' });
        break;
      case 'silenced':
        counter.falls();
        this.#desk.change({ kind: 'hush' });
        memory.place.now();
        if (event.cause === 'blocked') this.#ports.notify({ kind: 'blocked' });
        break;
      case 'ended':
        this.#ended();
        break;
      case 'advanced':
        this.#advanced(event.address);
        break;
      case 'failed':
        this.#failed(event.code);
        break;
      case 'clock':
        this.#ticked(event);
        break;
      default:
        assertNever(event);
    }
  }

  #ended(): void {
    const { counter, memory, sleep } = this.#to;
    counter.ended();
    const sleeps = sleep.comesAfterTrack(this.#queue);
    const following = sleeps ? next(this.#queue, 'automatic') : null;
    // What follows stands ready for the morning.
    if (following === null) this.#desk.advance();
    else this.#desk.load(following, false);
    if (!sleeps) return;
    sleep.off();
    memory.place.now();
  }

  /** The engine went on by itself: the queue goes with it. */
  #advanced(address: string): void {
    const { counter, setbacks, memory, ahead, expectation } = this.#to;
    const join = ahead.joined(address);
    if (join === 'stale') return;
    if (join === null || join.queue.current === null) {
      this.#ended();
      return;
    }
    const { queue, crossfadeMs } = join;
    const isNewQueue = queue !== this.#queue;
    counter.ended(crossfadeMs);
    counter.begin(join.queue.current.track);
    if (this.#ports.playback.getState().state.kind === 'playing') counter.sounds();
    this.#ports.playback.setState({ queue });
    this.#desk.standAt(0);
    setbacks.sounded();
    if (isNewQueue) memory.queueChanged(queue);
    ahead.begins();
    expectation.is(queue);
    memory.place.soon();
  }

  #ticked({ positionMs, durationMs, buffered }: Extract<EngineEvent, { kind: 'clock' }>): void {
    if (!this.#desk.isLoaded()) return;
    const { counter, breaks, ahead, autoplay, sleep, memory } = this.#to;
    const lengthMs = durationMs ?? this.#queue.current?.track.durationMs ?? 0;
    this.#ports.clock.setState({ positionMs, durationMs: lengthMs, buffered });
    counter.tick();
    if (this.#ports.playback.getState().state.kind !== 'playing') return;
    memory.place.tick();
    autoplay.plays(this.#queue, positionMs);
    const leftMs = lengthMs - positionMs;
    if (leftMs > LOOK_AGAIN_BEFORE_END_MS) return;
    if (!sleep.comesAfterTrack(this.#queue)) breaks.trackEndsIn(leftMs, this.#queue);
    ahead.update();
  }

  #failed(code: HostErrorCode): void {
    const entry = this.#queue.current;
    if (entry === null) return;
    const { positionMs } = this.#ports.clock.getState();
    this.#desk.lost();
    this.#to.counter.falls();
    // Nobody is waiting for sound: the next "play" finds out whether it still fails.
    if (!wantsSound(this.#ports.playback.getState().state)) return;
    this.#to.setbacks.failed({ entryId: entry.entryId, positionMs }, code);
  }
}
