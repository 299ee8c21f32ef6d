import { ARRIVING, LEAVING } from './curves.ts';
import { contextFrameOf, type Anchor } from './timeline.ts';
import type { Planes } from './resampler.ts';

/** What is at the end of what the device has falls silent in this time, should nothing come behind it in time. */
const HEDGE_S = 0.015;
/**
 * What comes closer to that fall than this may be too late to take it back: a device that was kept waiting takes all that it missed in
 * one go. A stretch that has only just begun may not have as much yet.
 */
const HEDGE_LEAD_S = { least: 0.02, most: 0.08 };

/** What lies between the nodes of a stretch and its voice. A fade of each kind has its own: one of them may be taken back, or begin, while another is under way. */
export interface Faders {
  readonly fader: GainNode;
  readonly rise: GainNode;
  readonly fall: GainNode;
}

export const createFaders = (context: AudioContext, output: AudioNode): Faders => {
  const [fader, rise, fall] = [context.createGain(), context.createGain(), context.createGain()];
  fader.connect(rise).connect(fall).connect(output);
  return { fader, rise, fall };
};

/** When something begins, on the device's clock. */
export interface Place {
  /** Asked for when all is ready to begin, since every millisecond before it is silence. */
  readonly frame: () => number;
  /** Asked as soon as the device knows of it: whether it had not come to that frame by then. */
  readonly isInTime: (frame: number) => boolean;
}

export interface StretchOptions {
  readonly context: AudioContext;
  readonly faders: Faders;
  /** The track's frame that is heard first. */
  readonly trackFrame: number;
  readonly place: Place;
  /** 0 begins with full strength: at a track's own beginning there is nothing to hide. */
  readonly fadeInFrames: number;
  readonly nodeOver: () => void;
}

/** An unbroken run of a track on the device, behind faders of its own: what comes after it can sound before this one is out. */
export class Stretch {
  readonly #options: StretchOptions;
  /** With the device's frame at which each begins. */
  readonly #nodes = new Map<AudioBufferSourceNode, number>();
  #anchor: Anchor | null = null;
  #scheduledTo: number;
  #isInTime = true;
  #isLeaving = false;
  /** The device's frame at which the fall begins that waits at the end; null where there is none. */
  #hedgeFrom: number | null = null;
  #afterwards: (() => void) | null = null;

  constructor(options: StretchOptions) {
    this.#options = options;
    this.#scheduledTo = options.trackFrame;
    if (options.fadeInFrames > 0) options.faders.fader.gain.setValueAtTime(0, 0);
  }

  get anchor(): Anchor {
    const { trackFrame, place } = this.#options;
    this.#anchor ??= { trackFrame, contextFrame: place.frame() };
    return this.#anchor;
  }

  /** False where its first samples may be heard late, and out of step with what follows. */
  get isInTime(): boolean {
    return this.#isInTime;
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
    const { sampleRate } = this.#options.context;
    const longS = (this.#scheduledTo - this.anchor.trackFrame) / sampleRate;
    const lead = Math.max(HEDGE_LEAD_S.least, Math.min(HEDGE_LEAD_S.most, longS / 4)) * sampleRate;
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
    node.connect(this.#options.faders.fader);
    node.addEventListener(
      'ended',
      () => {
        this.#let(node);
        if (this.#nodes.size === 0 && this.#isLeaving) this.#over();
        this.#options.nodeOver();
      },
      { once: true },
    );
    const isFirst = this.#anchor === null;
    const startFrame = this.endFrame;
    node.start(startFrame / context.sampleRate);
    // Looked at right here: to hand over the rest takes longer than the device needs to come to it.
    if (isFirst) this.#isInTime = this.#options.place.isInTime(startFrame);
    this.#nodes.set(node, startFrame);
    this.#scheduledTo += length;
    if (isFirst) this.#begin();
    this.#hedge();
  }

  /** Rises as `fadeOut` of the same frames falls: together they are as loud as one. */
  fadeIn(fromFrame: number, frames: number): void {
    this.#curve(this.#options.faders.rise, ARRIVING, fromFrame, frames);
  }

  fadeOut(fromFrame: number, frames: number): void {
    this.#curve(this.#options.faders.fall, LEAVING, fromFrame, frames);
  }

  /** Takes back a `fadeOut` that has not begun. */
  unfade(): void {
    const { context, faders } = this.#options;
    faders.fall.gain.cancelScheduledValues(context.currentTime);
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
    const { gain } = this.#options.faders.fader;
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

  #begin(): void {
    const { context, fadeInFrames, faders } = this.#options;
    if (fadeInFrames === 0) return;
    const startS = this.anchor.contextFrame / context.sampleRate;
    faders.fader.gain.setValueAtTime(0, startS);
    faders.fader.gain.linearRampToValueAtTime(1, startS + fadeInFrames / context.sampleRate);
  }

  /** Made beforehand: whoever is to notice that nothing comes may be busy then. */
  #hedge(): void {
    const { context, fadeInFrames, faders } = this.#options;
    const frames = Math.round(HEDGE_S * context.sampleRate);
    const from = this.endFrame - frames;
    if (from <= this.anchor.contextFrame + fadeInFrames) return;
    this.#hedgeFrom = from;
    faders.fader.gain.setValueAtTime(1, from / context.sampleRate);
    faders.fader.gain.linearRampToValueAtTime(0, this.endFrame / context.sampleRate);
  }

  #unhedge(): void {
    if (this.#hedgeFrom === null) return;
    // Half a frame earlier: seconds are rounded.
    const { context, faders } = this.#options;
    faders.fader.gain.cancelScheduledValues((this.#hedgeFrom - 0.5) / context.sampleRate);
    this.#hedgeFrom = null;
  }

  #let(node: AudioBufferSourceNode): void {
    node.disconnect();
    this.#nodes.delete(node);
  }

  #over(): void {
    this.#options.faders.fader.disconnect();
    this.#options.faders.fall.disconnect();
    this.#afterwards?.();
    this.#afterwards = null;
  }

  #curve(node: GainNode, curve: Float32Array, fromFrame: number, frames: number): void {
    const { sampleRate } = this.#options.context;
    node.gain.setValueCurveAtTime(curve, fromFrame / sampleRate, frames / sampleRate);
  }
}
