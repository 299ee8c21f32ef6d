import type { HostErrorCode } from '../../../contract/host-error.ts';
import type { AudioEngine, EngineEvent, Follower, LoadOptions } from '../audio-engine.ts';
import type { AudioOutput } from '../howler-output.ts';
import { Device } from './device.ts';
import { answerForHead, joinTurns } from './join.ts';
import { dryBelowFrames } from './timeline.ts';
import { Turn } from './turn.ts';
import { Upcoming } from './upcoming.ts';

const PAUSE_FADE_S = 0.08;
/** Below about 5 ms a ramp clicks on low notes. */
const FADE_S = 0.02;
/** Without a byte for this long, a track counts as failed and its cause is looked for. */
const STALL_LIMIT_MS = 15_000;
/** What must be decoded before sound begins, and before it goes on after it ran dry. */
const ENOUGH_TO_BEGIN_S = 0.1;
const ENOUGH_TO_GO_ON_S = 0.6;
const TICK_MS = 250;

export interface StreamEngineOptions {
  /** Called at the first need, so that nothing opens the sound card just because the window did. */
  readonly openOutput: () => AudioOutput;
  /** An error while reading says little; this finds what is behind it. */
  readonly whyUnplayable: (address: string) => Promise<HostErrorCode>;
  /** The bytes are fine, but nothing here decodes them. `current` is what was to be played; null for a follower. */
  readonly undecodable: (address: string, current: Required<LoadOptions> | null) => void;
  /** False while somebody else sounds by the same device: then it is not for this engine to let it sleep. */
  readonly mayRest: () => boolean;
}

/**
 * Decodes a few seconds ahead of what is heard and places every block at a frame of the device's clock, so that a track begins
 * at the very frame at which the one before ends. Whatever happens (data, a node that is over, a timer, a call) leads to
 * `#pump`, which does what is due and may be called at any time.
 */
export class StreamEngine implements AudioEngine {
  readonly #options: StreamEngineOptions;
  readonly #listeners = new Set<(event: EngineEvent) => void>();
  readonly #device: Device;
  readonly #upcoming: Upcoming;
  #current: Turn | null = null;
  /** Still fades out under the current one. */
  #leaving: Turn | null = null;
  #wantsSound = false;
  #isDry = false;
  /** The current track gives no more; what is decoded of it is played. */
  #doomed: { readonly cause: unknown } | null = null;
  /** Sound is told once the device has come to this frame. */
  #soundsFrom: number | null = null;
  /** Its cause is being looked for. */
  #failing: Turn | null = null;
  #gainDb = 0;
  #fadesOnPause = true;
  #stallTimer: ReturnType<typeof setTimeout> | undefined;
  #wakeTimer: ReturnType<typeof setTimeout> | undefined;
  #tickTimer: ReturnType<typeof setInterval> | undefined;

