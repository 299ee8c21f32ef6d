import { ARRIVING, LEAVING } from './curves.ts';
import { contextFrameOf, type Anchor } from './timeline.ts';
import type { Planes } from './resampler.ts';

/** What is at the end of what the device has falls silent in this time, should nothing come behind it in time. */
const HEDGE_S = 0.015;
/** What comes closer to that fall than this may be too late to take it back. */
const HEDGE_LEAD_S = 0.02;

export interface StretchOptions {
  readonly context: AudioContext;
  readonly output: AudioNode;
  readonly anchor: Anchor;
  /** 0 begins with full strength: at a track's own beginning there is nothing to hide. */
  readonly fadeInFrames: number;
  readonly nodeOver: () => void;
}

/** An unbroken run of a track on the device, behind a fader of its own: what comes after it can sound before this one is out. */
export class Stretch {
  readonly anchor: Anchor;
  readonly #options: StretchOptions;
  readonly #fader: GainNode;
  /** A fade of each kind has its own: one of them may be taken back, or begin, while another is under way. */
  readonly #rise: GainNode;
  readonly #fall: GainNode;
  /** With the device's frame at which each begins. */
  readonly #nodes = new Map<AudioBufferSourceNode, number>();
  #scheduledTo: number;
  #isLeaving = false;
  /** The device's frame at which the fall begins that waits at the end; null where there is none. */
  #hedgeFrom: number | null = null;
  #afterwards: (() => void) | null = null;

  constructor(options: StretchOptions) {
    const { context, anchor, fadeInFrames } = options;
    this.#options = options;
    this.anchor = anchor;
    this.#scheduledTo = anchor.trackFrame;
    this.#fader = context.createGain();
    this.#rise = context.createGain();
    this.#fall = context.createGain();
    this.#fader.connect(this.#rise).connect(this.#fall).connect(options.output);
    if (fadeInFrames > 0) {
      const startS = anchor.contextFrame / context.sampleRate;
      this.#fader.gain.setValueAtTime(0, 0);
      this.#fader.gain.setValueAtTime(0, startS);
      this.#fader.gain.linearRampToValueAtTime(1, startS + fadeInFrames / context.sampleRate);
    }
  }

  /** The track's frame behind the last one that the device has. */
  get scheduledTo(): number {
    return this.#scheduledTo;
  }

  /** The device's frame at which it falls silent, if nothing is added. */
  get endFrame(): number {
    return contextFrameOf(this.anchor, this.#scheduledTo);
  }

  /** Whether something can be added without a gap: what comes after the last moment waits for a stretch of its own. */
  canGoOn(nowFrame: number): boolean {
    const lead = HEDGE_LEAD_S * this.#options.context.sampleRate;
    return (this.#hedgeFrom ?? this.endFrame) >= nowFrame + lead;
  }

  /** Its end is an end that is wanted: it does not fall silent before. */
  isWhole(): void {
    this.#unhedge();
  }

  /** Falls silent at its end if nothing more is added until then, or it is said to be whole. */
  add(planes: Planes): void {
    const { context } = this.#options;
    const length = planes[0]?.length ?? 0;
    if (length === 0) return;
    this.#unhedge();
    const buffer = context.createBuffer(planes.length, length, context.sampleRate);
    planes.forEach((plane, channel) => buffer.getChannelData(channel).set(plane));
    const node = context.createBufferSource();
    node.buffer = buffer;
    node.connect(this.#fader);
    node.addEventListener(
      'ended',
      () => {
        this.#let(node);
        if (this.#nodes.size === 0 && this.#isLeaving) this.#over();
        this.#options.nodeOver();
      },
      { once: true },
    );
    this.#nodes.set(node, this.endFrame);
    node.start(this.endFrame / context.sampleRate);
    this.#scheduledTo += length;
    this.#hedge();
  }

  /** Rises as `fadeOut` of the same frames falls: together they are as loud as one. */
  fadeIn(fromFrame: number, frames: number): void {
    this.#curve(this.#rise, ARRIVING, fromFrame, frames);
  }

  fadeOut(fromFrame: number, frames: number): void {
    this.#curve(this.#fall, LEAVING, fromFrame, frames);
  }

  /** Takes back a `fadeOut` that has not begun. */
  unfade(): void {
    this.#fall.gain.cancelScheduledValues(this.#options.context.currentTime);
  }

  /** Falls silent over `frames`. */
  leave(nowFrame: number, frames: number, afterwards: (() => void) | null = null): void {
    const { sampleRate } = this.#options.context;
    this.#afterwards = afterwards;
    this.#isLeaving = true;
    const silentFrame = nowFrame + frames;
    const silentS = silentFrame / sampleRate;
    for (const [node, startFrame] of this.#nodes) {
      node.stop(silentS);
      if (startFrame >= silentFrame) this.#let(node);
    }
    if (this.#nodes.size === 0) {
      this.#over();
      return;
    }
    const { gain } = this.#fader;
    const nowS = nowFrame / sampleRate;
    gain.cancelAndHoldAtTime(nowS);
    // Without a point to start from, the ramp would begin at the last event, however long ago that was.
    gain.setValueAtTime(gain.value, nowS);
    gain.linearRampToValueAtTime(0, silentS);
  }

  /** It sounds to the end of what it has. */
  leaveAtEnd(): void {
    this.#isLeaving = true;
    if (this.#nodes.size === 0) this.#over();
  }

  /** Silent at once; nobody has heard of it yet. */
  drop(): void {
    for (const node of this.#nodes.keys()) {
      node.stop();
      this.#let(node);
    }
    this.#over();
  }

  /** Made beforehand: whoever is to notice that nothing comes may be busy then. */
  #hedge(): void {
    const { context, anchor, fadeInFrames } = this.#options;
    const frames = Math.round(HEDGE_S * context.sampleRate);
    const from = this.endFrame - frames;
    if (from <= anchor.contextFrame + fadeInFrames) return;
    this.#hedgeFrom = from;
    this.#fader.gain.setValueAtTime(1, from / context.sampleRate);
    this.#fader.gain.linearRampToValueAtTime(0, this.endFrame / context.sampleRate);
  }

  #unhedge(): void {
    if (this.#hedgeFrom === null) return;
    // Half a frame earlier: seconds are rounded.
    this.#fader.gain.cancelScheduledValues((this.#hedgeFrom - 0.5) / this.#options.context.sampleRate);
    this.#hedgeFrom = null;
  }

  #let(node: AudioBufferSourceNode): void {
    node.disconnect();
    this.#nodes.delete(node);
  }

  #over(): void {
    this.#fader.disconnect();
    this.#fall.disconnect();
    this.#afterwards?.();
    this.#afterwards = null;
  }

  #curve(node: GainNode, curve: Float32Array, fromFrame: number, frames: number): void {
    const { sampleRate } = this.#options.context;
    node.gain.setValueCurveAtTime(curve, fromFrame / sampleRate, frames / sampleRate);
  }
}
