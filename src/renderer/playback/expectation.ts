import { tracksToCome } from '../../core/playback/what-follows.ts';
import type { PlayerQueue } from './playback-store.ts';
import type { PlayerPorts } from './player-ports.ts';

/** As many as may come before the network does: the next one whole, and the one after it. */
const FETCHED_AHEAD = 2;

/** Tells the host what sounds and what comes next, each time that is something else than before. */
export class Expectation {
  readonly #ports: Pick<PlayerPorts, 'cache' | 'onCacheFailed'>;
  #told = '';
  #hasFailed = false;

  constructor(ports: Pick<PlayerPorts, 'cache' | 'onCacheFailed'>) {
    this.#ports = ports;
  }

  /** Null: nothing is loaded. */
  is(queue: PlayerQueue | null): void {
    const current = queue?.current?.track.id ?? null;
    const upcoming =
      queue === null || current === null ? [] : tracksToCome(queue, FETCHED_AHEAD).map((track) => track.id);
    const telling = JSON.stringify([current, upcoming]);
    if (telling === this.#told) return;
    this.#told = telling;
    this.#ports.cache.expect({ current, upcoming }).catch((cause: unknown) => this.#failed(cause));
  }

  /** Nothing is lost but time: said once, and told anew with the next change. */
  #failed(cause: unknown): void {
    this.#told = '';
    if (this.#hasFailed) return;
    this.#hasFailed = true;
    this.#ports.onCacheFailed(cause);
  }
}
