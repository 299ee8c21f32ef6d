import type { AudioOutput } from '../howler-output.ts';

/** An open device keeps some systems from sleeping; reopening it costs a few milliseconds. */
const IDLE_BEFORE_SUSPEND_MS = 60_000;
/** Long enough for a device that opens, short enough that nobody wonders. */
const GESTURE_PATIENCE_MS = 400;
/** What is placed sooner than this may come too late for the device, and would then be out of step with what follows. */
const LEAD_S = 0.02;
/** What a context renders at once (W3C Web Audio API, "render quantum"). */
const QUANTUM_FRAMES = 128;

export interface DeviceOptions {
  readonly openOutput: () => AudioOutput;
  readonly mayRest: () => boolean;
  /** The context runs (again), or no longer does. */
  readonly changed: () => void;
  /** Nothing will be heard although it was asked for. */
  readonly silenced: (cause: 'blocked' | 'system') => void;
}

/** The sound card: opened at the first need, woken when sound is wanted, let go when none is for a minute. */
export class Device {
  readonly #options: DeviceOptions;
  #output: AudioOutput | null = null;
  #gain = 1;
  #isMuted = false;
  #isWanted = false;
  #wasRunning = false;
  #idleTimer: ReturnType<typeof setTimeout> | undefined;
  #gestureTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: DeviceOptions) {
    this.#options = options;
  }

  open(): AudioOutput {
    if (this.#output !== null) return this.#output;
    const output = this.#options.openOutput();
    output.setGain(this.#gain);
    output.setMuted(this.#isMuted);
    output.context.addEventListener('statechange', this.#stateChanged);
    this.#output = output;
    return output;
  }

  get isRunning(): boolean {
    return this.#output?.context.state === 'running';
  }

  get rateHz(): number {
    return this.open().context.sampleRate;
  }

  /** The frame that the device renders next. */
  get nowFrame(): number {
    const context = this.#output?.context;
    return context === undefined ? 0 : Math.round(context.currentTime * context.sampleRate);
  }

  /** The first frame at which something new can be placed to the sample. */
  get earliestFrame(): number {
    const { baseLatency } = this.open().context;
    return this.nowFrame + Math.ceil(Math.max(LEAD_S, 2 * baseLatency) * this.rateHz);
  }

  /**
   * The first frame at which something can begin that the device has already, if it does not ask just now. Whoever begins
   * there has to look afterwards whether it was in time.
   */
  get soonestFrame(): number {
    return this.nowFrame + 2 * QUANTUM_FRAMES;
  }

  /** Nothing of this frame is rendered yet: what was placed there by now begins there. */
  isAhead(frame: number): boolean {
    return this.nowFrame < Math.floor(frame / QUANTUM_FRAMES) * QUANTUM_FRAMES;
  }

  /** The frame that comes out of the loudspeaker now. */
  get heardFrame(): number {
    const context = this.#output?.context;
    if (context === undefined) return 0;
    // Some browsers do not know it yet, or not at all.
    const latencyS = Number.isFinite(context.outputLatency) ? context.outputLatency : 0;
    return Math.round((context.currentTime - latencyS) * context.sampleRate);
  }

  setGain(gain: number): void {
    this.#gain = gain;
    this.#output?.setGain(gain);
  }

  setMuted(muted: boolean): void {
    this.#isMuted = muted;
    this.#output?.setMuted(muted);
  }

  /** `resume()` stays pending until a gesture where one is needed, and is called again with every call of this. */
  wake(): void {
    this.#isWanted = true;
    clearTimeout(this.#idleTimer);
    const { context } = this.open();
    if (context.state === 'running') {
      this.#wasRunning = true;
      return;
    }
    context.resume().catch(() => this.#silenced('system'));
    clearTimeout(this.#gestureTimer);
    this.#gestureTimer = setTimeout(() => {
      if (!this.isRunning && !navigator.userActivation.hasBeenActive) this.#silenced('blocked');
    }, GESTURE_PATIENCE_MS);
  }

  rest(): void {
    this.#isWanted = false;
    clearTimeout(this.#gestureTimer);
    clearTimeout(this.#idleTimer);
    this.#idleTimer = setTimeout(() => {
      if (!this.#isWanted && this.isRunning && this.#options.mayRest()) void this.#output?.context.suspend();
    }, IDLE_BEFORE_SUSPEND_MS);
  }

  dispose(): void {
    clearTimeout(this.#idleTimer);
    clearTimeout(this.#gestureTimer);
    this.#output?.context.removeEventListener('statechange', this.#stateChanged);
  }

  /** The device went away (a call came in, headphones were pulled): what is scheduled would wait, unheard. */
  readonly #stateChanged = (): void => {
    const wasRunning = this.#wasRunning;
    this.#wasRunning = this.isRunning;
    if (this.isRunning) clearTimeout(this.#gestureTimer);
    else if (wasRunning && this.#isWanted) this.#silenced('system');
    this.#options.changed();
  };

  #silenced(cause: 'blocked' | 'system'): void {
    if (this.#isWanted) this.#options.silenced(cause);
  }
}
