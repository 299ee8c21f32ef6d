import type { HostErrorCode } from '../../../contract/host-error.ts';
import type { Device } from './device.ts';
import type { Turn } from './turn.ts';

/** Whose turn it is, and who still fades out under it. */
export class Turns {
  readonly #device: Device;
  #current: Turn | null = null;
  #leaving: Turn | null = null;
  /** Its cause is being looked for. */
  #failing: Turn | null = null;

  constructor(device: Device) {
    this.#device = device;
  }

  get current(): Turn | null {
    return this.#current;
  }

  begin(turn: Turn): void {
    this.#current = turn;
  }

  /** The current track is given up. */
  quit(fadeFrames: number): void {
    this.leave(fadeFrames);
    this.#current?.end(this.#device.nowFrame, fadeFrames);
    this.#current = null;
  }

  /** What faded out under the current track is put away. */
  leave(fadeFrames: number): void {
    this.#leaving?.end(this.#device.nowFrame, fadeFrames);
    this.#leaving = null;
  }

  /** As soon as nothing of it is heard any more. */
  leaveWhenOver(heardFrame: number): void {
    const stretch = this.#leaving?.voice.stretch ?? null;
    if (stretch === null || heardFrame >= stretch.endFrame) this.leave(0);
  }

  /** The track that was joined to the current one takes its place; what the device has of the other sounds to its end. */
  advance(arrived: Turn): void {
    this.leave(0);
    this.#current?.voice.letOut();
    this.#leaving = this.#current;
    this.#current = arrived;
  }

  /** Looks for what is behind a failure of the current track, once; says nothing when it is another's turn by then. */
  async causeOfFailure(
    whyUnplayable: (address: string) => Promise<HostErrorCode>,
  ): Promise<HostErrorCode | null> {
    const turn = this.#current;
    if (turn === null || turn === this.#failing) return null;
    this.#failing = turn;
    const code = await whyUnplayable(turn.address);
    return this.#current === turn ? code : null;
  }
}
