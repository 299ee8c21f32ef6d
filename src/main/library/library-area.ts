/** Everything about the listener's library, wired: what of the account scope is concerned with it. */
import { join } from 'node:path';
import type { LibraryApi, LibraryState, PlaylistsApi } from '../../contract/library.ts';
import { HostFailure } from '../../contract/host-error.ts';
import type { PinSource } from '../../contract/offline.ts';
import type { Account } from '../../contract/session.ts';
import { playlistDocument } from '../../core/library/documents.ts';
import { roleIn } from '../../core/library/playlist-view.ts';
import { SAVED_KINDS } from '../../core/library/operations.ts';
import { joinUrl } from '../../core/share/share-link.ts';
import { eachInSteps, type Steps } from '../../core/work/steps.ts';
import { createAnnouncer } from '../announcer.ts';
import type { ServiceRequests } from '../catalog-client/service-requests.ts';
import type { PinnedList } from '../downloads/pin-contents.ts';
import { inSlices } from '../in-slices.ts';
import type { OfflineIndex } from '../offline-index/offline-index.ts';
import type { Clock, Log } from '../ports.ts';
import { createJsonDocument } from '../storage/json-document.ts';
import { deviceDocumentSchema, openDevice } from './device.ts';
import { createKnownRows, type KnownThings } from './known-rows.ts';
import { createLibraryApi, shelvedPlaylists, shownPlaylists } from './library-api.ts';
import { libraryCalls } from './library-calls.ts';
import { createLibraryClient } from './library-client.ts';
import { createLibraryFiles } from './library-files.ts';
import { openLibrary, type Library } from './library.ts';
import { createMemberNames } from './member-names.ts';
import type { PlayFacts } from './play-facts.ts';
import { pinnedList } from './pinned-list.ts';
import { createPlaylistLists, type PlaylistLists } from './playlist-lists.ts';
import { createPlaylistsApi, type PlaylistService } from './playlists-api.ts';
import { createSavedLists } from './saved-lists.ts';
import { createSmartLists } from './smart-lists.ts';
import { createSynchroniser, type LibrarySynchroniser } from './sync.ts';
import { createThingFinder } from './thing-finder.ts';
import { createVisitedFiles } from './visited-files.ts';
import { openVisitedPlaylists, type VisitedPlaylists } from './visited-playlists.ts';

export interface LibraryArea {
  readonly library: LibraryApi;
  readonly playlists: PlaylistsApi;
  snapshot(): LibraryState;
  serviceReached(): void;
  /** Whether the service is there is another answer than a moment ago. */
  serviceChanged(): void;
  /** What a playlist or the liked tracks are now, for whoever keeps them offline. Rejects with `not_found`, `storage_failed`. */
  pinnedList(source: PinSource): Promise<PinnedList>;
  /** Something was played: smart playlists may hold others, and lists by plays stand otherwise. */
  played(): void;
  /** Resolves when nothing is sent or written any more. */
  close(): Promise<void>;
}

export const NO_LIBRARY: LibraryState = {
  revision: 0,
  counts: { track: 0, album: 0, artist: 0, playlist: 0 },
  sync: { state: 'local' },
  refused: 0,
};
/** Some ten times a second. */
const TELL_EVERY_MS = 100;
const LOOK_EVERY_MS = 250;
const KEEP_EVERY_MS = 10_000;

/** A deleted one too, as long as it is here. */
const isOwn = (library: Library, id: string, userId: string): boolean => {
  const view = library.documents.playlist(id)?.replica().view();
  const role = view === undefined ? null : roleIn(view, userId);
  return role !== null && role !== 'visitor';
};

interface Opened {
  readonly library: LibraryApi;
  readonly playlists: PlaylistsApi;
  readonly documents: Library;
  readonly lists: PlaylistLists;
  readonly visited: VisitedPlaylists;
  readonly state: () => LibraryState;
  readonly sync: LibrarySynchroniser | null;
  readonly look: () => void;
  readonly settled: () => Promise<void>;
}

