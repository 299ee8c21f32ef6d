/** A crash or a power cut loses no more; each time costs a block written in place. */
const EVERY_MS = 1000;
const SOON_MS = 300;

/** When the place in a track is saved: at once, soon, or now and then while it plays. */
export class PositionSaver {
  readonly #save: () => void;
  readonly #nowMs: () => number;
  #savedAtMs = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(save: () => void, nowMs: () => number) {
    this.#save = save;
    this.#nowMs = nowMs;
  }

  now(): void {
    clearTimeout(this.#timer);
    this.#savedAtMs = this.#nowMs();
    this.#save();
  }

  /** For what changes many times a second while a slider is dragged. */
  soon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.now(), SOON_MS);
  }

  /** At every tick of the clock; saves when the last time is long enough ago. */
  tick(): void {
    if (this.#nowMs() - this.#savedAtMs >= EVERY_MS) this.now();
  }
}
