import type { TrackLevel } from '../../../core/playback/loudness.ts';
import type { AudioEngine, EngineEvent, Follower, LoadOptions } from '../audio-engine.ts';
import { Course, FADE_S, type CourseOptions } from './course.ts';

const PAUSE_FADE_S = 0.08;

export type StreamEngineOptions = Omit<CourseOptions, 'emit'>;

/**
 * Decodes a few seconds ahead of what is heard and places every block at a frame of the device's clock, so that a track begins
 * at the very frame at which the one before ends.
 */
export class StreamEngine implements AudioEngine {
  readonly #listeners = new Set<(event: EngineEvent) => void>();
  readonly #course: Course;
  #fadesOnPause = true;

  constructor(options: StreamEngineOptions) {
    this.#course = new Course({
      ...options,
      emit: (event) => {
        for (const listener of this.#listeners) listener(event);
      },
    });
  }

  load(address: string, { startMs, autoplay, gainDb = 0, truePeakDbtp = null }: LoadOptions): void {
    const level: TrackLevel = { gainDb, truePeakDbtp };
    this.#course.device.open();
    if (autoplay) this.#course.device.wake();
    this.#course.upcoming.unplace();
    const ready = startMs === 0 ? this.#course.upcoming.take(address) : null;
    this.#course.upcoming.clear();
    // What is to be heard is on its way before what was heard is put away.
    const turn = ready ?? this.#course.newTurn(address, startMs, level, true);
    this.#course.quit(FADE_S);
    this.#course.turns.begin(turn);
    if (ready !== null) {
      turn.setLevel(level, this.#course.device.nowFrame, 0);
      if (turn.voice.madeWith !== null) turn.startOver(null);
      turn.take();
    }
    if (autoplay) this.#course.want();
    else this.#course.device.rest();
    this.#course.tick();
    this.#course.pump();
  }

  preload(address: string | null): void {
    this.#course.upcoming.preload(address);
    this.#course.pump();
  }

  follow(follower: Follower | null): void {
    const { beginsAt } = this.#course.upcoming;
    // On its way to the loudspeaker already: this word came after the end.
    if (beginsAt !== null && beginsAt <= this.#course.device.nowFrame) return;
    if (!this.#course.upcoming.follow(follower)) return;
    this.#course.turns.current?.voice.stretch?.unfade();
    this.#course.turns.current?.voice.hurry(this.#course.upcoming.crossfadeS);
    this.#course.pump();
  }

  unload(): void {
    this.#course.unload();
  }

  play(): void {
    if (this.#course.turns.current === null) return;
    this.#course.device.wake();
    this.#course.want();
    this.#course.pump();
  }

  pause(): void {
    this.#course.hush(this.#fadesOnPause ? PAUSE_FADE_S : FADE_S / 2);
  }

  seek(positionMs: number): void {
    this.#course.seek(positionMs);
  }

  positionMs(): number {
    return this.#course.positionMs();
  }

  setGain(gain: number): void {
    this.#course.device.setGain(gain);
  }

  setMuted(muted: boolean): void {
    this.#course.device.setMuted(muted);
  }

  setTrackGain(gainDb: number, truePeakDbtp: number | null = null): void {
    const turn = this.#course.turns.current;
    const { nowFrame } = this.#course.device;
    const before = turn?.voice;
    turn?.setLevel({ gainDb, truePeakDbtp }, nowFrame, this.#course.frames(FADE_S));
    if (turn?.voice === before) return;
    this.#course.upcoming.unplace();
    turn?.voice.hurry(this.#course.upcoming.crossfadeS);
    this.#course.pump();
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
    this.#course.unload();
    this.#course.timers.stayAsleep();
    this.#course.device.dispose();
  }
}
