import type { SavedPosition } from '../../contract/playback-session.ts';
import type { PlayerQueue } from './playback-store.ts';
import type { PlayerPorts } from './player-ports.ts';
import { PositionSaver } from './position-saver.ts';
import { SessionKeeper } from './session-keeper.ts';

/** What is there again after a restart: the queue, the place in it, and how loud it was. */
export class PlayerMemory {
  readonly #playback: PlayerPorts['playback'];
  readonly #positionMs: () => number;
  readonly #keeper: SessionKeeper;
  /** What was kept is known. Until then a window that goes again has nothing to say about it. */
  #isRead = false;
  /** When the place and the volume are saved. */
  readonly place: PositionSaver;

  /** `positionMs` is where the current entry stands; `onSaveFailed` is told what could not be written. */
  constructor(
    { session, playback, nowMs }: Pick<PlayerPorts, 'session' | 'playback' | 'nowMs'>,
    positionMs: () => number,
    onSaveFailed: (cause: unknown) => void,
  ) {
    this.#playback = playback;
    this.#positionMs = positionMs;
    this.#keeper = new SessionKeeper({ session, onSaveFailed });
    this.place = new PositionSaver(() => this.#savePlace(), nowMs);
  }

  /** Rejects when nothing could be read. */
  async load(): Promise<{ queue: PlayerQueue | null; position: SavedPosition | null }> {
    const kept = await this.#keeper.load();
    this.#isRead = true;
    return kept;
  }

  queueChanged(queue: PlayerQueue): void {
    this.#keeper.queueChanged(queue);
  }

  /** Everything to disk, now. */
  flush(): void {
    this.#keeper.flush();
    this.place.now();
  }

  #savePlace(): void {
    const { volume, muted, queue } = this.#playback.getState();
    if (!this.#isRead && queue.current === null) return;
    this.#keeper.savePosition({
      entryId: queue.current?.entryId ?? null,
      positionMs: Math.max(0, Math.round(this.#positionMs())),
      volume,
      muted,
    });
  }
}
