import type { HostErrorCode } from '../../contract/host-error.ts';
import { unlimitedGainDb } from '../../core/playback/loudness.ts';
import type { AudioEngine, EngineEvent, Follower, LoadOptions } from './audio-engine.ts';
import { Deck, type DeckListener } from './deck.ts';
import type { AudioOutput } from './howler-output.ts';

const PAUSE_FADE_S = 0.08;
/** Between two tracks when a listener changes over: enough against the click, too short to be a fade. */
const CHANGE_FADE_S = 0.02;
/** How long before its end a track shares the line with the next one. */
const PRELOAD_BEFORE_END_MS = 20_000;
/** Without a byte for this long, a track counts as failed and its cause is looked for. */
const STALL_LIMIT_MS = 15_000;
/** An open device keeps some systems from sleeping; reopening it costs a few milliseconds. */
const IDLE_BEFORE_SUSPEND_MS = 60_000;

/** A media element cannot be limited: what its peaks do not allow, it is quieter. */
const linearGain = (gainDb: number, truePeakDbtp: number | null): number =>
  10 ** (unlimitedGainDb({ gainDb, truePeakDbtp }) / 20);

export interface DeckEngineOptions {
  /** Called at the first need, so that nothing opens the sound card just because the window did. */
  readonly openOutput: () => AudioOutput;
  /** Media errors carry no cause; this finds it. */
  readonly whyUnplayable: (address: string) => Promise<HostErrorCode>;
}

/**
 * Plays with two media elements ("decks") into one Web Audio context: while one sounds, the other fetches what comes
 * next, so that the next track starts at once. A load starts the element in the same turn, without waiting for any
 * of its events.
 */
