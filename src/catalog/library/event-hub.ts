/** Who waits for news: one stream for each open app, told which documents have moved on, never what is in them. */
import type { DocumentName } from '../../core/library/documents.ts';
import type { DocumentEvent, DocumentList } from '../../contract/library-http.ts';
import type { LibraryChange } from './change-feed.ts';
import { documentRef, userKeyOf } from './library-keys.ts';

export interface EventListener {
  /** False: it does not keep up, or is gone; it is ended then. */
  tell(event: DocumentEvent): boolean;
  /** What they played is other than it was. False as above. */
  tellPlays(): boolean;
  /** Keeps the connection open. False as above. */
  beat(): boolean;
  end(): void;
}

export interface EventHub {
  /** What comes from now on is told; `first` gives what there is, which is told unless newer was told meanwhile. */
  open(
    userId: string,
    listener: EventListener,
    first: () => Promise<DocumentList['documents']>,
  ): Promise<{ close(): void }>;
  changed(change: LibraryChange): void;
  playsChanged(userKey: string): void;
  /** How many are open. */
  size(): number;
  /** Ends all of them. */
  close(): void;
}

interface Open {
  readonly userKey: string;
  readonly listener: EventListener;
  /** Of each document, by its folder, the revision that was told last. */
  readonly told: Map<string, number>;
}

const HEARTBEAT_MS = 20_000;
/** Of one listener at one replica: the oldest ends. */
const MOST_OF_ONE = 20;

export const createEventHub = (options: {
  /** Called when the first one opens and when the last one has closed. */
  readonly onFirst: () => void;
  readonly onNone: () => void;
  readonly heartbeatMs?: number;
}): EventHub => {
  const byUser = new Map<string, Set<Open>>();
  const byFolder = new Map<string, Set<Open>>();
  let count = 0;
  let heart: NodeJS.Timeout | null = null;

  const put = (map: Map<string, Set<Open>>, key: string, open: Open): void => {
    const set = map.get(key);
    if (set === undefined) map.set(key, new Set([open]));
    else set.add(open);
  };
  const take = (map: Map<string, Set<Open>>, key: string, open: Open): void => {
    const set = map.get(key);
    set?.delete(open);
    if (set?.size === 0) map.delete(key);
  };
  const watch = (open: Open, folder: string): void => {
    put(byFolder, folder, open);
    if (!open.told.has(folder)) open.told.set(folder, -1);
  };

  const remove = (open: Open): void => {
    if (byUser.get(open.userKey)?.has(open) !== true) return;
    take(byUser, open.userKey, open);
    for (const folder of open.told.keys()) take(byFolder, folder, open);
    count -= 1;
    open.listener.end();
    if (count > 0) return;
    if (heart !== null) clearInterval(heart);
    heart = null;
    options.onNone();
  };

  const tell = (
    open: Open,
    folder: string,
    document: DocumentName,
    revision: number,
    isGone: boolean,
  ): void => {
    if (revision <= (open.told.get(folder) ?? -1)) return;
    open.told.set(folder, revision);
    if (!open.listener.tell({ document, revision: isGone ? null : revision })) remove(open);
  };

  const beat = (): void => {
    for (const opens of byUser.values()) for (const open of opens) if (!open.listener.beat()) remove(open);
  };

  return {
    async open(userId, listener, first) {
      const userKey = userKeyOf(userId);
      const open: Open = { userKey, listener, told: new Map() };
      put(byUser, userKey, open);
      count += 1;
      const mine = byUser.get(userKey) ?? new Set();
      const [oldest] = mine;
      if (mine.size > MOST_OF_ONE && oldest !== undefined) remove(oldest);
      if (count === 1) {
        heart = setInterval(beat, options.heartbeatMs ?? HEARTBEAT_MS);
        heart.unref();
        options.onFirst();
      }
      // What came before it began was told to nobody.
      if (!listener.tellPlays()) remove(open);
      watch(open, documentRef('saved', userKey).folder);
      watch(open, documentRef('shelf', userKey).folder);
      try {
        for (const { document, revision } of await first()) {
          // It may have ended while that was asked.
          if (byUser.get(userKey)?.has(open) !== true) break;
          const { folder } = documentRef(document, userKey);
          watch(open, folder);
          tell(open, folder, document, revision, false);
        }
      } catch (error) {
        remove(open);
        throw error;
      }
      return { close: () => remove(open) };
    },
    changed({ document, folder, revision, isGone, joined, left }) {
      for (const userKey of joined) for (const open of byUser.get(userKey) ?? []) watch(open, folder);
      for (const open of byFolder.get(folder) ?? []) {
        const isOut = left.includes(open.userKey);
        tell(open, folder, document, revision, isGone || isOut);
        if (!isOut) continue;
        take(byFolder, folder, open);
        open.told.delete(folder);
      }
    },
    playsChanged(userKey) {
      for (const open of byUser.get(userKey) ?? []) if (!open.listener.tellPlays()) remove(open);
    },
    size: () => count,
    close() {
      for (const opens of byUser.values()) for (const open of opens) remove(open);
    },
  };
};
