import type { HostApi } from '../../contract/host-api.ts';
import { HostFailure } from '../../contract/host-error.ts';
import { QUEUE_PIECE_ENTRIES } from '../../contract/playback-session.ts';
import { entriesOf, orderOf } from '../../core/playback/queue-order.ts';
import type { PlayerEntry, PlayerQueue } from './playback-store.ts';

/**
 * Hands a queue over to be kept. Of a long one only what the host does not have yet goes over, piece by piece, and then the
 * order: all at once, 20,000 entries would hold the window up for a quarter of a second. One queue at a time.
 */
export class QueueSender {
  readonly #session: HostApi['playback'];
  /** Ids of the entries that the host has. */
  #there: ReadonlySet<string> = new Set();

  constructor(session: HostApi['playback']) {
    this.#session = session;
  }

  /** The host's own queue is this one. */
  has(queue: PlayerQueue): void {
    this.#there = new Set(entriesOf(queue).map(({ entryId }) => entryId));
  }

  /** Rejects as the host's calls do; then nothing is known of what the host has. */
  async send(queue: PlayerQueue): Promise<void> {
    const there = this.#there;
    this.#there = new Set();
    const entries = entriesOf(queue);
    if (entries.length <= QUEUE_PIECE_ENTRIES) await this.#session.saveQueue({ version: 1, ...queue });
    else await this.#sendPieces(queue, entries, there);
    this.has(queue);
  }

  async #sendPieces(
    queue: PlayerQueue,
    entries: readonly PlayerEntry[],
    there: ReadonlySet<string>,
  ): Promise<void> {
    const news = entries.filter(({ entryId }) => !there.has(entryId));
    for (let from = 0; from < news.length; from += QUEUE_PIECE_ENTRIES) {
      await this.#session.saveEntries({ entries: news.slice(from, from + QUEUE_PIECE_ENTRIES) });
    }
    try {
      await this.#session.saveOrder({ version: 1, ...orderOf(queue) });
    } catch (cause) {
      // Another window may have saved a queue of its own meanwhile.
      const isForgotten = cause instanceof HostFailure && cause.code === 'not_found';
      if (!isForgotten || there.size === 0) throw cause;
      await this.#sendPieces(queue, entries, new Set());
    }
  }
}
