/**
 * Keeps this computer's library and the service's the same: sends what was made here, in its order, reads what others made. One
 * round at a time; what comes meanwhile is done in the next.
 *
 * A round: ask which documents there are (when that is not known) → send → read what is newer there. It rests until something is to
 * be sent, the service tells of something newer, or it is time to ask; after a failure until the service is reached again, or ever
 * longer.
 */
import { HostFailure } from '../../contract/host-error.ts';
import type { LibrarySync } from '../../contract/library.ts';
import type { DocumentEvent } from '../../contract/library-http.ts';
import { playlistIdOf, type DocumentName } from '../../core/library/documents.ts';
import { inSlices } from '../in-slices.ts';
import type { Clock, Log } from '../ports.ts';
import type { Device } from './device.ts';
import type { Library } from './library.ts';
import type { LibraryClient } from './library-client.ts';
import type { Anew } from './library-document.ts';
import { retryMs } from './retry-ms.ts';
import { createSender } from './sending.ts';

export interface LibrarySynchroniser {
  state(): LibrarySync;
  /** Operations that were refused since the start. */
  refused(): number;
  /** Something was written. */
  toSend(): void;
  serviceReached(): void;
  /** A round now; resolves when it is over, whatever came of it. */
  now(): Promise<void>;
  /** The playlist is here when it resolves. Rejects with a `HostFailure`. */
  read(name: DocumentName): Promise<void>;
  settled(): Promise<void>;
}

/** While nobody tells what has changed. */
const POLL_MS = 20_000;

const isRefusal = (error: unknown): boolean =>
  error instanceof HostFailure && (error.code === 'not_found' || error.code === 'forbidden');

