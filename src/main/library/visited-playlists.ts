/**
 * Others' playlists that the listener looks at without being a member: asked of the service when they are opened, kept as they were
 * seen last, so that they play on without a network. What is not shared any more is forgotten with the answer that says so.
 */
import { HostFailure } from '../../contract/host-error.ts';
import type { SharedPlaylist } from '../../contract/library-http.ts';
import { readPlaylistShare } from '../../core/share/share-link.ts';
import type { Log } from '../ports.ts';
import type { LibraryClient } from './library-client.ts';
import type { VisitedFiles } from './visited-files.ts';

export interface VisitedItem {
  readonly itemId: string;
  readonly trackId: string;
  readonly addedAtMs: number;
  /** Nobody says who. */
  readonly addedBy: '';
}
export interface VisitedPlaylist extends Omit<SharedPlaylist, 'items'> {
  /** Another list after a change only. */
  readonly items: readonly VisitedItem[];
  readonly seenAtMs: number;
  /** The service could not be asked when it was looked at last. */
  readonly isOld: boolean;
}

export interface VisitedPlaylists {
  /** As it was seen last; null: never, or not shared any more. */
  find(id: string): VisitedPlaylist | null;
  all(): readonly VisitedPlaylist[];
  /**
   * As it is now, or, where the service cannot be asked, as it was seen last. Without a share id it is asked for by the one that it
   * was opened with, or as a public one. Rejects with `not_found`, `gone` (shared no more), and as the service does.
   */
  visit(id: string, shareId?: string): Promise<VisitedPlaylist>;
  /** Looks for what stands on the shelf and was never seen on this computer; forgets what is the listener's own by now. */
  look(): void;
  settled(): Promise<void>;
}

interface Visit {
  readonly shareId: string;
  /** As of when it lies on the disk. */
  readonly writtenMs: number;
  readonly shown: VisitedPlaylist;
}

/** Beside those that stand on the shelf. */
const MOST_KEPT = 20;
/** What is on a page is asked for with every change of the library. */
const FRESH_MS = 10_000;
/** A list that has not changed is not written again for its date alone, unless that is so much older. */
const REWRITTEN_AFTER_MS = 600_000;

const isAway = (error: unknown): boolean =>
  error instanceof HostFailure && (error.code === 'offline' || error.code === 'service_unreachable');
const isClosed = (error: unknown): boolean =>
  error instanceof HostFailure && (error.code === 'not_found' || error.code === 'gone');

const shownAs = (playlist: SharedPlaylist, seenAtMs: number, isOld: boolean): VisitedPlaylist => ({
  ...playlist,
  items: playlist.items.map(([itemId, trackId, addedAtMs]) => ({ itemId, trackId, addedAtMs, addedBy: '' })),
  seenAtMs,
  isOld,
});
const writable = ({ items, seenAtMs: _seen, isOld: _old, ...rest }: VisitedPlaylist): SharedPlaylist => ({
  ...rest,
  items: items.map(({ itemId, trackId, addedAtMs }) => [itemId, trackId, addedAtMs]),
});

