import type { SavedPlayback, SavedPosition, SavedQueue } from '../../contract/playback-session.ts';
import type { JsonDocument } from '../storage/json-document.ts';

export interface PlaybackSession {
  load(): Promise<SavedPlayback>;
  saveQueue(queue: SavedQueue): Promise<void>;
  savePosition(position: SavedPosition): Promise<void>;
}

/**
 * The queue and the place in it, across restarts and crashes. Two documents, because the position is saved often and must
 * not cost the bytes of a queue of 20,000. What was confirmed is on disk; both saves reject with `storage_failed`.
 */
export const createPlaybackSession = (documents: {
  readonly queue: JsonDocument<SavedQueue>;
  readonly position: JsonDocument<SavedPosition>;
}): PlaybackSession => ({
  async load() {
    const [queue, position] = await Promise.all([documents.queue.read(), documents.position.read()]);
    return { queue, position };
  },
  saveQueue: (queue) => documents.queue.write(queue),
  savePosition: (position) => documents.position.write(position),
});
