import type { HostErrorCode } from '../../../contract/host-error.ts';
import type { TrackLevel } from '../../../core/playback/loudness.ts';
import type { EngineEvent, LoadOptions } from '../audio-engine.ts';
import type { AudioOutput } from '../howler-output.ts';
import type { Decoder } from './decoder.ts';
import { Device } from './device.ts';
import { answerForHead, joinTurns } from './join.ts';
import { Sounding } from './sounding.ts';
import { TICK_MS, Timers } from './timers.ts';
import { Turn } from './turn.ts';
import { Turns } from './turns.ts';
import { Upcoming } from './upcoming.ts';
import type { VoiceFailure } from './worker/messages.ts';

/** Below about 5 ms a ramp clicks on low notes. */
export const FADE_S = 0.02;

export interface CourseOptions {
  readonly decoder: Decoder;
  /** Called at the first need, so that nothing opens the sound card just because the window did. */
  readonly openOutput: () => AudioOutput;
  /** An error while reading says little; this finds what is behind it. */
  readonly whyUnplayable: (address: string) => Promise<HostErrorCode>;
  /** The bytes are fine, but nothing here decodes them. `current` is what was to be played; null for a follower. */
  readonly undecodable: (address: string, current: Required<LoadOptions> | null) => void;
  /** False while somebody else sounds by the same device: then it is not for this engine to let it sleep. */
  readonly mayRest: () => boolean;
  readonly emit: (event: EngineEvent) => void;
}

/**
 * What plays, as it goes on: whatever happens (data, a node that is over, a timer, a call) leads to `pump`, which does what is due
 * and may be called at any time.
 */
export class Course {
  readonly device: Device;
  readonly turns: Turns;
  readonly upcoming: Upcoming;
  readonly sounding: Sounding;
  readonly timers: Timers;
  readonly #options: CourseOptions;
  #wantsSound = false;
  /** The current track gives no more; what is decoded of it is played. */
  #isDoomed = false;

  constructor(options: CourseOptions) {
    this.#options = options;
    this.device = new Device({
      openOutput: options.openOutput,
      mayRest: options.mayRest,
      changed: () => this.pump(),
      silenced: (cause) => {
        this.hush(0);
        options.emit({ kind: 'silenced', cause });
      },
    });
    this.turns = new Turns(this.device);
    this.upcoming = new Upcoming(this.device, (address, level) => this.newTurn(address, 0, level, false));
    this.sounding = new Sounding({
      device: this.device,
      fadeInFrames: () => this.frames(FADE_S),
      ranDry: () => {
        this.timers.watchForStall();
        options.emit({ kind: 'ranDry' });
      },
      exhausted: () => this.#fail(),
    });
    this.timers = new Timers({
      stalled: () => this.#stalled(),
      tick: () => {
        this.tick();
        this.pump();
      },
      wake: () => this.pump(),
    });
  }

  get wantsSound(): boolean {
    return this.#wantsSound;
  }

  positionMs(): number {
    return this.turns.current?.voice.positionMs(this.device.heardFrame) ?? 0;
  }

  unload(): void {
    this.upcoming.clear();
    this.quit(FADE_S);
  }

  /** Goes on from another place of the current track. */
  seek(positionMs: number): void {
    const turn = this.turns.current;
    if (turn === null) return;
    const { nowFrame } = this.device;
    this.upcoming.unplace();
    this.turns.leave(this.frames(FADE_S));
    turn.goTo(Math.max(0, positionMs), nowFrame, this.frames(FADE_S));
    turn.voice.hurry(this.upcoming.crossfadeS);
    this.#isDoomed = false;
    this.sounding.told();
    if (this.#wantsSound) this.timers.watchForStall();
    this.tick();
    this.pump();
  }

  frames(seconds: number): number {
    return Math.round(seconds * this.device.rateHz);
  }

  newTurn(address: string, startMs: number, level: TrackLevel, isNow: boolean): Turn {
    const { context, input } = this.device.open();
    return new Turn(
      { address, startMs, level, isNow },
      {
        decoder: this.#options.decoder,
        context,
        output: input,
        changed: () => this.pump(),
        progressed: () => this.timers.moved(),
        failed: (turn, failure) => this.#turnFailed(turn, failure),
      },
    );
  }

  want(): void {
    this.#wantsSound = true;
    this.timers.watchForStall();
    this.timers.startTicking();
  }

  #stopWanting(): void {
    this.#wantsSound = false;
    this.sounding.reset();
    this.timers.stopWatching();
    this.timers.stayAsleep();
    this.timers.stopTicking();
    this.device.rest();
  }

  /** Everything falls silent and stands where it is. */
  hush(fadeS: number): void {
    const wanted = this.#wantsSound;
    this.#stopWanting();
    if (!wanted) return;
    const fadeFrames = this.device.isRunning ? this.frames(fadeS) : 0;
    this.upcoming.unplace();
    this.turns.current?.voice.hold(this.device.nowFrame, fadeFrames);
    this.turns.leave(this.frames(fadeS));
    this.tick();
  }

