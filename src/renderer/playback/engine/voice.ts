import { contextBlocks } from './context-blocks.ts';
import { linearGain } from './curves.ts';
import type { OpenTrack } from './open-track.ts';
import { framesWithin, type Planes, type ResamplerTail } from './resampler.ts';
import { Stretch } from './stretch.ts';
import { trackFrameAt } from './timeline.ts';

/** Decoded beyond what is heard. */
const AHEAD_S = 7;
/** Of a track that waits for its turn. */
const WAITING_AHEAD_S = 1.5;

/** Time constant of a change of loudness under a track that sounds. */
const GLIDE_S = 0.05;

interface Block {
  readonly start: number;
  readonly planes: Planes;
}

export interface VoiceOptions {
  readonly context: AudioContext;
  readonly output: AudioNode;
  readonly track: Promise<OpenTrack>;
  readonly startMs: number;
  readonly gainDb: number;
  /** More is decoded, a node is over, or all is told. */
  readonly changed: () => void;
  readonly failed: (cause: unknown) => void;
}

/**
 * One track from one place on: decoded a few seconds ahead and kept until it is heard, so that it can be silenced and placed
 * anew at any frame without losing one. Frames are those of the device's clock, counted from the place where the voice begins.
 */
export class Voice {
  readonly #options: VoiceOptions;
  readonly #level: GainNode;
  /** Decided when the voice is placed: what the track before leaves to the filter. */
  readonly #before = Promise.withResolvers<ResamplerTail | null>();
  #head: Planes | null | undefined;
  #giveHeadBehind: ((head: Planes | null) => void) | null = null;
  #madeWith: ResamplerTail | null | undefined;
  #tail: ResamplerTail | null = null;
  #track: OpenTrack | null = null;
  #startMs: number;
  #blocks: Block[] = [];
  #decodedTo = 0;
  #total: number | null = null;
  #isComplete = false;
  #isOver = false;
  #extraAheadFrames = 0;
  #isWaiting = true;
  #wakeDecoder: (() => void) | null = null;
  #stretch: Stretch | null = null;
  /** The frame that is heard first when the voice sounds (again). */
  #standsAt = 0;
  /** Until then a hold still fades. */
  #silentFrom = 0;

