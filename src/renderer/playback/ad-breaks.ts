import type { AdSpot } from '../../contract/ads-http.ts';
import type { HostErrorCode } from '../../contract/host-error.ts';
import {
  afterAdBreakEvent,
  heardInBreak,
  isAdBreakDue,
  noMusicHeard,
  type AdBreakEvent,
  type AdBreakState,
} from '../../core/ads/ad-break.ts';
import { milestonesPassed, type Milestone } from '../../core/ads/break-progress.ts';
import { assertNever } from '../../core/playback/assert-never.ts';
import { transition, wantsSound, type PlaybackEvent } from '../../core/playback/playback-state.ts';
import { peekNext } from '../../core/playback/queue.ts';
import type { EngineEvent } from './audio-engine.ts';
import type { PlayerQueue } from './playback-store.ts';
import type { PlayerPorts } from './player-ports.ts';

/** How long before its end a track that a break will follow has one chosen. */
const CHOOSE_BEFORE_END_MS = 20_000;
/** How long a listener who stepped on waits for a break; then the music goes on. */
const CHOICE_PATIENCE_MS = 1500;
/** The host holds a spot whole before it names it: one that is silent for so long does not play. */
const SPOT_PATIENCE_MS = 5000;

/** What ad breaks may do to the player. */
export interface BreakDesk {
  readonly change: (event: PlaybackEvent<HostErrorCode>) => void;
  /** What will be loaded next is another than before. */
  readonly preload: () => void;
  /** The music goes on: with the queue's current entry, where its clock stands. */
  readonly goOn: (autoplay: boolean) => void;
}

type Ports = Pick<
  PlayerPorts,
  'engine' | 'playback' | 'clock' | 'ads' | 'adAddressOf' | 'isAway' | 'notify' | 'onAdsFailed'
>;

interface Chosen {
  readonly breakId: string;
  readonly spots: readonly AdSpot[];
}

/** A break that was asked for, to come after this track. */
interface Choice {
  readonly afterTrackId: string | null;
  /** Null until the host answers. */
  chosen: Chosen | null;
}

/**
 * music ──▶ choosing ── chosen ──▶ spots ── all heard, or premium ──▶ music
 *               └── nothing, or out of patience ──▶ music
 */
type Phase =
  | { readonly kind: 'music' }
  /** The music waits for an answer. */
  | { readonly kind: 'choosing' }
  | {
      readonly kind: 'spots';
      readonly chosen: Chosen;
      readonly index: number;
      readonly spot: AdSpot;
      /** How much of this spot was heard, 0 to 1; null until it sounds. */
      share: number | null;
      /** Something of this break was heard. */
      wasHeard: boolean;
    };

/**
 * Ad breaks: when they come (`core/ads`), and playing them by the player's own engine while the music waits. Queue, history
 * and what counts as a play know nothing of them.
 */
export class AdBreaks {
  readonly #ports: Ports;
  readonly #desk: BreakDesk;
  #state: AdBreakState = noMusicHeard;
  #phase: Phase = { kind: 'music' };
  #choice: Choice | null = null;
  #patience: ReturnType<typeof setTimeout> | undefined;

  constructor(ports: Ports, desk: BreakDesk) {
    this.#ports = ports;
    this.#desk = desk;
  }

  /** The music waits, for a break to be chosen or to end. */
  get holdsMusic(): boolean {
    return this.#phase.kind !== 'music';
  }

  /** A break is heard: until it ends there is no other place to go. */
  get isOn(): boolean {
    return this.#phase.kind === 'spots';
  }

  musicHeard(ms: number): void {
    this.#note({ kind: 'musicHeard', ms });
  }