export class DeckEngine implements AudioEngine {
  readonly #options: DeckEngineOptions;
  readonly #listeners = new Set<(event: EngineEvent) => void>();
  #output: AudioOutput | null = null;
  #decks: { active: Deck; spare: Deck } | null = null;
  #next: string | null = null;
  #wantsSound = false;
  #fadesOnPause = true;
  #gain = 1;
  #speed = 1;
  #muted = false;
  #stallTimer: ReturnType<typeof setTimeout> | undefined;
  #idleTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: DeckEngineOptions) {
    this.#options = options;
  }

  load(address: string, { startMs, autoplay, gainDb = 0, truePeakDbtp = null }: LoadOptions): void {
    const decks = this.#opened();
    if (autoplay) this.#wake();
    const { active: leaving, spare: arriving } = decks;
    const isReady = arriving.address === address && startMs === 0;
    if (!isReady) arriving.load(address, startMs);
    arriving.setLevel(linearGain(gainDb, truePeakDbtp));
    decks.active = arriving;
    decks.spare = leaving;
    this.#wantsSound = autoplay;
    this.#next = null;
    if (autoplay) arriving.play();
    leaving.empty(CHANGE_FADE_S);
    this.#watchForStall(autoplay);
    if (!autoplay) this.#suspendLater();
    this.#tick(arriving);
  }

  preload(address: string | null): void {
    this.#next = address;
    const spare = this.#decks?.spare;
    if (spare !== undefined && spare.address !== address) spare.empty(0);
    this.#considerPreload();
  }

  /** Two elements cannot be joined to the sample: what follows is only fetched, and loaded by whoever hears `ended`. */
  follow(follower: Follower | null): void {
    if (follower !== null) this.preload(follower.address);
  }

  unload(): void {
    this.#wantsSound = false;
    this.#watchForStall(false);
    this.#decks?.active.empty(CHANGE_FADE_S);
    this.#suspendLater();
  }

  play(): void {
    const active = this.#decks?.active;
    if (active === undefined || active.address === null) return;
    this.#wantsSound = true;
    this.#wake();
    active.play();
    this.#watchForStall(true);
  }

  pause(): void {
    this.#wantsSound = false;
    this.#watchForStall(false);
    this.#decks?.active.pause(this.#fadesOnPause ? PAUSE_FADE_S : CHANGE_FADE_S / 2);
    this.#suspendLater();
  }

  seek(positionMs: number): void {
    this.#decks?.active.seek(positionMs);
    if (this.#decks) this.#tick(this.#decks.active);
  }

  positionMs(): number {
    return this.#decks?.active.positionMs() ?? 0;
  }

  setGain(gain: number): void {
    this.#gain = gain;
    this.#output?.setGain(gain);
  }

  setMuted(muted: boolean): void {
    this.#muted = muted;
    this.#output?.setMuted(muted);
  }

  setTrackGain(gainDb: number, truePeakDbtp: number | null = null): void {
    this.#decks?.active.setLevel(linearGain(gainDb, truePeakDbtp));
  }

  setSpeed(speed: number): void {
    this.#speed = speed;
    this.#decks?.active.setSpeed(speed);
    this.#decks?.spare.setSpeed(speed);
  }

  setFadeOnPause(fade: boolean): void {
    this.#fadesOnPause = fade;
  }

  on(listener: (event: EngineEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  dispose(): void {
    clearTimeout(this.#stallTimer);
    clearTimeout(this.#idleTimer);
    this.#listeners.clear();
    this.#decks?.active.dispose();
    this.#decks?.spare.dispose();
    this.#decks = null;
  }

  #opened(): { active: Deck; spare: Deck } {
    if (this.#decks !== null) return this.#decks;
    const output = this.#options.openOutput();
    output.setGain(this.#gain);
    output.setMuted(this.#muted);
    output.context.addEventListener('statechange', () => this.#deviceChanged(output.context));
    const listener = this.#deckListener();
    this.#output = output;
    this.#decks = { active: new Deck(output, listener), spare: new Deck(output, listener) };
    this.setSpeed(this.#speed);
    return this.#decks;
  }

  #deckListener(): DeckListener {
    const isActive = (deck: Deck): boolean => deck === this.#decks?.active && deck.address !== null;
    return {
      sounding: (deck) => {
        if (!isActive(deck)) return;
        this.#watchForStall(false);
        if (this.#wantsSound) this.#emit({ kind: 'sounding' });
      },
      ranDry: (deck) => {
        if (!isActive(deck) || !this.#wantsSound) return;
        this.#watchForStall(true);
        this.#emit({ kind: 'ranDry' });
      },
      ended: (deck) => {
        if (!isActive(deck)) return;
        this.#wantsSound = false;
        this.#suspendLater();
        this.#emit({ kind: 'ended' });
      },
      failed: (deck) => {
        if (isActive(deck)) {
          this.#fail(deck);
        } else {
          // Not tried again until it is its turn: a track that cannot be fetched must not be asked for all the time.
          this.#next = null;
          deck.empty(0);
        }
      },
      blocked: (deck) => {
        if (isActive(deck)) this.#silenced('blocked');
      },
      ticked: (deck) => {
        if (!isActive(deck)) return;
        // Data still comes, however slowly: that is not a stall to give up on.
        if (this.#stallTimer !== undefined) this.#watchForStall(true);
        this.#tick(deck);
        this.#considerPreload();
      },
    };
  }

  #tick(deck: Deck): void {
    this.#emit({
      kind: 'clock',
      positionMs: deck.positionMs(),
      durationMs: deck.durationMs(),
      buffered: deck.buffered(),
    });
  }

  #considerPreload(): void {
    if (this.#decks === null || this.#next === null) return;
    const { active, spare } = this.#decks;
    const durationMs = active.durationMs();
    if (spare.address !== null || durationMs === null) return;
    const isNearEnd = durationMs - active.positionMs() <= PRELOAD_BEFORE_END_MS;
    if (isNearEnd || active.isWhole()) spare.load(this.#next, 0);
  }

  #fail(deck: Deck): void {
    const address = deck.address;
    if (address === null) return;
    this.#watchForStall(false);
    const stillMatters = (): boolean => this.#decks?.active === deck && deck.address === address;
    void this.#options.whyUnplayable(address).then((code) => {
      if (!stillMatters()) return;
      this.#wantsSound = false;
      deck.empty(0);
      this.#emit({ kind: 'failed', code });
    });
  }

  #watchForStall(watch: boolean): void {
    clearTimeout(this.#stallTimer);
    this.#stallTimer = undefined;
    if (!watch) return;
    this.#stallTimer = setTimeout(() => {
      if (this.#decks !== null) this.#fail(this.#decks.active);
    }, STALL_LIMIT_MS);
  }

  /** `resume()` stays pending until a gesture where one is needed, and is called again with every `play()`. */
  #wake(): void {
    clearTimeout(this.#idleTimer);
    const context = this.#output?.context;
    if (context !== undefined && context.state !== 'running') {
      context.resume().catch(() => this.#silenced('system'));
    }
  }

  #suspendLater(): void {
    clearTimeout(this.#idleTimer);
    this.#idleTimer = setTimeout(() => {
      if (!this.#wantsSound && this.#output?.context.state === 'running') void this.#output.context.suspend();
    }, IDLE_BEFORE_SUSPEND_MS);
  }

  /** The device went away (a call came in, headphones were pulled): the element would go on, unheard. */
  #deviceChanged(context: AudioContext): void {
    if (context.state !== 'running' && this.#wantsSound && this.#decks?.active.isPlaying === true) {
      this.#silenced('system');
    }
  }

  #silenced(cause: 'blocked' | 'system'): void {
    if (!this.#wantsSound) return;
    this.#wantsSound = false;
    this.#watchForStall(false);
    this.#decks?.active.pause(0);
    this.#emit({ kind: 'silenced', cause });
  }

  #emit(event: EngineEvent): void {
    for (const listener of this.#listeners) listener(event);
  }
}
