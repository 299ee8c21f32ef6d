import { AS_IT_IS, type TrackLevel } from '../../../core/playback/loudness.ts';
import type { Follower } from '../audio-engine.ts';
import type { Device } from './device.ts';
import type { Turn } from './turn.ts';

/** How long before its end a track shares the line with the next one. */
const PREPARE_BEFORE_END_MS = 20_000;

const levelOf = (follower: Follower | null): TrackLevel =>
  follower === null ? AS_IT_IS : { gainDb: follower.gainDb, truePeakDbtp: follower.truePeakDbtp ?? null };

/** What comes after the current track: what was said of it, and what is made ready of it. */
export class Upcoming {
  readonly #device: Device;
  readonly #open: (address: string, level: TrackLevel) => Turn;
  /** Opened, with its first blocks decoded; perhaps placed behind the current one already. */
  #prepared: Turn | null = null;
  #follower: Follower | null = null;
  #next: string | null = null;
  /** Could not be prepared: not asked for again until it is its turn. */
  #refused: string | null = null;

  constructor(device: Device, open: (address: string, level: TrackLevel) => Turn) {
    this.#device = device;
    this.#open = open;
  }

  get prepared(): Turn | null {
    return this.#prepared;
  }

  /** What goes on by itself; null as well when it could not be had. */
  get follower(): Follower | null {
    return this.#follower?.address === this.#refused ? null : this.#follower;
  }

  /** The follower, as far as it is made ready. */
  get following(): Turn | null {
    return this.#prepared?.address === this.follower?.address ? this.#prepared : null;
  }

  get crossfadeS(): number {
    return (this.#follower?.crossfadeMs ?? 0) / 1000;
  }

  /** The device's frame at which the follower begins, when that is settled. */
  get beginsAt(): number | null {
    return this.#prepared?.voice.stretch?.anchor.contextFrame ?? null;
  }

  preload(address: string | null): void {
    this.#next = address;
    this.#keepOnlyWanted();
  }

  /** False when nothing has changed by it. */
  follow(follower: Follower | null): boolean {
    const before = this.#follower;
    this.#follower = follower;
    const isSame =
      before?.address === follower?.address &&
      before?.crossfadeMs === follower?.crossfadeMs &&
      before?.gainDb === follower?.gainDb &&
      before?.truePeakDbtp === follower?.truePeakDbtp;
    if (isSame) return false;
    this.unplace();
    this.#keepOnlyWanted();
    if (follower !== null) this.#prepared?.setLevel(levelOf(follower), this.#device.nowFrame, 0);
    return true;
  }

  /** Gives what is ready to the one who plays it; all that was said is forgotten. */
  take(address: string): Turn | null {
    const turn = this.#prepared?.address === address ? this.#prepared : null;
    if (turn !== null) this.#prepared = null;
    this.clear();
    return turn;
  }

  clear(): void {
    this.#drop();
    this.#follower = null;
    this.#next = null;
    this.#refused = null;
  }

  /** What could not be made ready is left alone. */
  refuse(): void {
    this.#refused = this.#prepared?.address ?? null;
    this.#drop();
  }

  /** What was placed behind the current track waits again; it may have to be placed elsewhere. */
  unplace(): void {
    const prepared = this.#prepared;
    if (prepared === null || prepared.voice.stretch === null) return;
    prepared.voice.hold(this.#device.nowFrame, 0);
    if (prepared.voice.hasBegun) prepared.startOver(prepared.voice.madeWith);
  }

  /** Opens what comes, once the current track no longer needs the line. */
  prepareBehind(current: Turn, positionMs: number): void {
    const address = this.#wanted;
    if (address === null || this.#prepared !== null || this.#refused === address) return;
    const { durationMs } = current.voice;
    const leftMs = durationMs === null ? Number.POSITIVE_INFINITY : durationMs - positionMs;
    if (!current.isFetched && leftMs > PREPARE_BEFORE_END_MS + this.crossfadeS * 1000) return;
    this.#prepared = this.#open(address, levelOf(this.#follower));
  }

  get #wanted(): string | null {
    return this.#follower?.address ?? this.#next;
  }

  #keepOnlyWanted(): void {
    if (this.#prepared !== null && this.#prepared.address !== this.#wanted) this.#drop();
    if (this.#refused !== this.#wanted) this.#refused = null;
  }

  #drop(): void {
    this.#prepared?.end(this.#device.nowFrame, 0);
    this.#prepared = null;
  }
}
