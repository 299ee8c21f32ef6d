/** Without a byte for this long, a track counts as failed and its cause is looked for. */
const STALL_LIMIT_MS = 15_000;
export const TICK_MS = 250;

/** What the engine does by the clock. */
export class Timers {
  readonly #due: { readonly stalled: () => void; readonly tick: () => void; readonly wake: () => void };
  #stall: ReturnType<typeof setTimeout> | undefined;
  #wake: ReturnType<typeof setTimeout> | undefined;
  #tick: ReturnType<typeof setInterval> | undefined;

  constructor(due: { readonly stalled: () => void; readonly tick: () => void; readonly wake: () => void }) {
    this.#due = due;
  }

  /** From now on. */
  watchForStall(): void {
    clearTimeout(this.#stall);
    this.#stall = setTimeout(this.#due.stalled, STALL_LIMIT_MS);
  }

  /** Something moves: that is not a stall to give up on. Nothing where none is watched for. */
  moved(): void {
    if (this.#stall !== undefined) this.watchForStall();
  }

  stopWatching(): void {
    clearTimeout(this.#stall);
    this.#stall = undefined;
  }

  startTicking(): void {
    this.#tick ??= setInterval(this.#due.tick, TICK_MS);
  }

  stopTicking(): void {
    clearInterval(this.#tick);
    this.#tick = undefined;
  }

  /** Replaces what was planned before. */
  wakeIn(ms: number): void {
    clearTimeout(this.#wake);
    this.#wake = setTimeout(this.#due.wake, ms);
  }

  stayAsleep(): void {
    clearTimeout(this.#wake);
  }
}