  constructor(options: StreamEngineOptions) {
    this.#options = options;
    this.#device = new Device({
      openOutput: options.openOutput,
      mayRest: options.mayRest,
      changed: () => this.#pump(),
      silenced: (cause) => {
        this.#hush(0);
        this.#emit({ kind: 'silenced', cause });
      },
    });
    this.#upcoming = new Upcoming(this.#device, (address, gainDb) => this.#newTurn(address, 0, gainDb));
  }

  load(address: string, { startMs, autoplay, gainDb = 0 }: LoadOptions): void {
    this.#device.open();
    if (autoplay) this.#device.wake();
    this.#upcoming.unplace();
    const ready = startMs === 0 ? this.#upcoming.take(address) : null;
    this.#upcoming.clear();
    this.#quit(FADE_S);
    this.#gainDb = gainDb;
    const turn = ready ?? this.#newTurn(address, startMs, gainDb);
    this.#current = turn;
    turn.setGainDb(gainDb);
    turn.voice.joinTo(null);
    turn.take();
    if (autoplay) this.#want();
    else this.#device.rest();
    this.#tick();
    this.#pump();
  }

  preload(address: string | null): void {
    this.#upcoming.preload(address);
    this.#pump();
  }

  follow(follower: Follower | null): void {
    const { beginsAt } = this.#upcoming;
    // On its way to the loudspeaker already: this word came after the end.
    if (beginsAt !== null && beginsAt <= this.#device.nowFrame) return;
    if (!this.#upcoming.follow(follower)) return;
    this.#current?.voice.stretch?.unfade();
    this.#current?.voice.hurry(this.#upcoming.crossfadeS);
    this.#pump();
  }

  unload(): void {
    this.#upcoming.clear();
    this.#quit(FADE_S);
  }

  play(): void {
    if (this.#current === null) return;
    this.#device.wake();
    this.#want();
    this.#pump();
  }

  pause(): void {
    this.#hush(this.#fadesOnPause ? PAUSE_FADE_S : FADE_S / 2);
  }

  seek(positionMs: number): void {
    const turn = this.#current;
    if (turn === null) return;
    const { nowFrame } = this.#device;
    this.#upcoming.unplace();
    this.#leave(FADE_S);
    turn.goTo(Math.max(0, positionMs), nowFrame, this.#frames(FADE_S));
    turn.voice.hurry(this.#upcoming.crossfadeS);
    this.#doomed = null;
    this.#soundsFrom = null;
    if (this.#wantsSound) this.#watchForStall(true);
    this.#tick();
    this.#pump();
  }

  positionMs(): number {
    return this.#current?.voice.positionMs(this.#device.heardFrame) ?? 0;
  }

  setGain(gain: number): void {
    this.#device.setGain(gain);
  }

  setMuted(muted: boolean): void {
    this.#device.setMuted(muted);
  }

  setTrackGain(gainDb: number): void {
    this.#gainDb = gainDb;
    this.#current?.setGainDb(gainDb);
  }

  setFadeOnPause(fade: boolean): void {
    this.#fadesOnPause = fade;
  }

  on(listener: (event: EngineEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  dispose(): void {
    this.#listeners.clear();
    this.unload();
    clearTimeout(this.#wakeTimer);
    this.#device.dispose();
  }

  #frames(seconds: number): number {
    return Math.round(seconds * this.#device.rateHz);
  }

  #newTurn(address: string, startMs: number, gainDb: number): Turn {
    const { context, input } = this.#device.open();
    return new Turn(address, startMs, gainDb, {
      context,
      output: input,
      changed: () => this.#pump(),
      progressed: () => {
        // Data still comes, however slowly: that is not a stall to give up on.
        if (this.#stallTimer !== undefined) this.#watchForStall(true);
      },
      failed: (turn, cause) => this.#turnFailed(turn, cause),
    });
  }

  #want(): void {
    this.#wantsSound = true;
    this.#watchForStall(true);
    this.#tickTimer ??= setInterval(() => {
      this.#tick();
      this.#pump();
    }, TICK_MS);
  }

  #stopWanting(): void {
    this.#wantsSound = false;
    this.#isDry = false;
    this.#soundsFrom = null;
    this.#watchForStall(false);
    clearTimeout(this.#wakeTimer);
    clearInterval(this.#tickTimer);
    this.#tickTimer = undefined;
    this.#device.rest();
  }

  /** Everything falls silent and stands where it is. */
  #hush(fadeS: number): void {
    const wanted = this.#wantsSound;
    this.#stopWanting();
    if (!wanted) return;
    const fadeFrames = this.#device.isRunning ? this.#frames(fadeS) : 0;
    this.#upcoming.unplace();
    this.#current?.voice.hold(this.#device.nowFrame, fadeFrames);
    this.#leave(fadeS);
    this.#tick();
  }

  /** The current track is given up. */
  #quit(fadeS: number): void {
    this.#leave(fadeS);
    this.#stopWanting();
    this.#doomed = null;
    this.#current?.end(this.#device.nowFrame, this.#frames(fadeS));
    this.#current = null;
  }

  #leave(fadeS: number): void {
    this.#leaving?.end(this.#device.nowFrame, this.#frames(fadeS));
    this.#leaving = null;
  }

  #pump(): void {
    const turn = this.#current;
    if (turn === null) return;
    const { follower, following } = this.#upcoming;
    answerForHead(turn.voice, follower, following, this.#device);
    if (this.#wantsSound) {
      this.#place(turn);
      if (follower !== null && following !== null) joinTurns(turn.voice, follower, following, this.#device);
      this.#tell(turn);
    }
    if (this.#current !== null) this.#upcoming.prepareBehind(this.#current, this.positionMs());
    this.#planWake();
  }

  #place(turn: Turn): void {
    const { voice } = turn;
    const { nowFrame, earliestFrame } = this.#device;
    const running = voice.stretch;
    if (running !== null) {
      // With nothing to schedule it still lets the decoder know how far the sound has come.
      if (voice.isScheduled || running.endFrame >= earliestFrame) {
        voice.schedule();
      } else {
        // Too late to go on without a gap: nothing is lost, the clock is read anew.
        this.#runDry();
        voice.runOut();
      }
    }
    if (voice.stretch === null) {
      const enough = this.#frames(this.#isDry ? ENOUGH_TO_GO_ON_S : ENOUGH_TO_BEGIN_S);
      if (!voice.isComplete && this.#doomed === null && voice.readyFrames < enough) return;
      if (this.#doomed !== null && voice.readyFrames === 0) {
        this.#fail(turn);
        return;
      }
      const placed = voice.placeAt(earliestFrame, voice.beginsTrack ? 0 : this.#frames(FADE_S));
      this.#isDry = false;
      this.#soundsFrom = placed.anchor.contextFrame;
      return;
    }
    const ahead = voice.stretch.endFrame - nowFrame;
    const sinceAnchor = voice.stretch.scheduledTo - voice.stretch.anchor.trackFrame;
    if (!voice.isComplete && ahead < dryBelowFrames(sinceAnchor, this.#device.rateHz)) {
      if (this.#doomed === null) this.#runDry();
      else if (ahead <= 0) this.#fail(turn);
    } else if (this.#isDry && ahead >= (voice.isComplete ? 1 : this.#frames(ENOUGH_TO_GO_ON_S))) {
      this.#isDry = false;
      this.#soundsFrom = nowFrame;
    }
  }

  #runDry(): void {
    if (this.#isDry) return;
    this.#isDry = true;
    this.#soundsFrom = null;
    this.#watchForStall(true);
    this.#emit({ kind: 'ranDry' });
  }

  /** Says what is heard by now. */
  #tell(turn: Turn): void {
    if (!this.#device.isRunning) return;
    const { heardFrame } = this.#device;
    const leaving = this.#leaving?.voice.stretch ?? null;
    if (leaving === null || heardFrame >= leaving.endFrame) this.#leave(0);
    if (this.#soundsFrom !== null && heardFrame >= this.#soundsFrom) {
      this.#soundsFrom = null;
      this.#watchForStall(false);
      this.#emit({ kind: 'sounding' });
    }
    const { beginsAt } = this.#upcoming;
    if (beginsAt !== null && heardFrame >= beginsAt) {
      this.#advance();
      return;
    }
    const { voice } = turn;
    const isOver =
      voice.isComplete && voice.isScheduled && heardFrame >= (voice.stretch?.endFrame ?? Infinity);
    if (!isOver || this.#current !== turn || beginsAt !== null) return;
    if (this.#upcoming.follower !== null) {
      this.#runDry();
      return;
    }
    voice.runOut();
    this.#stopWanting();
    this.#tick();
    this.#emit({ kind: 'ended' });
  }

  #advance(): void {
    const gainDb = this.#upcoming.follower?.gainDb ?? 0;
    const arrived = this.#upcoming.take(this.#upcoming.prepared?.address ?? '');
    if (arrived === null) return;
    this.#leave(0);
    this.#current?.voice.letOut();
    this.#leaving = this.#current;
    this.#current = arrived;
    this.#gainDb = gainDb;
    const wasDry = this.#isDry;
    this.#isDry = false;
    this.#watchForStall(false);
    this.#emit({ kind: 'advanced', address: arrived.address });
    if (wasDry) this.#emit({ kind: 'sounding' });
    this.#tick();
  }

  #turnFailed(turn: Turn, cause: unknown): void {
    const isUndecodable = cause instanceof Error && cause.name === 'UndecodableTrack';
    if (turn === this.#upcoming.prepared) {
      this.#upcoming.refuse();
      if (isUndecodable) this.#options.undecodable(turn.address, null);
      this.#pump();
    } else if (turn === this.#current) {
      if (isUndecodable) {
        const current = { startMs: this.positionMs(), autoplay: this.#wantsSound, gainDb: this.#gainDb };
        this.unload();
        this.#options.undecodable(turn.address, current);
        return;
      }
      this.#doomed = { cause };
      if (!this.#wantsSound && turn.voice.readyFrames === 0) this.#fail(turn);
      this.#pump();
    }
  }

  #fail(turn: Turn): void {
    this.#watchForStall(false);
    const stillMatters = (): boolean => this.#current === turn;
    if (turn === this.#failing) return;
    this.#failing = turn;
    void this.#options.whyUnplayable(turn.address).then((code) => {
      if (!stillMatters()) return;
      this.#quit(0);
      this.#emit({ kind: 'failed', code });
    });
  }

  #watchForStall(watch: boolean): void {
    clearTimeout(this.#stallTimer);
    this.#stallTimer = undefined;
    if (!watch) return;
    this.#stallTimer = setTimeout(() => this.#stalled(), STALL_LIMIT_MS);
  }

  #stalled(): void {
    const turn = this.#current;
    if (turn === null) return;
    if (turn.voice.isComplete && this.#upcoming.prepared !== null) {
      this.#upcoming.refuse();
      this.#pump();
    } else if (!this.#device.isRunning) {
      this.#hush(0);
      this.#emit({ kind: 'silenced', cause: 'system' });
    } else {
      this.#fail(turn);
    }
  }

  #tick(): void {
    const turn = this.#current;
    if (turn === null) return;
    this.#emit({
      kind: 'clock',
      positionMs: this.positionMs(),
      durationMs: turn.voice.durationMs,
      buffered: turn.buffered(),
    });
  }

  /** The next thing to tell, or to notice, is looked at when it is due and not a quarter of a second later. */
  #planWake(): void {
    clearTimeout(this.#wakeTimer);
    if (!this.#wantsSound || !this.#device.isRunning) return;
    const { heardFrame } = this.#device;
    const stretch = this.#current?.voice.stretch ?? null;
    const dues = [this.#soundsFrom, this.#upcoming.beginsAt, stretch?.endFrame ?? null];
    const soonest = Math.min(...dues.filter((frame) => frame !== null && frame > heardFrame).map(Number));
    const inMs = ((soonest - heardFrame) / this.#device.rateHz) * 1000;
    if (inMs > TICK_MS) return;
    this.#wakeTimer = setTimeout(() => this.#pump(), Math.ceil(inMs) + 1);
  }

  #emit(event: EngineEvent): void {
    for (const listener of this.#listeners) listener(event);
  }
}
