import type { HostErrorCode } from '../../../contract/host-error.ts';
import type { TrackLevel } from '../../../core/playback/loudness.ts';
import type { AudioEngine, EngineEvent, Follower, LoadOptions } from '../audio-engine.ts';
import type { AudioOutput } from '../howler-output.ts';
import type { Decoder } from './decoder.ts';
import { Device } from './device.ts';
import { answerForHead, joinTurns } from './join.ts';
import { Sounding } from './sounding.ts';
import { TICK_MS, Timers } from './timers.ts';
import { Turn } from './turn.ts';
import { Upcoming } from './upcoming.ts';
import type { VoiceFailure } from './worker/messages.ts';

const PAUSE_FADE_S = 0.08;
/** Below about 5 ms a ramp clicks on low notes. */
const FADE_S = 0.02;

export interface StreamEngineOptions {
  readonly decoder: Decoder;
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
  readonly #sounding: Sounding;
  readonly #timers: Timers;
  #current: Turn | null = null;
  /** Still fades out under the current one. */
  #leaving: Turn | null = null;
  #wantsSound = false;
  /** The current track gives no more; what is decoded of it is played. */
  #isDoomed = false;
  /** Its cause is being looked for. */
  #failing: Turn | null = null;
  #fadesOnPause = true;

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
    this.#upcoming = new Upcoming(this.#device, (address, level) => this.#newTurn(address, 0, level, false));
    this.#sounding = new Sounding({
      device: this.#device,
      fadeInFrames: () => this.#frames(FADE_S),
      ranDry: () => {
        this.#timers.watchForStall();
        this.#emit({ kind: 'ranDry' });
      },
      exhausted: () => this.#fail(),
    });
    this.#timers = new Timers({
      stalled: () => this.#stalled(),
      tick: () => {
        this.#tick();
        this.#pump();
      },
      wake: () => this.#pump(),
    });
  }

  load(address: string, { startMs, autoplay, gainDb = 0, truePeakDbtp = null }: LoadOptions): void {
    const level: TrackLevel = { gainDb, truePeakDbtp };
    this.#device.open();
    if (autoplay) this.#device.wake();
    this.#upcoming.unplace();
    const ready = startMs === 0 ? this.#upcoming.take(address) : null;
    this.#upcoming.clear();
    // What is to be heard is on its way before what was heard is put away.
    const turn = ready ?? this.#newTurn(address, startMs, level, true);
    this.#quit(FADE_S);
    this.#current = turn;
    if (ready !== null) {
      turn.setLevel(level, this.#device.nowFrame, 0);
      if (turn.voice.madeWith !== null) turn.startOver(null);
      turn.take();
    }
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
    this.#isDoomed = false;
    this.#sounding.told();
    if (this.#wantsSound) this.#timers.watchForStall();
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

  setTrackGain(gainDb: number, truePeakDbtp: number | null = null): void {
    const turn = this.#current;
    const { nowFrame } = this.#device;
    const before = turn?.voice;
    turn?.setLevel({ gainDb, truePeakDbtp }, nowFrame, this.#frames(FADE_S));
    if (turn?.voice === before) return;
    this.#upcoming.unplace();
    turn?.voice.hurry(this.#upcoming.crossfadeS);
    this.#pump();
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
    this.#timers.stayAsleep();
    this.#device.dispose();
  }

  #frames(seconds: number): number {
    return Math.round(seconds * this.#device.rateHz);
  }

  #newTurn(address: string, startMs: number, level: TrackLevel, isNow: boolean): Turn {
    const { context, input } = this.#device.open();
    return new Turn(
      { address, startMs, level, isNow },
      {
        decoder: this.#options.decoder,
        context,
        output: input,
        changed: () => this.#pump(),
        progressed: () => this.#timers.moved(),
        failed: (turn, failure) => this.#turnFailed(turn, failure),
      },
    );
  }

  #want(): void {
    this.#wantsSound = true;
    this.#timers.watchForStall();
    this.#timers.startTicking();
  }

  #stopWanting(): void {
    this.#wantsSound = false;
    this.#sounding.reset();
    this.#timers.stopWatching();
    this.#timers.stayAsleep();
    this.#timers.stopTicking();
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
    this.#isDoomed = false;
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
      this.#sounding.place(turn.voice, this.#isDoomed);
      if (follower !== null && following !== null) joinTurns(turn.voice, follower, following, this.#device);
      this.#tell(turn);
    }
    if (this.#current !== null) this.#upcoming.prepareBehind(this.#current, this.positionMs());
    this.#planWake();
  }

  /** Says what is heard by now. */
  #tell(turn: Turn): void {
    if (!this.#device.isRunning) return;
    const { heardFrame } = this.#device;
    const leaving = this.#leaving?.voice.stretch ?? null;
    if (leaving === null || heardFrame >= leaving.endFrame) this.#leave(0);
    const { soundsFrom } = this.#sounding;
    if (soundsFrom !== null && heardFrame >= soundsFrom) {
      this.#sounding.told();
      this.#timers.stopWatching();
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
      this.#sounding.runDry();
      return;
    }
    voice.runOut();
    this.#stopWanting();
    this.#tick();
    this.#emit({ kind: 'ended' });
  }

  #advance(): void {
    const arrived = this.#upcoming.take(this.#upcoming.prepared?.address ?? '');
    if (arrived === null) return;
    this.#leave(0);
    this.#current?.voice.letOut();
    this.#leaving = this.#current;
    this.#current = arrived;
    const wasDry = this.#sounding.isDry;
    this.#sounding.reset();
    this.#timers.stopWatching();
    this.#emit({ kind: 'advanced', address: arrived.address });
    if (wasDry) this.#emit({ kind: 'sounding' });
    this.#tick();
  }

  #turnFailed(turn: Turn, failure: VoiceFailure): void {
    const isUndecodable = failure === 'undecodable';
    if (turn === this.#upcoming.prepared) {
      this.#upcoming.refuse();
      if (isUndecodable) this.#options.undecodable(turn.address, null);
      this.#pump();
    } else if (turn === this.#current) {
      if (isUndecodable) {
        const current = { startMs: this.positionMs(), autoplay: this.#wantsSound, ...turn.level };
        this.unload();
        this.#options.undecodable(turn.address, current);
        return;
      }
      this.#isDoomed = true;
      if (!this.#wantsSound && turn.voice.readyFrames === 0) this.#fail();
      this.#pump();
    }
  }

  #fail(): void {
    const turn = this.#current;
    this.#timers.stopWatching();
    if (turn === null || turn === this.#failing) return;
    this.#failing = turn;
    void this.#options.whyUnplayable(turn.address).then((code) => {
      if (this.#current !== turn) return;
      this.#quit(0);
      this.#emit({ kind: 'failed', code });
    });
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
      this.#fail();
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
    this.#timers.stayAsleep();
    if (!this.#wantsSound || !this.#device.isRunning) return;
    const { heardFrame } = this.#device;
    const stretch = this.#current?.voice.stretch ?? null;
    const dues = [this.#sounding.soundsFrom, this.#upcoming.beginsAt, stretch?.endFrame ?? null];
    const soonest = Math.min(...dues.filter((frame) => frame !== null && frame > heardFrame).map(Number));
    const inMs = ((soonest - heardFrame) / this.#device.rateHz) * 1000;
    if (inMs <= TICK_MS) this.#timers.wakeIn(Math.ceil(inMs) + 1);
  }

  #emit(event: EngineEvent): void {
    for (const listener of this.#listeners) listener(event);
  }
}