/** Reads the library in the background; what is asked of it waits for that. */
export const createLibraryArea = (options: {
  /** Of the account. */
  readonly folder: string;
  readonly account: Account;
  readonly accountNow: () => Account;
  readonly requests: ServiceRequests;
  readonly index: Pick<OfflineIndex, 'track' | 'parts' | 'see'>;
  readonly plays: PlayFacts;
  readonly isUnreachable: () => boolean;
  /** What is in the library now: what is known of it is never to be forgotten. */
  readonly onTracks: (trackIds: Iterable<string>) => void;
  /** Playlists or liked tracks may hold others. */
  readonly onShown: () => void;
  readonly onChange: (state: LibraryState) => void;
  /** What was played on other devices may be other than it was. */
  readonly onPlays: () => void;
  readonly clock: Clock;
  readonly log: Log;
}): LibraryArea => {
  const { account, accountNow, index, plays, isUnreachable, onChange, clock, log } = options;
  const folder = join(options.folder, 'library');
  const closing = new AbortController();
  const userId = account.me.id;
  const { isPersonal } = account;
  const things: KnownThings = { track: index.track, album: index.parts.album, artist: index.parts.artist };
  const client = createLibraryClient(options.requests);
  let opened: Opened | null = null;

  const announcer = (everyMs: number, tell: () => void | Promise<void>) =>
    createAnnouncer({ everyMs, tell, clock, log, closing: closing.signal });

  function* tracksOf(library: Library, visited: VisitedPlaylists): Steps<ReadonlySet<string>> {
    const ids = new Set<string>();
    yield* eachInSteps(library.documents.saved().replica().list('track'), ({ id }) => ids.add(id));
    for (const playlist of library.documents.playlists())
      yield* eachInSteps(playlist.replica().view().items, ({ trackId }) => ids.add(trackId));
    for (const { items } of visited.all()) yield* eachInSteps(items, ({ trackId }) => ids.add(trackId));
    return ids;
  }

  const open = async (): Promise<Opened> => {
    const device = await openDevice({
      document: createJsonDocument({ path: join(folder, 'device.json'), schema: deviceDocumentSchema, log }),
      now: clock.now,
    });
    let sync: LibrarySynchroniser | null = null;
    const tell = announcer(TELL_EVERY_MS, () => onChange(state()));
    const keep = announcer(KEEP_EVERY_MS, async () => {
      const ids = await inSlices(tracksOf(library, visited));
      if (!closing.signal.aborted) options.onTracks(ids);
    });
    const look = announcer(LOOK_EVERY_MS, () => {
      keep();
      options.onShown();
      finder.look();
      if (!isPersonal) return;
      names.look();
      visited.look();
    });
    const library = await openLibrary({
      files: createLibraryFiles({ folder, log }),
      device,
      userId,
      isSynced: isPersonal,
      onChange(what) {
        tell();
        if (what === 'shown') look();
        else sync?.toSend();
      },
      log,
    });
    const rows = createKnownRows(things);
    const smart = createSmartLists({
      library,
      things,
      trackIds: index.parts.trackIds,
      plays,
      now: clock.now,
    });
    const visited = await openVisitedPlaylists({
      files: createVisitedFiles({ folder: join(folder, 'visited'), log }),
      client,
      isUnreachable,
      onShelf: () => shelvedPlaylists(library),
      isOwn: (id) => isOwn(library, id, userId),
      isOwnKnown: () => sync?.state().state === 'synced',
      know: (trackIds) => finder.know(trackIds),
      now: clock.now,
      onChange: library.touched,
      closing: closing.signal,
      log,
    });
    const finder = createThingFinder({
      library,
      otherLists: () => visited.all().map(({ items }) => items),
      client,
      unknown: index.parts.unknown,
      see: index.see,
      isUnreachable,
      onFound(kind, ids) {
        rows.forget(kind, ids);
        if (kind === 'track') smart.forget(ids);
        library.touched();
      },
      closing: closing.signal,
      log,
    });
    const names = createMemberNames({ library, client, isUnreachable, onFound: library.touched, log });
    const lists = createPlaylistLists({
      library,
      things,
      rows,
      smart,
      visited: visited.find,
      me: () => accountNow().me,
      nameOf: names.of,
    });
    const state = (): LibraryState => {
      const saved = library.documents.saved().replica();
      const counts = Object.fromEntries(SAVED_KINDS.map((kind) => [kind, saved.list(kind).length]));
      return {
        revision: library.revision(),
        counts: { track: 0, album: 0, artist: 0, ...counts, playlist: shownPlaylists(library, lists).length },
        sync: sync?.state() ?? { state: 'local' },
        refused: sync?.refused() ?? 0,
      };
    };
    if (isPersonal)
      sync = createSynchroniser({
        library,
        client,
        device,
        userId,
        isUnreachable,
        clock,
        closing: closing.signal,
        onChange() {
          tell();
          visited.look();
        },
        onPlays: options.onPlays,
        log,
      });
    const synced = sync;
    look();
    tell();
    void synced?.now();
    return {
      documents: library,
      lists,
      visited,
      state,
      sync: synced,
      look,
      library: createLibraryApi({
        library,
        saved: createSavedLists({ library, rows, plays }),
        playlists: lists,
        things,
        state,
        syncNow: async () => synced?.now(),
      }),
      playlists: createPlaylistsApi({
        library,
        playlists: lists,
        smart,
        things,
        userId,
        service: playlistService(synced, visited),
      }),
      async settled() {
        await Promise.all([synced?.settled(), finder.settled(), visited.settled()]);
        await library.settled();
      },
    };
  };

  const playlistService = (sync: LibrarySynchroniser | null, visited: VisitedPlaylists): PlaylistService => {
    const synced = (): LibrarySynchroniser => {
      if (sync === null)
        throw new HostFailure('sign_in_required', 'a service without sign-in keeps no library');
      return sync;
    };
    return {
      async visit(id, shareId) {
        synced();
        await visited.visit(id, shareId);
      },
      async uploadPicture(image, contentType) {
        synced();
        return client.uploadPicture(image, contentType);
      },
      async invite(id, role) {
        // The service cannot invite to what it does not have.
        await synced().now();
        const { code, expiresAt } = await client.invite(id, role);
        return { url: joinUrl(account.serviceUrl, code), expiresAt };
      },
      async revokeInvitations(id) {
        synced();
        await client.revokeInvitations(id);
      },
      async join(code) {
        const { id } = await client.join(code);
        await synced().read(playlistDocument(id));
        return id;
      },
    };
  };

  let current: Promise<Opened> | null = null;
  const opening = (): Promise<Opened> => {
    current ??= open().then(
      (value) => {
        opened = value;
        return value;
      },
      (error: unknown) => {
        // The next call tries again.
        current = null;
        throw error;
      },
    );
    return current;
  };
  opening().catch((error: unknown) => log.error('library cannot be read', { error }));

  return {
    ...libraryCalls(opening),
    snapshot: () => opened?.state() ?? NO_LIBRARY,
    serviceReached() {
      opened?.sync?.serviceReached();
      // What is shown as it was once is asked for anew.
      if (opened?.visited.all().some(({ isOld }) => isOld) === true) opened.documents.touched();
      opened?.look();
    },
    serviceChanged() {
      if (opened !== null) onChange(opened.state());
    },
    pinnedList: async (source) => pinnedList({ ...(await opening()), things }, source),
    played: () => opened?.documents.touched(),
    async close() {
      closing.abort();
      await current?.then(
        (value) => value.settled(),
        () => undefined,
      );
    },
  };
};