  constructor(options: VoiceOptions) {
    this.#options = options;
    this.#startMs = options.startMs;
    this.#level = options.context.createGain();
    this.#level.gain.value = linearGain(options.gainDb);
    this.#level.connect(options.output);
    this.#decode().catch((cause: unknown) => {
      if (!this.#isOver) options.failed(cause);
    });
  }

  get track(): OpenTrack | null {
    return this.#track;
  }

  /** All of the track is decoded, or held. */
  get isComplete(): boolean {
    return this.#isComplete;
  }

  /** Frames from this voice's beginning to the track's end; null while nobody knows. */
  get totalFrames(): number | null {
    return this.#isComplete ? this.#decodedTo : this.#total;
  }

  /** Frames that are decoded and not yet heard. */
  get readyFrames(): number {
    return this.#decodedTo - this.#standsAt;
  }

  get stretch(): Stretch | null {
    return this.#stretch;
  }

  /** Null where the filter does not run on. */
  get tail(): ResamplerTail | null {
    return this.#tail;
  }

  /** The first samples at the track's own rate; null where the device has the same rate, undefined until they are known. */
  get head(): Planes | null | undefined {
    return this.#head;
  }

  /** Its own last samples are made only when it is known what comes behind them. */
  get asksForHead(): boolean {
    return this.#giveHeadBehind !== null;
  }

  /** The first samples of what touches this track's end; null when nothing does, or nobody knows in time. */
  headBehindIs(head: Planes | null): void {
    this.#giveHeadBehind?.(head);
    this.#giveHeadBehind = null;
  }

  get durationMs(): number | null {
    return this.#track?.durationMs ?? null;
  }

  /** At once before anything of it is heard; after that it glides, so that nothing clicks. */
  setGainDb(gainDb: number): void {
    const { gain } = this.#level;
    if (this.#stretch === null) gain.value = linearGain(gainDb);
    else gain.setTargetAtTime(linearGain(gainDb), this.#options.context.currentTime, GLIDE_S);
  }

  /**
   * Says what the filter begins with; the voice is not made before it is said. False when it was already made with something
   * else, by which this voice would not fit to the sample.
   */
  joinTo(tail: ResamplerTail | null): boolean {
    if (this.#madeWith === undefined) {
      this.#madeWith = tail;
      this.#before.resolve(tail);
      return true;
    }
    return (
      this.#track === null ||
      tail === null ||
      this.#madeWith?.offset === tail.offset ||
      tail.fromHz !== this.#track.rateHz
    );
  }

  /** It is this voice's turn: it decodes as far ahead as playing wants, `extraS` seconds more before a fade. */
  hurry(extraS = 0): void {
    this.#isWaiting = false;
    this.#extraAheadFrames = extraS * this.#options.context.sampleRate;
    this.#wake();
  }

  /** Where the voice stands at a frame of the device's clock, in milliseconds of the track. */
  positionMs(contextFrame: number): number {
    return this.#startMs + (this.#frameAt(contextFrame) / this.#options.context.sampleRate) * 1000;
  }

  /** Sounds from where it stands, at the frame given or as soon as it has fallen silent. */
  placeAt(earliestFrame: number, fadeInFrames: number): Stretch {
    this.#stretch?.drop();
    const stretch = new Stretch({
      context: this.#options.context,
      output: this.#level,
      anchor: { contextFrame: Math.max(earliestFrame, this.#silentFrom), trackFrame: this.#standsAt },
      fadeInFrames,
      nodeOver: this.#options.changed,
    });
    this.#stretch = stretch;
    this.schedule();
    return stretch;
  }

  /** Hands everything that is decoded to the device. */
  schedule(): void {
    const stretch = this.#stretch;
    if (stretch === null) return;
    for (const { start, planes } of this.#blocks) {
      const end = start + (planes[0]?.length ?? 0);
      if (end <= stretch.scheduledTo) continue;
      const skipped = Math.max(0, stretch.scheduledTo - start);
      stretch.add(skipped === 0 ? planes : planes.map((plane) => plane.subarray(skipped)));
    }
    this.#forget();
    this.#wake();
  }

  /** Falls silent over `fadeFrames` and stands where it was heard last; nothing is lost. */
  hold(nowFrame: number, fadeFrames: number): void {
    const stretch = this.#stretch;
    if (stretch === null) return;
    this.#stretch = null;
    const { anchor, scheduledTo } = stretch;
    if (nowFrame <= anchor.contextFrame || fadeFrames === 0) {
      this.#standsAt = Math.max(anchor.trackFrame, Math.min(scheduledTo, trackFrameAt(anchor, nowFrame)));
      stretch.drop();
      return;
    }
    this.#standsAt = Math.min(scheduledTo, trackFrameAt(anchor, nowFrame + fadeFrames));
    this.#silentFrom = nowFrame + fadeFrames;
    stretch.leave(nowFrame, fadeFrames);
  }

  /** Everything that is decoded is with the device. */
  get isScheduled(): boolean {
    return this.#stretch !== null && this.#stretch.scheduledTo >= this.#decodedTo;
  }

  /** What sounds first is the track's first sample: there is nothing to hide there. */
  get beginsTrack(): boolean {
    return this.#startMs === 0 && this.#standsAt === 0;
  }

  /** Some of it was heard. */
  get hasBegun(): boolean {
    return this.#standsAt > 0;
  }

  /** The device has come to the end of what it had: the voice stands there, until it is placed anew behind it. */
  runOut(): void {
    const stretch = this.#stretch;
    if (stretch === null) return;
    this.#stretch = null;
    this.#standsAt = stretch.scheduledTo;
    this.#silentFrom = stretch.endFrame;
    stretch.leaveAtEnd();
  }

  /** Nothing more is decoded; what the device has goes on to sound, until `end`. */
  letOut(): void {
    this.#isOver = true;
    this.#wake();
  }

  /** Falls silent for good. */
  end(nowFrame: number, fadeFrames: number): void {
    this.#isOver = true;
    if (this.#stretch === null) this.#level.disconnect();
    else this.#stretch.leave(nowFrame, fadeFrames, () => this.#level.disconnect());
    this.#stretch = null;
    this.#blocks = [];
    this.#before.resolve(null);
    this.headBehindIs(null);
    this.#wake();
  }

  async #decode(): Promise<void> {
    const { context } = this.#options;
    const track = await this.#options.track;
    if (this.#isOver) return;
    this.#track = track;
    const { lengthSamples, rateHz } = track;
    const asked = Math.max(0, Math.round((this.#startMs / 1000) * rateHz));
    const fromSample = lengthSamples === null ? asked : Math.min(asked, lengthSamples);
    this.#startMs = (fromSample / rateHz) * 1000;
    if (rateHz === context.sampleRate) this.#head = null;
    const tellTotal = (offset: number): void => {
      if (lengthSamples !== null) {
        this.#total = framesWithin(lengthSamples - fromSample, rateHz, context.sampleRate, offset);
      }
    };
    tellTotal(0);
    this.#options.changed();
    const blocks = contextBlocks({
      track,
      fromSample,
      contextRateHz: context.sampleRate,
      neighbours: {
        headIs: (head) => {
          this.#head = head;
          this.#options.changed();
        },
        before: async () => {
          const tail = await this.#before.promise;
          if (tail?.fromHz === rateHz) tellTotal(tail.offset);
          return tail;
        },
        after: () =>
          new Promise((resolve) => {
            this.#giveHeadBehind = resolve;
            this.#options.changed();
          }),
        tailIs: (tail) => {
          this.#tail = tail;
        },
      },
    });
    for await (const planes of blocks) {
      if (this.#isOver) return;
      this.#blocks.push({ start: this.#decodedTo, planes });
      this.#decodedTo += planes[0]?.length ?? 0;
      this.#options.changed();
      await this.#untilWanted();
      if (this.#isOver) return;
    }
    this.#isComplete = true;
    this.#options.changed();
  }

  async #untilWanted(): Promise<void> {
    while (!this.#isOver && !this.#isFewAhead()) {
      await new Promise<void>((resolve) => {
        this.#wakeDecoder = resolve;
      });
    }
  }

  #isFewAhead(): boolean {
    const { sampleRate } = this.#options.context;
    const ahead = this.#decodedTo - this.#frameAt(this.#nowFrame());
    return ahead < (this.#isWaiting ? WAITING_AHEAD_S : AHEAD_S) * sampleRate + this.#extraAheadFrames;
  }

  #wake(): void {
    this.#wakeDecoder?.();
    this.#wakeDecoder = null;
  }

  #nowFrame(): number {
    const { currentTime, sampleRate } = this.#options.context;
    return Math.round(currentTime * sampleRate);
  }

  #frameAt(contextFrame: number): number {
    const stretch = this.#stretch;
    if (stretch === null) return this.#standsAt;
    const frame = trackFrameAt(stretch.anchor, contextFrame);
    return Math.max(stretch.anchor.trackFrame, Math.min(stretch.scheduledTo, frame));
  }

  /** What was heard is let go, a little later than needed: a pause may yet reach back. */
  #forget(): void {
    const heard = this.#frameAt(this.#nowFrame()) - this.#options.context.sampleRate;
    this.#blocks = this.#blocks.filter(({ start, planes }) => start + (planes[0]?.length ?? 0) > heard);
  }
}
