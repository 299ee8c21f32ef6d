import type { Track } from '../../contract/catalog-http.ts';
import type { HostErrorCode } from '../../contract/host-error.ts';
import type { Origin } from '../../contract/playback-session.ts';
import { transition, wantsSound, type PlaybackEvent } from '../../core/playback/playback-state.ts';
import * as edit from '../../core/playback/queue-edit.ts';
import type { QueuePlace } from '../../core/playback/queue-edit.ts';
import { previousMeans } from '../../core/playback/queue-facts.ts';
import * as queues from '../../core/playback/queue.ts';
import type { Advance } from '../../core/playback/queue.ts';
import { goOnWith, whatFollows, whatPrecedes } from '../../core/playback/what-follows.ts';
import type { EngineEvent } from './audio-engine.ts';
import { EntryMaker } from './entry-maker.ts';
import { Expectation } from './expectation.ts';
import { PlayCounter } from './play-counter.ts';
import type { PlayerQueue } from './playback-store.ts';
import type { PlayerPorts } from './player-ports.ts';
import { PositionSaver } from './position-saver.ts';
import { SessionKeeper } from './session-keeper.ts';
import { Setbacks } from './setbacks.ts';
import { endsWithTheNetwork, type QueueSpot } from './trouble.ts';
import { VolumeKeeper } from './volume-keeper.ts';

/**
 * The one owner of queue and engine. Intentions come in as calls; what came of them goes out through the two stores,
 * which nobody else writes.
 */
export class Player {
  readonly #ports: PlayerPorts;
  readonly #keeper: SessionKeeper;
  readonly #counter: PlayCounter;
  readonly #volume: VolumeKeeper;
  readonly #position: PositionSaver;
  readonly #setbacks: Setbacks;
  /** The engine holds the current entry; false after a failure, and before the first play of a restored queue. */
  #isLoaded = false;
  #undoable: PlayerQueue | null = null;
  readonly #entries: EntryMaker;
  readonly #expectation: Expectation;

