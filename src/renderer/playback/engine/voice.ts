import { limitOf, type TrackLevel } from '../../../core/playback/loudness.ts';
import { fitsWithout } from './context-blocks.ts';
import { linearGain } from './curves.ts';
import type { RemoteSource, RemoteSpeech } from './decoder.ts';
import { KeptBlocks } from './kept-blocks.ts';
import type { SeamHead, SeamTail } from './seam.ts';
import { createFaders, Stretch, type Faders, type Place } from './stretch.ts';
import { trackFrameAt } from './timeline.ts';
import type { VoiceFacts, VoiceFailure } from './worker/messages.ts';

/** Decoded beyond what is heard. */
const AHEAD_S = 7;
/** Of a track that waits for its turn. */
const WAITING_AHEAD_S = 1.5;
/** The decoder is told of progress in steps of this: for every block that is heard would be too often. */
const WANT_STEP_S = 0.25;

/** Time constant of a change of loudness under a track that sounds. */
const GLIDE_S = 0.05;
/** What was placed too late falls silent over this, since it may be heard. */
const LEAVE_S = 0.005;

export interface VoiceOptions {
  readonly context: AudioContext;
  readonly output: AudioNode;
  readonly source: RemoteSource;
  readonly startMs: number;
  readonly level: TrackLevel;
  /** What the track before left, if this voice was made to touch it. */
  readonly before: SeamTail | null;
  readonly isNow: boolean;
  /** More is decoded, a node is over, or all is told. */
  readonly changed: () => void;
  readonly failed: (failure: VoiceFailure) => void;
}

/**
 * One track from one place on: decoded a few seconds ahead and kept until it is heard, so that it can be silenced and placed
 * anew at any frame without losing one. Frames are those of the device's clock, counted from the place where the voice begins.
 */
export class Voice {
  readonly #options: VoiceOptions;
  readonly #gain: GainNode;
  readonly #speech: RemoteSpeech;
  readonly #limitAt: number | null;
  #facts: VoiceFacts | null = null;
  #head: SeamHead | null = null;
  #tail: SeamTail | null = null;
  #asksForHead = false;
  readonly #blocks = new KeptBlocks();
  #wantedTo: number;
  #isComplete = false;
  #extraAheadFrames = 0;
  #isWaiting: boolean;
  #isLetOut = false;
  /** Made while the first samples are on their way: the device holds up whoever changes what it renders. */
  #spareFaders: Faders | null;
  #stretch: Stretch | null = null;
  /** The frame that is heard first when the voice sounds (again). */
  #standsAt = 0;
  /** Until then a hold still fades. */
  #silentFrom = 0;

