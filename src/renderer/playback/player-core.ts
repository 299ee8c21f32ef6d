import type { Track } from '../../contract/catalog-http.ts';
import type { HostErrorCode } from '../../contract/host-error.ts';
import type { Origin } from '../../contract/playback-session.ts';
import { transition, wantsSound, type PlaybackEvent } from '../../core/playback/playback-state.ts';
import * as edit from '../../core/playback/queue-edit.ts';
import { previousMeans } from '../../core/playback/queue-facts.ts';
import { clampSpeed } from '../../core/playback/speed.ts';
import * as queues from '../../core/playback/queue.ts';
import type { Advance } from '../../core/playback/queue.ts';
import { goOnWith, whatFollows, whatPrecedes } from '../../core/playback/what-follows.ts';
import { Ahead } from './ahead.ts';
import { AdBreaks } from './ad-breaks.ts';
import { Autoplay } from './autoplay.ts';
import { EngineEar } from './engine-ear.ts';
import { EntryMaker } from './entry-maker.ts';
import { Expectation } from './expectation.ts';
import { PlayCounter } from './play-counter.ts';
import type { PlayerQueue } from './playback-store.ts';
import { PlayerMemory } from './player-memory.ts';
import type { PlayerPorts } from './player-ports.ts';
import { QueueEditor } from './queue-editor.ts';
import { SleepKeeper } from './sleep-keeper.ts';
import { Setbacks } from './setbacks.ts';
import { endsWithTheNetwork, type QueueSpot } from './trouble.ts';
import { VolumeKeeper } from './volume-keeper.ts';

/**
 * The one owner of queue and engine. Intentions come in as calls; what came of them goes out through the two stores,
 * which nobody else writes.
 */
export class Player {
  readonly edits: QueueEditor;
  readonly sleep: SleepKeeper;
  readonly #ports: PlayerPorts;
  readonly #memory: PlayerMemory;
  readonly #counter: PlayCounter;
  readonly #volume: VolumeKeeper;
  readonly #setbacks: Setbacks;
  readonly #breaks: AdBreaks;
  readonly #ahead: Ahead;
  /** The engine holds the current entry; false after a failure, and before the first play of a restored queue. */
  #isLoaded = false;
  readonly #entries: EntryMaker;
  readonly #expectation: Expectation;