export const createSynchroniser = (options: {
  readonly library: Library;
  readonly client: LibraryClient;
  readonly device: Device;
  readonly userId: string;
  readonly isUnreachable: () => boolean;
  readonly clock: Clock;
  readonly closing: AbortSignal;
  readonly onChange: () => void;
  /** What was played on other devices may be other: the service says so, or nobody says anything and it is time to ask. */
  readonly onPlays: () => void;
  readonly log: Log;
}): LibrarySynchroniser => {
  const { library, client, device, isUnreachable, clock, closing, onChange, onPlays, log } = options;
  /** What the service is known to have that is not here; null: that it has gone. */
  const newer = new Map<DocumentName, number | null>();
  let isListKnown = false;
  let isListening = false;
  let syncedAt: string | null = null;
  let failure: HostFailure | null = null;
  let failures = 0;
  let refused = 0;
  let running: Promise<void> | null = null;
  let isDue = true;
  let resting: AbortController | null = null;
  /** Set once the service is asked to tell; aborted, it is asked again without delay. */
  let hearing: AbortController | null = null;

  const waiting = (): number =>
    library.documents.all().reduce((sum, document) => sum + document.waiting(), 0);
  const state = (): LibrarySync => {
    const changes = waiting();
    if (failure?.code === 'sign_in_required' || failure?.code === 'storage_failed')
      return { state: 'blocked', changes, cause: failure.code };
    if (failure !== null || isUnreachable())
      return {
        state: 'waiting',
        changes,
        cause: failure?.code === 'offline' ? 'offline' : 'service_unreachable',
      };
    if (changes > 0 || syncedAt === null) return { state: 'sending', changes };
    return { state: 'synced', at: syncedAt };
  };

  const readOne = async (name: DocumentName, anew: Anew | null): Promise<void> => {
    const document = library.open(name);
    const reading = document.reading(anew);
    for (let more = true; more;) {
      const body = await client.document(name, reading.revision());
      try {
        more = await inSlices(reading.page(body));
      } catch (error) {
        throw new HostFailure('service_unreachable', `document ${name} is not what was agreed`, {
          cause: error,
        });
      }
    }
    await library.take(document, reading);
  };
  /** Whoever deleted their own playlist may want it back: it is here until the app quits. */
  const isOwnDeleted = (name: DocumentName): boolean => {
    const playlist = library.documents
      .playlist(playlistIdOf(name) ?? '')
      ?.replica()
      .view();
    return playlist?.owner === options.userId && playlist.isDeleted;
  };
  /**
   * What is not this listener's any more is forgotten, unless something of it waits: then the answer to that decides. Saved things
   * and the shelf are always theirs.
   */
  const readOrForget = async (name: DocumentName): Promise<void> => {
    try {
      await readOne(name, null);
    } catch (error) {
      if (!isRefusal(error) || playlistIdOf(name) === null) throw error;
      await library.forget(name, () => !isOwnDeleted(name) && library.open(name).waiting() === 0);
    }
  };
  const beginAnew = async (name: DocumentName, anew: Anew): Promise<void> => {
    try {
      await readOne(name, anew);
    } catch (error) {
      if (!isRefusal(error) || playlistIdOf(name) === null) throw error;
      const document = library.open(name);
      const isUnsent = anew.dropped.size === 0 && document.revision() === 0;
      if (!isUnsent) {
        await library.forget(name, () => true);
        return;
      }
      // The service does not have it yet: it begins with what waits.
      const reading = document.reading(anew);
      await inSlices(
        reading.page({ document: name, snapshot: null, operations: [], revision: 0, more: false }),
      );
      await library.take(document, reading);
    }
  };

  const sender = createSender({
    library,
    client,
    device,
    beginAnew,
    onTaken: (name, revision) => tell({ document: name, revision }),
    onRefused(operations) {
      refused += operations;
      onChange();
    },
    log,
  });

  const tell = ({ document, revision }: DocumentEvent): void => {
    const known = library.documents.find(document);
    if (revision === null ? known !== null : revision > (known?.revision() ?? 0))
      newer.set(document, revision);
  };
  const askList = async (): Promise<void> => {
    const { documents } = await client.documents();
    const there = new Set(documents.map(({ document }) => document));
    for (const document of documents) tell(document);
    for (const { name, revision, waiting: unsent } of library.documents.all()) {
      if (playlistIdOf(name) !== null && !there.has(name) && revision() > 0 && unsent() === 0)
        tell({ document: name, revision: null });
    }
    isListKnown = true;
  };
  const leave = async (name: DocumentName): Promise<void> => {
    const playlist = library.documents
      .playlist(playlistIdOf(name) ?? '')
      ?.replica()
      .view();
    if (playlist?.owner === options.userId) await readOrForget(name);
    else await library.forget(name, () => library.open(name).waiting() === 0);
  };
  const readNewer = async (): Promise<void> => {
    for (const [name, revision] of newer) {
      if (revision === null && !isOwnDeleted(name)) await leave(name);
      else if (revision === null) newer.delete(name);
      else if (revision > (library.documents.find(name)?.revision() ?? 0)) await readOrForget(name);
      if (newer.get(name) === revision) newer.delete(name);
    }
  };

  const round = async (): Promise<void> => {
    isDue = false;
    try {
      if (isUnreachable()) throw new HostFailure('service_unreachable', 'the service is not reached');
      if (!isListKnown) await askList();
      // What is newer there first, so that a shelf is not sent before the playlists on it are known.
      await readNewer();
      await sender.sendAll();
      await readNewer();
      failure = null;
      failures = 0;
      syncedAt = new Date(clock.now()).toISOString();
      void listen();
    } catch (error) {
      if (closing.aborted) return;
      if (!(error instanceof HostFailure)) log.error('library could not be brought up to date', { error });
      failure = error instanceof HostFailure ? error : new HostFailure('internal', String(error));
      failures += 1;
    } finally {
      onChange();
    }
  };
  const now = (): Promise<void> => {
    resting?.abort();
    running ??= round().finally(() => {
      running = null;
      void rest();
    });
    return running;
  };
  const soon = (): void => {
    isDue = true;
    if (running === null && !closing.aborted) void now();
  };
  const rest = async (): Promise<void> => {
    if (closing.aborted) return;
    if (isDue || (failure === null && (newer.size > 0 || waiting() > 0))) {
      void now();
      return;
    }
    const restMs = failure === null ? POLL_MS : retryMs(failures - 1);
    const aborting = new AbortController();
    resting = aborting;
    try {
      await clock.wait(restMs, AbortSignal.any([aborting.signal, closing]));
    } catch {
      // Something is to be done before, or the account is closed.
      return;
    }
    if (!isListening) {
      isListKnown = false;
      onPlays();
    }
    void now();
  };

  /**
   * The service tells of every document when it begins, so nothing that came before is missed. Where it ends or cannot be had it is
   * asked for again ever more seldom, or with the next round that succeeds.
   */
  const listen = async (): Promise<void> => {
    if (hearing !== null) {
      hearing.abort();
      return;
    }
    for (let silent = 0; !closing.aborted; silent += 1) {
      const waiting = new AbortController();
      hearing = waiting;
      try {
        for await (const event of client.events(closing)) {
          isListening = true;
          silent = 0;
          if (event.kind === 'plays') onPlays();
          else tell(event);
          if (newer.size > 0) soon();
        }
      } catch (error) {
        if (!closing.aborted)
          log.info('the service does not tell what changes; it is asked instead', { error });
      }
      isListening = false;
      isListKnown = false;
      try {
        await clock.wait(retryMs(silent), AbortSignal.any([waiting.signal, closing]));
      } catch {
        // The service answers, or the account is closed.
      }
    }
  };

  return {
    state,
    refused: () => refused,
    toSend: () => {
      if (failure === null) soon();
    },
    serviceReached() {
      if (failure !== null && running === null) soon();
    },
    async now() {
      isListKnown = false;
      onPlays();
      await running;
      await now();
    },
    read: (name) => readOne(name, null),
    async settled() {
      await running;
    },
  };
};