export const openVisitedPlaylists = async (options: {
  readonly files: VisitedFiles;
  readonly client: Pick<LibraryClient, 'shared'>;
  readonly isUnreachable: () => boolean;
  /** On the shelf, whosever they are. */
  readonly onShelf: () => readonly string[];
  readonly isOwn: (id: string) => boolean;
  /** Whether it is known which playlists are the listener's own. */
  readonly isOwnKnown: () => boolean;
  /** Resolves when the first of them can be shown, or cannot now; never rejects. */
  readonly know: (trackIds: readonly string[]) => Promise<void>;
  readonly now: () => number;
  readonly onChange: () => void;
  readonly closing: AbortSignal;
  readonly log: Log;
}): Promise<VisitedPlaylists> => {
  const { files, client, isUnreachable, now, onChange, closing, log } = options;
  const visits = new Map<string, Visit>();
  const asking = new Map<string, Promise<VisitedPlaylist>>();
  /** Answered since the start. */
  const heard = new Set<string>();
  const missing = new Set<string>();
  let looking: Promise<void> | null = null;
  let isDue = false;

  const removeFile = async (id: string): Promise<void> => {
    try {
      await files.remove(id);
    } catch (error) {
      log.warn('playlist of somebody else stays on the disk', { playlist: id, error });
    }
  };
  const forget = async (id: string): Promise<void> => {
    if (!visits.delete(id)) return;
    await removeFile(id);
    onChange();
  };
  const dropOldest = async (): Promise<void> => {
    const shelf = new Set(options.onShelf());
    const others = [...visits].filter(([id]) => !shelf.has(id));
    const oldest = others.toSorted(([, one], [, other]) => one.shown.seenAtMs - other.shown.seenAtMs);
    for (const [id] of oldest.slice(0, Math.max(0, others.length - MOST_KEPT))) {
      visits.delete(id);
      await removeFile(id);
    }
  };
  const write = async (shareId: string, shown: VisitedPlaylist): Promise<void> => {
    try {
      await files.write({ version: 1, shareId, seenAtMs: shown.seenAtMs, playlist: writable(shown) });
    } catch (error) {
      log.warn('playlist of somebody else is not kept on the disk', { playlist: shown.id, error });
    }
  };
  const keep = async (shareId: string, playlist: SharedPlaylist): Promise<VisitedPlaylist> => {
    const known = visits.get(playlist.id);
    const before = known?.shown ?? null;
    const isSame =
      before?.revision === playlist.revision && (before.owner === null) === (playlist.owner === null);
    const shown = isSame
      ? { ...before, owner: playlist.owner, seenAtMs: now(), isOld: false }
      : shownAs(playlist, now(), false);
    heard.add(playlist.id);
    missing.delete(playlist.id);
    const isWritten =
      isSame && known?.shareId === shareId && shown.seenAtMs - known.writtenMs < REWRITTEN_AFTER_MS;
    visits.set(playlist.id, { shareId, shown, writtenMs: isWritten ? known.writtenMs : shown.seenAtMs });
    if (!isWritten) await write(shareId, shown);
    await dropOldest();
    if (before !== null && (!isSame || before.isOld)) onChange();
    return shown;
  };

  const ask = async (id: string, shareId: string): Promise<VisitedPlaylist> => {
    try {
      if (isUnreachable()) throw new HostFailure('service_unreachable', 'the service is not reached');
      const playlist = await client.shared(shareId);
      if (playlist.id !== id) throw new HostFailure('service_unreachable', 'another playlist was answered');
      const shown = await keep(shareId, playlist);
      await options.know(shown.items.map(({ trackId }) => trackId));
      return shown;
    } catch (error) {
      const kept = visits.get(id);
      // Somebody else's link may still lead there when this one does not.
      if (isClosed(error) && kept?.shareId === shareId) await forget(id);
      if (!isAway(error) || kept === undefined) throw error;
      const shown = { ...kept.shown, isOld: true };
      visits.set(id, { ...kept, shown });
      return shown;
    }
  };

  const visit: VisitedPlaylists['visit'] = async (id, given) => {
    const kept = visits.get(id);
    const shareId = given ?? kept?.shareId ?? id;
    // Who opens a link is told what it is worth now.
    const isFresh =
      kept !== undefined &&
      given === undefined &&
      heard.has(id) &&
      !kept.shown.isOld &&
      now() - kept.shown.seenAtMs < FRESH_MS;
    if (isFresh) return kept.shown;
    const running = asking.get(shareId) ?? ask(id, shareId).finally(() => asking.delete(shareId));
    asking.set(shareId, running);
    return running;
  };

  const lookForMissing = async (): Promise<void> => {
    for (const id of visits.keys()) if (options.isOwn(id)) await forget(id);
    if (!options.isOwnKnown()) return;
    for (const id of options.onShelf()) {
      if (closing.aborted || isUnreachable()) return;
      if (options.isOwn(id) || visits.has(id) || missing.has(id)) continue;
      try {
        await visit(id);
        onChange();
      } catch (error) {
        // A private one, or deleted: it is not asked for again before the next start.
        if (!isClosed(error)) throw error;
        missing.add(id);
      }
    }
  };

  const lookWhileDue = async (): Promise<void> => {
    try {
      do {
        isDue = false;
        await lookForMissing();
      } while (isDue && !closing.aborted);
    } catch (error) {
      // Looked for again with the next change, or when the service answers again.
      if (!closing.aborted) log.info('playlists of others on the shelf are not known yet', { error });
    } finally {
      looking = null;
    }
  };

  for (const { shareId, seenAtMs, playlist } of await files.load()) {
    if (readPlaylistShare(shareId)?.playlistId !== playlist.id) continue;
    visits.set(playlist.id, { shareId, shown: shownAs(playlist, seenAtMs, false), writtenMs: seenAtMs });
  }

  return {
    find: (id) => visits.get(id)?.shown ?? null,
    all: () => [...visits.values()].map(({ shown }) => shown),
    visit,
    look() {
      isDue = true;
      if (!closing.aborted) looking ??= lookWhileDue();
    },
    async settled() {
      await looking;
      await Promise.allSettled(asking.values());
    },
  };
};