  /** The current track is given up. */
  quit(fadeS: number): void {
    this.turns.leave(this.frames(fadeS));
    this.#stopWanting();
    this.#isDoomed = false;
    this.turns.quit(this.frames(fadeS));
  }

  pump(): void {
    const turn = this.turns.current;
    if (turn === null) return;
    const { follower, following } = this.upcoming;
    answerForHead(turn.voice, follower, following, this.device);
    if (this.#wantsSound) {
      this.sounding.place(turn.voice, this.#isDoomed);
      if (follower !== null && following !== null) joinTurns(turn.voice, follower, following, this.device);
      this.#tell(turn);
    }
    const { current } = this.turns;
    // Until it is with the device, the decoder is there for what is to sound now.
    const isPlaced = current?.voice.stretch !== null || !this.#wantsSound;
    if (current !== null && isPlaced) this.upcoming.prepareBehind(current, this.positionMs());
    this.#planWake();
  }

  /** Says what is heard by now. */
  #tell(turn: Turn): void {
    if (!this.device.isRunning) return;
    const { heardFrame } = this.device;
    this.turns.leaveWhenOver(heardFrame);
    const { soundsFrom } = this.sounding;
    if (soundsFrom !== null && heardFrame >= soundsFrom) {
      this.sounding.told();
      this.timers.stopWatching();
      this.#options.emit({ kind: 'sounding' });
    }
    const { beginsAt } = this.upcoming;
    if (beginsAt !== null && heardFrame >= beginsAt) {
      this.#advance();
      return;
    }
    const { voice } = turn;
    const isOver =
      voice.isComplete && voice.isScheduled && heardFrame >= (voice.stretch?.endFrame ?? Infinity);
    if (!isOver || this.turns.current !== turn || beginsAt !== null) return;
    if (this.upcoming.follower !== null) {
      this.sounding.runDry();
      return;
    }
    voice.runOut();
    this.#stopWanting();
    this.tick();
    this.#options.emit({ kind: 'ended' });
  }

  #advance(): void {
    const arrived = this.upcoming.take(this.upcoming.prepared?.address ?? '');
    if (arrived === null) return;
    this.turns.advance(arrived);
    const wasDry = this.sounding.isDry;
    this.sounding.reset();
    this.timers.stopWatching();
    this.#options.emit({ kind: 'advanced', address: arrived.address });
    if (wasDry) this.#options.emit({ kind: 'sounding' });
    this.tick();
  }

  #turnFailed(turn: Turn, failure: VoiceFailure): void {
    const isUndecodable = failure === 'undecodable';
    if (turn === this.upcoming.prepared) {
      this.upcoming.refuse();
      if (isUndecodable) this.#options.undecodable(turn.address, null);
      this.pump();
    } else if (turn === this.turns.current) {
      if (isUndecodable) {
        const current = { startMs: this.positionMs(), autoplay: this.#wantsSound, ...turn.level };
        this.unload();
        this.#options.undecodable(turn.address, current);
        return;
      }
      this.#isDoomed = true;
      if (!this.#wantsSound && turn.voice.readyFrames === 0) this.#fail();
      this.pump();
    }
  }

  #fail(): void {
    this.timers.stopWatching();
    void this.turns.causeOfFailure(this.#options.whyUnplayable).then((code) => {
      if (code === null) return;
      this.quit(0);
      this.#options.emit({ kind: 'failed', code });
    });
  }

  #stalled(): void {
    const turn = this.turns.current;
    if (turn === null) return;
    if (turn.voice.isComplete && this.upcoming.prepared !== null) {
      this.upcoming.refuse();
      this.pump();
    } else if (!this.device.isRunning) {
      this.hush(0);
      this.#options.emit({ kind: 'silenced', cause: 'system' });
    } else {
      this.#fail();
    }
  }

  tick(): void {
    const turn = this.turns.current;
    if (turn === null) return;
    this.#options.emit({
      kind: 'clock',
      positionMs: this.positionMs(),
      durationMs: turn.voice.durationMs,
      buffered: turn.buffered(),
    });
  }

  /** The next thing to tell, or to notice, is looked at when it is due and not a quarter of a second later. */
  #planWake(): void {
    this.timers.stayAsleep();
    if (!this.#wantsSound || !this.device.isRunning) return;
    const { heardFrame } = this.device;
    const stretch = this.turns.current?.voice.stretch ?? null;
    const dues = [this.sounding.soundsFrom, this.upcoming.beginsAt, stretch?.endFrame ?? null];
    const soonest = Math.min(...dues.filter((frame) => frame !== null && frame > heardFrame).map(Number));
    const inMs = ((soonest - heardFrame) / this.device.rateHz) * 1000;
    if (inMs <= TICK_MS) this.timers.wakeIn(Math.ceil(inMs) + 1);
  }
}
