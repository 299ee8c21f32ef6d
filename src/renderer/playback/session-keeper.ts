import type { HostApi } from '../../contract/host-api.ts';
import type { SavedPosition } from '../../contract/playback-session.ts';
import { jump } from '../../core/playback/queue.ts';
import { repaired } from '../../core/playback/queue-facts.ts';
import type { PlayerQueue } from './playback-store.ts';
import { QueueSender } from './queue-sender.ts';

const SAVE_QUEUE_AFTER_MS = 300;
/** A long queue takes the host a moment to write: the longer it is, the longer its changes are gathered, some 3 s for 20,000. */
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
  /** Is being written. */
  #underWay: PlayerQueue | null = null;
  readonly #sender: QueueSender;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(ports: SessionPorts) {
    this.#ports = ports;
    this.#sender = new QueueSender(ports.session);
  }

  /** The queue and place of the last time; null when there is none. Rejects as `host.playback.load` does. */
  async load(): Promise<{ queue: PlayerQueue | null; position: SavedPosition | null }> {
    const { queue: saved, position } = await this.#ports.session.load();
    if (saved === null) return { queue: null, position };
    const { version: _, ...parts } = saved;
    const stored: PlayerQueue = repaired(parts);
    this.#saved = stored;
    this.#sender.has(stored);
    const entryId = position?.entryId ?? null;
    const queue = entryId === null || entryId === stored.current?.entryId ? stored : jump(stored, entryId);
    return { queue, position };
  }

  queueChanged(queue: PlayerQueue): void {
    this.#pending = queue;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(
      () => void this.#saveQueue(),
      SAVE_QUEUE_AFTER_MS + lengthOf(queue) * GATHER_MS_PER_ENTRY,
    );
  }

  savePosition(position: Omit<SavedPosition, 'version'>): void {
    this.#ports.session.savePosition({ version: 1, ...position }).catch(this.#ports.onSaveFailed);
  }

  /** Writes at once what waits to be written, or is not written to its end, as when the window goes away. */
  flush(): void {
    clearTimeout(this.#timer);
    const queue = this.#takeUnsaved() ?? this.#underWay;
    if (queue !== null)
      this.#ports.session.saveQueue({ version: 1, ...queue }).catch(this.#ports.onSaveFailed);
  }

  #needsSaving(queue: PlayerQueue): boolean {
    if (this.#saved === null || queue.current === null) return true;
    return !sameQueue(jump(this.#saved, queue.current.entryId), queue);
  }

  #takeUnsaved(): PlayerQueue | null {
    const queue = this.#pending;
    this.#pending = null;
    if (queue === null || !this.#needsSaving(queue)) return null;
    this.#saved = queue;
    return queue;
  }

  /** One after the other, so that the newest stays. */
  async #saveQueue(): Promise<void> {
    if (this.#underWay !== null) return;
    for (let queue = this.#takeUnsaved(); queue !== null; queue = this.#takeUnsaved()) {
      this.#underWay = queue;
      try {
        await this.#sender.send(queue);
      } catch (cause) {
        this.#saved = null;
        this.#ports.onSaveFailed(cause);
      }
      this.#underWay = null;
    }
  }
}