  constructor(ports: PlayerPorts) {
    this.#ports = ports;
    this.#entries = new EntryMaker(ports.newSeed().toString(36));
    this.#expectation = new Expectation(ports);
    this.#setbacks = new Setbacks(ports, {
      change: (event) => this.#change(event),
      load: (queue, startMs) => this.#load(queue, startMs, true),
      waitAt: (spot) => this.#waitAt(spot),
    });
    this.#volume = new VolumeKeeper(ports.engine, ports.playback);
    this.#position = new PositionSaver(() => this.#savePosition(), ports.nowMs);
    const onSaveFailed = (cause: unknown): void => ports.notify({ kind: 'not_saved', cause });
    this.#keeper = new SessionKeeper({ session: ports.session, onSaveFailed });
    this.#counter = new PlayCounter(ports.nowMs, (track) => {
      ports.history.record({ track }).catch(onSaveFailed);
    });
    ports.engine.on((event) => this.#onEngine(event));
  }

  /** Replaces the queue and plays from `index` on. */
  play(tracks: readonly Track[], index: number, origin: Origin | null): void {
    const entries = this.#entries.of(tracks);
    this.#begin(queues.start(this.#queue, entries, index, origin, this.#ports.newSeed()));
  }

  /** Replaces the queue and plays it shuffled; shuffle stays on. */
  playShuffled(tracks: readonly Track[], origin: Origin | null): void {
    this.#begin(queues.startShuffled(this.#queue, this.#entries.of(tracks), origin, this.#ports.newSeed()));
  }

  playNext(tracks: readonly Track[]): void {
    this.#setQueue(edit.playNext(this.#queue, this.#entries.of(tracks)));
  }

  addToQueue(tracks: readonly Track[]): void {
    this.#setQueue(edit.addToQueue(this.#queue, this.#entries.of(tracks)));
  }

  togglePlay(): void {
    if (wantsSound(this.#state)) this.pause();
    else this.resume();
  }

  pause(): void {
    this.#setbacks.cancel();
    this.#counter.falls();
    this.#change({ kind: 'hush' });
    this.#ports.engine.pause();
    this.#position.now();
  }

  /** Plays on, tries again what failed, or begins what was restored. Does nothing with an empty queue. */
  resume(): void {
    if (this.#queue.current === null || wantsSound(this.#state)) return;
    if (this.#isLoaded) {
      this.#change({ kind: 'ask' });
      this.#ports.engine.play();
    } else {
      this.#setbacks.over();
      this.#load(this.#queue, this.#positionMs(), true);
    }
  }

  /** While the service is away, on to the next one that is on this computer. */
  next(): void {
    this.#setbacks.over();
    if (!this.#ports.isAway()) this.#advance('by_hand');
    else this.#setbacks.step(whatFollows(this.#queue), goOnWith, () => this.#advance('by_hand'));
  }

  previous(): void {
    const before = queues.previous(this.#queue);
    if (before === this.#queue || previousMeans(this.#positionMs()) === 'restart') this.seekTo(0);
    else if (!this.#ports.isAway()) this.#begin(before);
    else this.#setbacks.step(whatPrecedes(this.#queue), queues.jump, () => this.#begin(before));
  }

  seekTo(positionMs: number): void {
    const { durationMs } = this.#ports.clock.getState();
    const target = Math.max(0, durationMs > 0 ? Math.min(positionMs, durationMs) : positionMs);
    this.#ports.clock.setState({ positionMs: target });
    if (this.#isLoaded) this.#ports.engine.seek(target);
    this.#position.now();
  }

  seekBy(deltaMs: number): void {
    this.seekTo(this.#positionMs() + deltaMs);
  }

  /** The slider's position, 0 to 1. Turning it up ends being muted. */
  setVolume(slider: number): void {
    this.#volume.set(slider);
    this.#position.soon();
  }

  changeVolumeBy(delta: number): void {
    this.setVolume(this.#ports.playback.getState().volume + delta);
  }

  toggleMute(): void {
    this.#volume.toggleMute();
    this.#position.now();
  }

  setShuffle(on: boolean): void {
    this.#setQueue(edit.setShuffle(this.#queue, on, this.#ports.newSeed()));
  }

  /** Off, all, one. */
  cycleRepeat(): void {
    this.#setQueue(edit.setRepeat(this.#queue, edit.repeatAfter(this.#queue.repeat)));
  }

  jumpTo(entryId: string): void {
    const target = queues.jump(this.#queue, entryId);
    if (target !== this.#queue) this.#begin(target);
  }

  removeFromQueue(entryIds: readonly string[]): void {
    this.#edit(edit.remove(this.#queue, new Set(entryIds)));
  }

  moveInQueue(entryIds: readonly string[], place: QueuePlace): void {
    this.#edit(edit.move(this.#queue, new Set(entryIds), place));
  }

  clearRequested(): void {
    this.#edit(edit.clearRequested(this.#queue));
  }

  /** Everything but what plays. */
  clearQueue(): void {
    this.#edit(edit.clear(this.#queue));
  }

  /** Takes back the last removing, moving or clearing; what plays meanwhile plays on if it is part of that queue. */
  undo(): void {
    const before = this.#undoable;
    if (before === null) return;
    this.#undoable = null;
    const playing = this.#queue.current?.entryId;
    this.#replaceQueue(playing === undefined ? before : queues.jump(before, playing));
  }

  setFadeOnPause(fade: boolean): void {
    this.#ports.engine.setFadeOnPause(fade);
  }

  /** The service answers again: what waited for it is tried once more. */
  serviceReachable(): void {
    this.#setbacks.serviceReachable();
    const state = this.#state;
    if (state.kind === 'waiting' && endsWithTheNetwork(state.cause)) this.resume();
  }

  /** Brings back the queue, the place in it and the volume, paused. Rejects when nothing could be read. */
  async restore(): Promise<void> {
    const { queue, position } = await this.#keeper.load();
    if (position !== null) this.#volume.restore(position);
    // Whoever was quicker than the disk and already plays something goes first.
    if (queue === null || this.#queue.current !== null) return;
    this.#ports.playback.setState({ queue });
    if (queue.current === null) return;
    const isPlace = position?.entryId === queue.current.entryId;
    this.#load(queue, isPlace ? position.positionMs : 0, false);
  }

  /** Everything to disk, now; when the window goes away. */
  flush(): void {
    this.#keeper.flush();
    this.#position.now();
  }

  #savePosition(): void {
    const { volume, muted, queue } = this.#ports.playback.getState();
    this.#keeper.savePosition({
      entryId: queue.current?.entryId ?? null,
      positionMs: Math.max(0, Math.round(this.#positionMs())),
      volume,
      muted,
    });
  }

  get #queue(): PlayerQueue {
    return this.#ports.playback.getState().queue;
  }

  get #state() {
    return this.#ports.playback.getState().state;
  }

  #positionMs(): number {
    return this.#isLoaded ? this.#ports.engine.positionMs() : this.#ports.clock.getState().positionMs;
  }

  #change(event: PlaybackEvent<HostErrorCode>): void {
    const state = transition(this.#state, event);
    if (state !== this.#state) this.#ports.playback.setState({ state });
  }

  /** A new queue whose current entry is to sound from its beginning. */
  #begin(queue: PlayerQueue): void {
    if (queue === this.#queue) return;
    this.#setbacks.over();
    this.#playFrom(queue);
  }

  #playFrom(queue: PlayerQueue): void {
    if (queue.current === null) this.#setQueue(queue);
    else this.#load(queue, 0, true);
  }

  #setQueue(queue: PlayerQueue): void {
    if (queue === this.#queue) return;
    this.#ports.playback.setState({ queue });
    this.#keeper.queueChanged(queue);
    if (this.#isLoaded) this.#preloadNext();
    if (this.#state.kind !== 'stopped') this.#expectation.is(queue);
  }

  /** A change the listener may take back. */
  #edit(queue: PlayerQueue): void {
    if (queue === this.#queue) return;
    this.#undoable = this.#queue;
    this.#replaceQueue(queue);
  }

  /** A queue whose current entry may be another one than before; it goes on sounding if there was sound. */
  #replaceQueue(queue: PlayerQueue): void {
    const before = this.#queue.current;
    const sounded = wantsSound(this.#state);
    if (queue.current !== null && queue.current.entryId !== before?.entryId) {
      this.#load(queue, 0, sounded);
      return;
    }
    this.#setQueue(queue);
    if (queue.current === null) this.#stop(0);
  }

  /** Loads the queue's current entry; queue and state change together, so that a start is one change to whoever looks. */
  #load(queue: PlayerQueue, startMs: number, autoplay: boolean): void {
    const entry = queue.current;
    if (entry === null) return;
    this.#setbacks.cancel();
    this.#counter.falls();
    this.#counter.begin(entry.track);
    this.#isLoaded = true;
    const isNewQueue = queue !== this.#queue;
    // First of all that this is a start: whoever draws waits for the sound (`shown-playback.ts`).
    this.#ports.playback.setState({ queue, state: transition(this.#state, { kind: 'load', autoplay }) });
    this.#ports.engine.load(this.#ports.addressOf(entry.track.id), { startMs, autoplay });
    this.#ports.clock.setState({ positionMs: startMs, durationMs: entry.track.durationMs, buffered: [] });
    if (isNewQueue) this.#keeper.queueChanged(queue);
    this.#preloadNext();
    this.#expectation.is(queue);
    if (autoplay) this.#position.soon();
  }

  #preloadNext(): void {
    const following = queues.peekNext(this.#queue);
    this.#ports.engine.preload(following === null ? null : this.#ports.addressOf(following.track.id));
  }

  #stop(positionMs: number): void {
    this.#setbacks.cancel();
    this.#expectation.is(null);
    this.#counter.falls();
    this.#isLoaded = false;
    this.#ports.engine.unload();
    this.#ports.engine.preload(null);
    const durationMs = this.#queue.current?.track.durationMs ?? 0;
    this.#ports.clock.setState({ positionMs, durationMs, buffered: [] });
    this.#change({ kind: 'unload' });
    this.#position.now();
  }

  /** On to the next entry; at the end, silence, with the queue ready at its top. */
  #advance(how: Advance): void {
    const following = queues.next(this.#queue, how);
    if (following === null) {
      if (this.#queue.current === null) return;
      this.#setQueue(queues.fromTheTop(this.#queue));
      this.#stop(0);
      return;
    }
    this.#playFrom(following);
  }

  #onEngine(event: EngineEvent): void {
    switch (event.kind) {
      case 'sounding':
        this.#onSounding();
        break;
      case 'ranDry':
        this.#counter.falls();
        this.#change({ kind: 'ranDry' });
        break;
      case 'silenced':
        this.#counter.falls();
        this.#change({ kind: 'hush' });
        this.#position.now();
        if (event.cause === 'blocked') this.#ports.notify({ kind: 'blocked' });
        break;
      case 'ended':
        this.#counter.ended();
        this.#advance('automatic');
        break;
      case 'failed':
        this.#onFailed(event.code);
        break;
      case 'clock':
        this.#onClock(event);
        break;
    }
  }

  #onSounding(): void {
    this.#setbacks.over();
    this.#counter.sounds();
    this.#change({ kind: 'sounding' });
    const trackId = this.#queue.current?.track.id;
    const { failed } = this.#ports.playback.getState();
    if (trackId === undefined || !failed.has(trackId)) return;
    this.#ports.playback.setState({ failed: new Map([...failed].filter(([id]) => id !== trackId)) });
  }

  #onClock({ positionMs, durationMs, buffered }: Extract<EngineEvent, { kind: 'clock' }>): void {
    if (!this.#isLoaded) return;
    const known = this.#queue.current?.track.durationMs ?? 0;
    this.#ports.clock.setState({ positionMs, durationMs: durationMs ?? known, buffered });
    this.#counter.tick();
    if (this.#state.kind === 'playing') this.#position.tick();
  }

  #onFailed(code: HostErrorCode): void {
    const entry = this.#queue.current;
    if (entry === null) return;
    const { positionMs } = this.#ports.clock.getState();
    this.#isLoaded = false;
    this.#counter.falls();
    // Nobody is waiting for sound: the next "play" finds out whether it still fails.
    if (!wantsSound(this.#state)) return;
    this.#setbacks.failed({ entryId: entry.entryId, positionMs }, code);
  }

  /** Back to a place in the queue, without sound. */
  #waitAt({ entryId, positionMs }: QueueSpot): void {
    this.#setQueue(queues.jump(this.#queue, entryId));
    const durationMs = this.#queue.current?.track.durationMs ?? 0;
    this.#ports.clock.setState({ positionMs, durationMs, buffered: [] });
    this.#position.now();
  }
}