  constructor(options: VoiceOptions) {
    const { context, level, isNow } = options;
    this.#options = options;
    this.#isWaiting = !isNow;
    this.#limitAt = limitOf(level);
    this.#wantedTo = this.#aheadFrames;
    const request = {
      startMs: options.startMs,
      contextRateHz: context.sampleRate,
      limitAt: this.#limitAt,
      before: options.before,
      wantedFrames: this.#wantedTo,
    };
    const { changed } = options;
    this.#speech = options.source.speak(request, {
      begins: (facts) => {
        this.#facts = facts;
        changed();
      },
      head: (head) => {
        this.#head = head;
      },
      block: (planes) => {
        this.#blocks.add(planes);
        changed();
      },
      asksForHead: () => {
        this.#asksForHead = true;
        changed();
      },
      complete: (tail) => {
        this.#isComplete = true;
        this.#tail = tail;
        changed();
      },
      failed: options.failed,
    });
    this.#gain = context.createGain();
    this.#gain.gain.value = linearGain(level.gainDb);
    this.#gain.connect(options.output);
    this.#spareFaders = createFaders(context, this.#gain);
  }

  /** As far as is known: where it was asked to begin, or the sample that this is. */
  get startMs(): number {
    return this.#facts?.startMs ?? this.#options.startMs;
  }

  get isComplete(): boolean {
    return this.#isComplete;
  }

  get isWaiting(): boolean {
    return this.#isWaiting;
  }

  /** Frames that are decoded and not yet heard. */
  get readyFrames(): number {
    return this.#blocks.end - this.#standsAt;
  }

  get stretch(): Stretch | null {
    return this.#stretch;
  }

  /** Null before it is complete. */
  get tail(): SeamTail | null {
    return this.#tail;
  }

  /** The first samples at the track's own rate; null until they are known. */
  get head(): SeamHead | null {
    return this.#head;
  }

  /** Its own last samples are made only when it is known what comes behind them. */
  get asksForHead(): boolean {
    return this.#asksForHead;
  }

  /** The first samples of what touches this track's end; null when nothing does, or nobody knows in time. */
  headBehindIs(head: SeamHead | null): void {
    this.#asksForHead = false;
    this.#speech.headBehindIs(head);
  }

  get madeWith(): SeamTail | null {
    return this.#options.before;
  }

  /** Whether it is such that it can touch a track that left this. */
  fits(tail: SeamTail | null): boolean {
    const { before, context } = this.#options;
    if (tail === null || tail === before || this.#facts === null) return true;
    return before === null && fitsWithout(tail, this.#facts.rateHz, context.sampleRate);
  }

  get durationMs(): number | null {
    return this.#facts?.durationMs ?? null;
  }

  /** At once before anything of it is heard; after that it glides, so that nothing clicks. */
  setGainDb(gainDb: number): void {
    const { gain } = this.#gain;
    if (this.#stretch === null) gain.value = linearGain(gainDb);
    else gain.setTargetAtTime(linearGain(gainDb), this.#options.context.currentTime, GLIDE_S);
  }

  /** It is this voice's turn: it decodes as far ahead as playing wants, `extraS` seconds more before a fade. */
  hurry(extraS = 0): void {
    this.#isWaiting = false;
    this.#extraAheadFrames = Math.round(extraS * this.#options.context.sampleRate);
    this.#want();
  }

  /** Where the voice stands at a frame of the device's clock, in milliseconds of the track. */
  positionMs(contextFrame: number): number {
    return this.startMs + (this.#frameAt(contextFrame) / this.#options.context.sampleRate) * 1000;
  }

  /** Sounds from where it stands, at the frame that is given when all is ready, or as soon as it has fallen silent. */
  placeAt(place: Place, fadeInFrames: number): Stretch {
    const { context, changed } = this.#options;
    // What came too late may be heard by now.
    this.#stretch?.leave(this.#nowFrame(), Math.round(LEAVE_S * context.sampleRate));
    const stretch = new Stretch({
      context,
      faders: this.#spareFaders ?? createFaders(context, this.#gain),
      trackFrame: this.#standsAt,
      place: { ...place, frame: () => Math.max(place.frame(), this.#silentFrom) },
      fadeInFrames,
      nodeOver: changed,
    });
    this.#spareFaders = null;
    this.#stretch = stretch;
    this.schedule();
    return stretch;
  }

  /** Hands everything that is decoded to the device. */
  schedule(): void {
    const stretch = this.#stretch;
    if (stretch === null) return;
    for (const planes of this.#blocks.from(stretch.scheduledTo)) stretch.add(planes);
    if (this.#isComplete) stretch.isWhole();
    this.#forget();
    this.#want();
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
    return this.#stretch !== null && this.#stretch.scheduledTo >= this.#blocks.end;
  }

  /** What sounds first is the track's first sample: there is nothing to hide there. */
  get beginsTrack(): boolean {
    return this.startMs === 0 && this.#standsAt === 0;
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
    if (!this.#isLetOut) this.#speech.hush();
    this.#isLetOut = true;
  }

  /** Falls silent for good. */
  end(nowFrame: number, fadeFrames: number): void {
    if (this.#stretch === null) this.#gain.disconnect();
    else this.#stretch.leave(nowFrame, fadeFrames, () => this.#gain.disconnect());
    this.#stretch = null;
    this.#blocks.forgetBefore(Number.POSITIVE_INFINITY);
    this.letOut();
  }

  get #aheadFrames(): number {
    const { sampleRate } = this.#options.context;
    return (this.#isWaiting ? WAITING_AHEAD_S : AHEAD_S) * sampleRate + this.#extraAheadFrames;
  }

  #want(): void {
    if (this.#isComplete || this.#isLetOut) return;
    const { sampleRate } = this.#options.context;
    const wanted = this.#frameAt(this.#nowFrame()) + this.#aheadFrames;
    if (wanted < this.#wantedTo + WANT_STEP_S * sampleRate) return;
    this.#wantedTo = wanted;
    this.#speech.want(wanted);
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
    this.#blocks.forgetBefore(heard);
  }
}
