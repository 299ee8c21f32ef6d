import type { HostApi } from '../../contract/host-api.ts';
import type { SavedPosition } from '../../contract/playback-session.ts';
import { jump } from '../../core/playback/queue.ts';
import { repaired } from '../../core/playback/queue-facts.ts';
import type { PlayerQueue } from './playback-store.ts';

const SAVE_QUEUE_AFTER_MS = 300;
/**
 * Handing a long queue over takes the window a noticeable moment (20,000 entries: a quarter of a second), so the longer
 * it is, the longer its changes are gathered: some three seconds for 20,000.
 */
const GATHER_MS_PER_ENTRY = 0.15;

const lengthOf = (queue: PlayerQueue): number =>
  queue.played.length + queue.requested.length + queue.upcoming.length;

export interface SessionPorts {
  readonly session: HostApi['playback'];
  readonly onSaveFailed: (cause: unknown) => void;
}

const sameEntries = (one: readonly unknown[], other: readonly unknown[]): boolean =>
  one.length === other.length && one.every((entry, index) => entry === other[index]);

const sameQueue = (one: PlayerQueue, other: PlayerQueue): boolean =>
  one.current === other.current &&
  one.shuffle === other.shuffle &&
  one.shuffleSeed === other.shuffleSeed &&
  one.repeat === other.repeat &&
  one.origin === other.origin &&
  sameEntries(one.requested, other.requested) &&
  sameEntries(one.upcoming, other.upcoming) &&
  sameEntries(one.played, other.played) &&
  sameEntries(one.naturalOrder, other.naturalOrder);

/**
 * Keeps queue and position on disk. Going from track to track only moves a pointer: the saved queue together with the
 * saved position's entry already says it, so a queue of 20,000 is not written again at every song.
 */
export class SessionKeeper {
  readonly #ports: SessionPorts;
  #saved: PlayerQueue | null = null;
  #pending: PlayerQueue | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(ports: SessionPorts) {
    this.#ports = ports;
  }

  /** The queue and place of the last time; null when there is none. Rejects as `host.playback.load` does. */
  async load(): Promise<{ queue: PlayerQueue | null; position: SavedPosition | null }> {
    const { queue: saved, position } = await this.#ports.session.load();
    if (saved === null) return { queue: null, position };
    const { version: _, ...parts } = saved;
    const stored: PlayerQueue = repaired(parts);
    this.#saved = stored;
    const entryId = position?.entryId ?? null;
    const queue = entryId === null || entryId === stored.current?.entryId ? stored : jump(stored, entryId);
    return { queue, position };
  }

  queueChanged(queue: PlayerQueue): void {
    this.#pending = queue;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(
      () => this.#saveQueue(),
      SAVE_QUEUE_AFTER_MS + lengthOf(queue) * GATHER_MS_PER_ENTRY,
    );
  }

  savePosition(position: Omit<SavedPosition, 'version'>): void {
    this.#ports.session.savePosition({ version: 1, ...position }).catch(this.#ports.onSaveFailed);
  }

  /** Writes at once what waits to be written, as when the window goes away. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#saveQueue();
  }

  #needsSaving(queue: PlayerQueue): boolean {
    if (this.#saved === null || queue.current === null) return true;
    return !sameQueue(jump(this.#saved, queue.current.entryId), queue);
  }

  #saveQueue(): void {
    const queue = this.#pending;
    this.#pending = null;
    if (queue === null || !this.#needsSaving(queue)) return;
    this.#saved = queue;
    this.#ports.session.saveQueue({ version: 1, ...queue }).catch((cause: unknown) => {
      this.#saved = null;
      this.#ports.onSaveFailed(cause);
    });
  }
}
