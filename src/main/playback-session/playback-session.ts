import { HostFailure } from '../../contract/host-error.ts';
import type {
  SavedEntries,
  SavedEntry,
  SavedOrder,
  SavedPlayback,
  SavedPosition,
  SavedQueue,
} from '../../contract/playback-session.ts';
import { entriesOf, inOrder } from '../../core/playback/queue-order.ts';
import type { Seen } from '../offline-index/seen.ts';
import type { JsonDocument } from '../storage/json-document.ts';

/** As many as are fetched ahead, and some more. */
const TRACKS_AROUND = 20;

/** What plays and what comes soon, as something that was seen of the catalog: a queue of 20,000 is not filed again at each change. */
export const tracksAround = (queue: SavedQueue): Extract<Seen, { readonly kind: 'tracks' }> => {
  const current = queue.current === null ? [] : [queue.current];
  const soon = [...current, ...queue.requested, ...queue.upcoming].slice(0, TRACKS_AROUND);
  return { kind: 'tracks', tracks: soon.map(({ track }) => track) };
};

export interface PlaybackSession {
  load(): Promise<SavedPlayback>;
  saveQueue(queue: SavedQueue): Promise<void>;
  /** Held in memory until the order that names them is saved. */
  saveEntries(piece: SavedEntries): Promise<void>;
  /** Gives the queue that was saved. Rejects with `not_found` for an entry that is neither held nor in the last saved queue. */
  saveOrder(order: SavedOrder): Promise<SavedQueue>;
  savePosition(position: SavedPosition): Promise<void>;
}

/**
 * The queue and the place in it, across restarts and crashes. Two documents, because the position is saved often and must
 * not cost the bytes of a queue of 20,000. What was confirmed is on disk; both saves reject with `storage_failed`.
 */
export const createPlaybackSession = (documents: {
  readonly queue: JsonDocument<SavedQueue>;
  readonly position: JsonDocument<SavedPosition>;
}): PlaybackSession => {
  let held: readonly SavedEntry[] = [];
  return {
    async load() {
      const [queue, position] = await Promise.all([documents.queue.read(), documents.position.read()]);
      return { queue, position };
    },
    saveQueue: (queue) => documents.queue.write(queue),
    async saveEntries({ entries }) {
      held = [...held, ...entries];
    },
    async saveOrder(order) {
      // Whatever comes of it: who is refused sends all of them again.
      const came = held;
      held = [];
      const last = await documents.queue.read();
      const queue = inOrder(order, [...(last === null ? [] : entriesOf(last)), ...came]);
      if (queue === null) throw new HostFailure('not_found', 'the order names entries that did not come');
      await documents.queue.write(queue);
      return queue;
    },
    savePosition: (position) => documents.position.write(position),
  };
};