  constructor(ports: PlayerPorts) {
    this.#ports = ports;
    this.#entries = new EntryMaker(ports.newSeed().toString(36));
    this.#expectation = new Expectation(ports);
    this.#setbacks = new Setbacks(ports, {
      change: (event) => this.#change(event),
      retry: (startMs) => this.#load(this.#queue, startMs, true),
      start: (queue) => this.#start(queue),
      waitAt: (spot) => this.#waitAt(spot),
    });
    this.#breaks = new AdBreaks(ports, {
      change: (event) => this.#change(event),
      preload: () => this.#comesNext(),
      goOn: (autoplay) => this.#load(this.#queue, this.#positionMs(), autoplay),
    });
    this.edits = new QueueEditor(ports.playback, (queue) => this.#replaceQueue(queue));
    this.#volume = new VolumeKeeper(ports.engine, ports.playback);
    this.sleep = new SleepKeeper(ports.playback, ports.nowMs, {
      dim: (share) => this.#volume.dim(share),
      pause: () => this.pause(),
      changed: () => this.#comesNext(),
    });
    this.#ahead = new Ahead(ports, { breaks: this.#breaks, sleep: this.sleep });
    const autoplay = new Autoplay(ports, (tracks) => {
      this.#setQueue(edit.goOnAfterEnd(this.#queue, this.#entries.addedBy('autoplay', tracks)));
    });
    const onSaveFailed = (cause: unknown): void => ports.notify({ kind: 'not_saved', cause });
    this.#memory = new PlayerMemory(ports, () => this.#positionMs(), onSaveFailed);
    this.#counter = new PlayCounter(ports.nowMs, () => ports.newSeed().toString(36).padStart(11, '0'), {
      began: (track) => void ports.history.began({ track }).catch(ports.onTellingFailed),
      counts: (track, play) => void ports.history.record({ track, play }).catch(onSaveFailed),
      heard: (track, play) => void ports.history.heard({ track, play }).catch(ports.onTellingFailed),
      music: (ms) => this.#breaks.musicHeard(ms),
    });
    const ear = new EngineEar(
      ports,
      {
        counter: this.#counter,
        setbacks: this.#setbacks,
        breaks: this.#breaks,
        ahead: this.#ahead,
        autoplay,
        sleep: this.sleep,
        memory: this.#memory,
        expectation: this.#expectation,
      },
      {
        isLoaded: () => this.#isLoaded,
        lost: () => {
          this.#isLoaded = false;
        },
        change: (event) => this.#change(event),
        advance: () => this.#advance('automatic'),
        load: (queue, autoplays) => this.#load(queue, 0, autoplays),
        standAt: (positionMs) => this.#standAt(positionMs),
      },
    );
    ports.engine.on((event) => ear.hear(event));
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
    this.#breaks.paused();
    this.#memory.place.now();
  }

  /** Plays on, tries again what failed, or begins what was restored. Does nothing with an empty queue. */
  resume(): void {
    if (this.#queue.current === null || wantsSound(this.#state)) return;
    if (this.#isLoaded || this.#breaks.holdsMusic) {
      this.#change({ kind: 'ask' });
      this.#ports.engine.play();
      this.#breaks.resumed();
      return;
    }
    this.#setbacks.over();
    if (this.#state.kind === 'stopped') this.#start(this.#queue, this.#positionMs());
    else this.#load(this.#queue, this.#positionMs(), true);
  }

  /** While the service is away, on to the next one that is on this computer. Not in an ad break, as all that leads elsewhere. */
  next(): void {
    if (this.#breaks.isOn) return;
    this.#setbacks.over();
    if (!this.#ports.isAway()) this.#advance('by_hand');
    else this.#setbacks.step(whatFollows(this.#queue), goOnWith, () => this.#advance('by_hand'));
  }

  previous(): void {
    if (this.#breaks.isOn) return;
    const before = queues.previous(this.#queue);
    if (before === this.#queue || previousMeans(this.#positionMs()) === 'restart') this.seekTo(0);
    else if (!this.#ports.isAway()) this.#begin(before);
    else this.#setbacks.step(whatPrecedes(this.#queue), queues.jump, () => this.#begin(before));
  }

  seekTo(positionMs: number): void {
    if (this.#breaks.isOn) return;
    const { durationMs } = this.#ports.clock.getState();
    const target = Math.max(0, durationMs > 0 ? Math.min(positionMs, durationMs) : positionMs);
    this.#ports.clock.setState({ positionMs: target });
    if (this.#isLoaded) this.#ports.engine.seek(target);
    this.#comesNext();
    this.#memory.place.now();
  }

  seekBy(deltaMs: number): void {
    this.seekTo(this.#positionMs() + deltaMs);
  }

  /** The slider's position, 0 to 1. Turning it up ends being muted. */
  setVolume(slider: number): void {
    this.#volume.set(slider);
    this.#memory.place.soon();
  }

  changeVolumeBy(delta: number): void {
    this.setVolume(this.#ports.playback.getState().volume + delta);
  }

  toggleMute(): void {
    this.#volume.toggleMute();
    this.#memory.place.now();
  }

  setShuffle(on: boolean): void {
    if (!this.#breaks.isOn) this.#setQueue(edit.setShuffle(this.#queue, on, this.#ports.newSeed()));
  }

  /** Off, all, one. */
  cycleRepeat(): void {
    if (!this.#breaks.isOn) this.#setQueue(edit.setRepeat(this.#queue, edit.repeatAfter(this.#queue.repeat)));
  }

  jumpTo(entryId: string): void {
    const target = queues.jump(this.#queue, entryId);
    if (target !== this.#queue) this.#begin(target);
  }

  /** Whether the engine can play slower and faster at the same pitch. */
  get canChangeSpeed(): boolean {
    return this.#ports.engine.setSpeed !== undefined;
  }

  /** 0.5 to 2; anything outside is clamped. Does nothing where the engine cannot. */
  setSpeed(speed: number): void {
    const clamped = clampSpeed(speed);
    if (!this.canChangeSpeed || clamped === this.#ports.playback.getState().speed) return;
    this.#ports.playback.setState({ speed: clamped });
    if (!this.#breaks.isOn) this.#applySpeed();
  }

  setFadeOnPause(fade: boolean): void {
    this.#ports.engine.setFadeOnPause(fade);
  }

  /** What is set about crossfades, loudness and going on is another than before. */
  settingsChanged(): void {
    const { gainDb, truePeakDbtp } = this.#ahead.level(this.#queue);
    if (this.#isLoaded) this.#ports.engine.setTrackGain?.(gainDb, truePeakDbtp);
    this.#comesNext();
  }

  /** The service answers again: what waited for it is tried once more. */
  serviceReachable(): void {
    this.#setbacks.serviceReachable();
    const state = this.#state;
    if (state.kind === 'waiting' && endsWithTheNetwork(state.cause)) this.resume();
  }

  /** Another listener may be listening, or the same with another tier. */
  adPolicyChanged(): void {
    this.#breaks.policyChanged();
  }

  /** Brings back the queue, the place in it and the volume, paused. Rejects when nothing could be read. */
  async restore(): Promise<void> {
    const { queue, position } = await this.#memory.load();
    // Chosen before it was known what was kept, and not written down yet.
    if (position !== null && !this.#volume.restore(position)) this.#memory.place.soon();
    // Whoever was quicker than the disk and already plays something goes first.
    if (queue === null || this.#queue.current !== null) return;
    this.#ports.playback.setState({ queue });
    if (queue.current === null) return;
    const isPlace = position?.entryId === queue.current.entryId;
    this.#load(queue, isPlace ? position.positionMs : 0, false);
  }

  /** Everything to disk, now; when the window goes away. */
  flush(): void {
    this.#memory.flush();
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
    const isInBreak = this.#breaks.isOn;
    this.#setbacks.over();
    this.sleep.chose(queue);
    this.#start(queue);
    if (!isInBreak || queue.current === null) return;
    this.#ports.notify({ kind: 'after_ads', track: queue.current.track });
    this.resume();
  }

  /** One track is left and the queue's current entry begins, to sound: between the two an ad break may come. */
  #start(queue: PlayerQueue, startMs = 0): void {
    if (queue.current === null) {
      this.#setQueue(queue);
      return;
    }
    this.#counter.falls();
    const hasBreak = this.#breaks.comesAfter(this.#queue.current?.track.id ?? null);
    this.#load(queue, startMs, true);
    if (hasBreak) this.#breaks.begin();
  }

  #setQueue(queue: PlayerQueue): void {
    if (queue === this.#queue) return;
    this.#ports.playback.setState({ queue });
    this.#memory.queueChanged(queue);
    this.#comesNext();
    if (this.#state.kind !== 'stopped') this.#expectation.is(queue);
  }

  /** A queue whose current entry may be another one than before; it goes on sounding if there was sound. */
  #replaceQueue(queue: PlayerQueue): void {
    const before = this.#queue.current;
    const sounded = wantsSound(this.#state);
    if (queue.current !== null && queue.current.entryId !== before?.entryId) {
      if (sounded) this.#start(queue);
      else this.#load(queue, 0, false);
      return;
    }
    this.#setQueue(queue);
    if (queue.current === null) this.#stop(0);
  }

  /**
   * Loads the queue's current entry, or makes it what comes after an ad break. Queue and state change together, so that a
   * start is one change to whoever looks.
   */
  #load(queue: PlayerQueue, startMs: number, autoplay: boolean): void {
    const entry = queue.current;
    if (entry === null) return;
    this.#setbacks.cancel();
    this.#counter.falls();
    this.#isLoaded = !this.#breaks.holdsMusic;
    const isNewQueue = queue !== this.#queue;
    const state = this.#breaks.isOn ? this.#state : transition(this.#state, { kind: 'load', autoplay });
    // First of all that this is a start: whoever draws waits for the sound (`shown-playback.ts`).
    this.#ports.playback.setState({ queue, state });
    if (this.#isLoaded) {
      this.#counter.begin(entry.track);
      const level = this.#ahead.level(queue);
      this.#applySpeed();
      this.#ports.engine.load(this.#ports.addressOf(entry.track.id), { startMs, autoplay, ...level });
    }
    this.#standAt(startMs);
    if (isNewQueue) this.#memory.queueChanged(queue);
    this.#ahead.begins();
    this.#expectation.is(queue);
    if (autoplay) this.#memory.place.soon();
  }

  #applySpeed(): void {
    this.#ports.engine.setSpeed?.(this.#ports.playback.getState().speed);
  }

  /** Until the engine knows better. */
  #standAt(positionMs: number): void {
    const durationMs = this.#queue.current?.track.durationMs ?? 0;
    this.#ports.clock.setState({ positionMs, durationMs, buffered: [] });
  }

  #comesNext(): void {
    if (this.#isLoaded || this.#breaks.holdsMusic) this.#ahead.update();
  }

  #stop(positionMs: number): void {
    this.#setbacks.cancel();
    this.#expectation.is(null);
    this.#counter.falls();
    this.#breaks.cancel();
    this.#isLoaded = false;
    this.#ports.engine.unload();
    this.#ahead.stop();
    this.#standAt(positionMs);
    this.#change({ kind: 'unload' });
    this.#memory.place.now();
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
    this.#start(following);
  }

  /** Back to a place in the queue, without sound. */
  #waitAt({ entryId, positionMs }: QueueSpot): void {
    this.#setQueue(queues.jump(this.#queue, entryId));
    this.#standAt(positionMs);
    this.#memory.place.now();
  }
}