  /** The queue's current track sounds and ends in `leftMs`: a break that will be due then is chosen early. */
  trackEndsIn(leftMs: number, queue: PlayerQueue): void {
    const trackId = queue.current?.track.id;
    if (leftMs > CHOOSE_BEFORE_END_MS || trackId === undefined || this.holdsMusic) return;
    if (this.#choice?.afterTrackId === trackId || !this.#isDue(leftMs) || peekNext(queue) === null) return;
    this.#choose(trackId);
  }

  /** The current track ends in `leftMs`, and a break is due then: nothing follows the track by itself. */
  isToCome(leftMs: number): boolean {
    return !this.holdsMusic && this.#isDue(leftMs);
  }

  /** The spot that will be loaded next, if it is known: after the current track, or in this break. */
  addressAhead(currentTrackId: string | null): string | null {
    const phase = this.#phase;
    let next: AdSpot | undefined;
    if (phase.kind === 'spots') next = phase.chosen.spots[phase.index + 1];
    else if (this.#choice?.afterTrackId === currentTrackId) [next] = this.#choice.chosen?.spots ?? [];
    return next === undefined ? null : this.#ports.adAddressOf(next.id);
  }

  /** A track is left and another one is to begin. True when a break comes first: then the music waits, and `begin` is next. */
  comesAfter(trackId: string | null): boolean {
    if (this.holdsMusic || !this.#isDue(0)) return false;
    this.#note({ kind: 'breakBegan' });
    this.#phase = { kind: 'choosing' };
    if (this.#choice?.afterTrackId !== trackId) this.#choose(trackId);
    return true;
  }

  /** Lets the break be heard that was announced, as soon as it is chosen. */
  begin(): void {
    const chosen = this.#choice?.chosen ?? null;
    if (chosen !== null) {
      this.#play(chosen, 0, false);
      return;
    }
    this.#ports.engine.unload();
    this.#patience = setTimeout(() => this.#end(), CHOICE_PATIENCE_MS);
  }

  /** While a break is on, all that the engine says is about it. */
  onEngine(event: EngineEvent): void {
    const phase = this.#phase;
    if (phase.kind !== 'spots') return;
    switch (event.kind) {
      case 'sounding':
        clearTimeout(this.#patience);
        this.#desk.change({ kind: 'sounding' });
        if (phase.share === null) this.#report('impression');
        phase.share ??= 0;
        phase.wasHeard = true;
        break;
      case 'ranDry':
        this.#desk.change({ kind: 'ranDry' });
        this.#watch();
        break;
      case 'silenced':
        clearTimeout(this.#patience);
        this.#desk.change({ kind: 'hush' });
        if (event.cause === 'blocked') this.#ports.notify({ kind: 'blocked' });
        break;
      case 'ended':
        this.#heardTo(1);
        this.#next();
        break;
      case 'failed':
        this.#next();
        break;
      case 'clock':
        this.#ports.clock.setState({ spotPositionMs: event.positionMs });
        // Complete is what has ended, not what is nearly over.
        this.#heardTo(Math.min(0.99, event.positionMs / (event.durationMs ?? phase.spot.durationMs)));
        break;
      case 'advanced':
        // Nothing follows a spot by itself.
        break;
      default:
        assertNever(event);
    }
  }

  paused(): void {
    if (this.isOn) clearTimeout(this.#patience);
  }

  resumed(): void {
    if (this.isOn) this.#watch();
  }

  /** Who listens may have become premium: then what is left of a break is not heard. */
  policyChanged(): void {
    const isFree = this.#ports.ads.policy() === null;
    if (isFree) this.#choice = null;
    if (isFree && this.holdsMusic) this.#end();
    else this.#desk.preload();
  }

  /** Silence for good: nothing comes after a break any more. */
  cancel(): void {
    if (this.holdsMusic) this.#over();
  }

  #isDue(musicToComeMs: number): boolean {
    const { ads, isAway } = this.#ports;
    return isAdBreakDue(this.#state, { policy: ads.policy(), isAway: isAway(), musicToComeMs });
  }

  #note(event: AdBreakEvent): void {
    this.#state = afterAdBreakEvent(this.#state, event);
  }

  #choose(afterTrackId: string | null): void {
    const choice: Choice = { afterTrackId, chosen: null };
    this.#choice = choice;
    this.#ports.ads.chooseBreak({ afterTrackId }).then(
      (offer) => this.#take(choice, offer),
      (cause: unknown) => {
        this.#ports.onAdsFailed(cause);
        this.#take(choice, null);
      },
    );
  }

  #take(choice: Choice, offer: Chosen | null): void {
    if (choice !== this.#choice) return;
    const spots = heardInBreak(this.#ports.ads.policy(), offer?.spots ?? []);
    if (offer === null || spots.length === 0) {
      if (this.holdsMusic) {
        this.#end();
        return;
      }
      this.#over();
      this.#desk.preload();
      return;
    }
    choice.chosen = { breakId: offer.breakId, spots };
    if (this.#phase.kind === 'choosing') this.#play(choice.chosen, 0, false);
    else this.#desk.preload();
  }

  #next(): void {
    const phase = this.#phase;
    if (phase.kind === 'spots') this.#play(phase.chosen, phase.index + 1, phase.wasHeard);
  }

  /** Loads a spot to sound; behind the last of them the music goes on. */
  #play(chosen: Chosen, index: number, wasHeard: boolean): void {
    const spot = chosen.spots[index];
    if (spot === undefined || this.#ports.ads.policy() === null) {
      this.#end();
      return;
    }
    const { state } = this.#ports.playback.getState();
    const autoplay = wantsSound(state);
    this.#phase = { kind: 'spots', chosen, index, spot, share: null, wasHeard };
    this.#ports.playback.setState({
      adBreak: { ...chosen, index },
      state: transition(state, { kind: 'load', autoplay }),
    });
    this.#ports.clock.setState({ spotPositionMs: 0 });
    this.#ports.engine.setSpeed?.(1);
    this.#ports.engine.load(this.#ports.adAddressOf(spot.id), { startMs: 0, autoplay });
    this.#desk.preload();
    clearTimeout(this.#patience);
    if (autoplay) this.#watch();
  }

  #watch(): void {
    clearTimeout(this.#patience);
    this.#patience = setTimeout(() => this.#next(), SPOT_PATIENCE_MS);
  }

  #heardTo(share: number): void {
    const phase = this.#phase;
    if (phase.kind !== 'spots' || phase.share === null || share <= phase.share) return;
    for (const milestone of milestonesPassed(phase.share, share)) this.#report(milestone);
    phase.share = share;
  }

  #report(kind: 'impression' | Milestone): void {
    const phase = this.#phase;
    if (phase.kind !== 'spots') return;
    this.#ports.ads
      .report({ breakId: phase.chosen.breakId, spotId: phase.spot.id, kind })
      .catch((cause: unknown) => this.#ports.onAdsFailed(cause));
  }

  #end(): void {
    const { state } = this.#ports.playback.getState();
    const autoplay = wantsSound(state);
    // Together with its end, so that the screen waits for the music and not the music for the screen.
    this.#over(transition(state, { kind: 'load', autoplay }));
    this.#desk.goOn(autoplay);
  }

  /** No break is on or at hand any more. */
  #over(state = this.#ports.playback.getState().state): void {
    const phase = this.#phase;
    clearTimeout(this.#patience);
    this.#phase = { kind: 'music' };
    this.#choice = null;
    this.#note({ kind: phase.kind === 'spots' && phase.wasHeard ? 'breakEnded' : 'cameToNothing' });
    this.#ports.playback.setState({ adBreak: null, state });
    this.#ports.clock.setState({ spotPositionMs: 0 });
  }
}
