import * as edit from '../../core/playback/queue-edit.ts';
import type { QueuePlace } from '../../core/playback/queue-edit.ts';
import { jump } from '../../core/playback/queue.ts';
import type { PlaybackStore, PlayerQueue } from './playback-store.ts';

/** What a listener takes out of the queue, or puts elsewhere in it; the last such change can be taken back. */
export class QueueEditor {
  readonly #playback: PlaybackStore;
  readonly #replace: (queue: PlayerQueue) => void;
  #undoable: PlayerQueue | null = null;

  /** `replace` takes a queue whose current entry may be another one than before. */
  constructor(playback: PlaybackStore, replace: (queue: PlayerQueue) => void) {
    this.#playback = playback;
    this.#replace = replace;
  }

  remove(entryIds: readonly string[]): void {
    this.#change(edit.remove(this.#queue, new Set(entryIds)));
  }

  move(entryIds: readonly string[], place: QueuePlace): void {
    this.#change(edit.move(this.#queue, new Set(entryIds), place));
  }

  /** What was asked for. */
  clearRequested(): void {
    this.#change(edit.clearRequested(this.#queue));
  }

  /** Everything but what plays. */
  clear(): void {
    this.#change(edit.clear(this.#queue));
  }

  /** Takes back the last change; what plays meanwhile plays on if it is part of that queue. */
  undo(): void {
    const before = this.#undoable;
    if (before === null) return;
    this.#undoable = null;
    const playing = this.#queue.current?.entryId;
    this.#replace(playing === undefined ? before : jump(before, playing));
  }

  get #queue(): PlayerQueue {
    return this.#playback.getState().queue;
  }

  #change(queue: PlayerQueue): void {
    const before = this.#queue;
    if (queue === before) return;
    this.#undoable = before;
    this.#replace(queue);
  }
}
