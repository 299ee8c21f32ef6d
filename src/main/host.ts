import { join } from 'node:path';
import { automaticCacheLimit } from '../core/offline/eviction-plan.ts';
import type { ServiceInfo } from '../contract/catalog-http.ts';
import type { HostApi, HostEvents } from '../contract/host-api.ts';
import { HostFailure } from '../contract/host-error.ts';
import { savedPositionSchema, savedQueueSchema } from '../contract/playback-session.ts';
import type { Settings } from '../contract/settings.ts';
import { createAnnouncer } from './announcer.ts';
import { createArtworkCache } from './artwork-cache/artwork-cache.ts';
import { createArtworkFiles } from './artwork-cache/artwork-files.ts';
import { bindCalls, bindHandlers, type HostCall, type HostHandlers } from './bind-calls.ts';
import { createCatalogClient } from './catalog-client/catalog-client.ts';
import { createCatalogWithOffline } from './catalog-client/catalog-with-offline.ts';
import { createServiceRequests } from './catalog-client/service-requests.ts';
import { createDownloads, type DownloadsService } from './downloads/downloads.ts';
import { createPinnedExtras, seenOf } from './downloads/pinned-extras.ts';
import { createHostEvents, type Subscribe } from './events.ts';
import { createHistory, HISTORY_EVENT_ENTRIES } from './history/history.ts';
import { HISTORY_LIMIT, playedEntrySchema } from './history/recent-plays.ts';
import { artworkOf, trackIdOf } from './media-paths.ts';
import { createMeteredWatch } from './network/metered-watch.ts';
import { followHoldings } from './offline-index/follow-holdings.ts';
import { createOfflineIndex } from './offline-index/offline-index.ts';
import { createPlaybackSession, tracksAround } from './playback-session/playback-session.ts';
import type { HostPorts } from './ports.ts';
import { allowedExternalUrl } from './security/external-url.ts';
import { createSettings, storedSettingsSchema } from './settings/settings.ts';
import { createHostStatus, createStatusAnnouncer } from './status/host-status.ts';
import { createServiceStatus } from './status/service-status.ts';
import { createAppendLog } from './storage/append-log.ts';
import { cacheLocationSchema, createCacheLocation } from './storage/cache-location.ts';
import { diskSpaceAt } from './storage/disk-space.ts';
import { createJsonDocument } from './storage/json-document.ts';
import { artworkFolder, createStorageActions } from './storage/storage-actions.ts';
import { sweepAbandoned } from './storage/temporary-file.ts';
import { accountOf } from './track-cache/audio-key.ts';
import type { CacheLimits } from './track-cache/cache-contract.ts';
import { refuseTrack, serveTrack } from './track-cache/serve-track.ts';
import { createTrackCache } from './track-cache/track-cache.ts';

export interface Host {
  /** Each method by name; its argument is checked, failures are thrown. */
  readonly handlers: HostHandlers;
  /** The same as data, for a wire: never rejects. */
  readonly call: HostCall;
  readonly subscribe: Subscribe;
  /** What each event would say now. */
  snapshot(): HostEvents;
  /** Audio by the address of either shell: `track://audio/<id>` or `/tracks/<id>`. */
  serveTrack(request: Request): Promise<Response>;
  /** Pictures: `artwork://image/<id>/<size>` or `/artwork/<id>/<size>`. */
  serveArtwork(request: Request): Promise<Response>;
  /** Ends everything; resolves when nothing is open any more. */
  close(): Promise<void>;
}

const ARTWORK_LIMIT_BYTES = 256 * 1024 ** 2;
/** Until there are accounts, one listener has all there is. */
const ONLY_LISTENER = 'listener';
const TELL_MARKS_EVERY_MS = 500;
const TELL_STATUS_EVERY_MS = 250;

/** The main process of the app without a shell around it: everything that is wired, in the order it is needed. */
export const createHost = async (ports: HostPorts): Promise<Host> => {
  const { serviceUrl, dataFolder, fetch, clock, isOnline, log } = ports;
  const closing = new AbortController();
  const events = createHostEvents(log);
  const document = <Value>(name: string, schema: Parameters<typeof createJsonDocument<Value>>[0]['schema']) =>
    createJsonDocument({ path: join(dataFolder, name), schema, log });
  const announcer = (everyMs: number, tell: () => void) =>
    createAnnouncer({ everyMs, tell, clock, log, closing: closing.signal });

  /** Parts begin to tell of themselves before all of them are there. */
  let isComplete = false;
  const announceStatus = announcer(TELL_STATUS_EVERY_MS, () => {
    if (isComplete) tellStatus();
  });
  let marksRevision = 0;
  const announceMarks = announcer(TELL_MARKS_EVERY_MS, () => {
    marksRevision += 1;
    events.emit('marks', { revision: marksRevision });
  });

  // What is known of the service.
  const requests = createServiceRequests({
    serviceUrl,
    fetch,
    clock,
    isOnline,
    closing: closing.signal,
    onOutcome(outcome) {
      const wasReachable = service.get().state === 'reachable';
      service.report(outcome);
      if (!outcome.reached) return;
      downloads?.serviceReached();
      if (wasReachable) return;
      artworkCache.serviceReached();
      extras.serviceReached();
    },
  });
  const client = createCatalogClient(requests);
  let serviceInfo: ServiceInfo | null = null;
  const service = createServiceStatus({
    ask: async () => {
      serviceInfo = await client.service();
    },
    clock,
    closing: closing.signal,
    onChange() {
      downloads?.serviceChanged();
      // Whether there is a service is news that does not wait for other news.
      if (isComplete) tellStatus();
    },
  });

  // What the listener has set and played, and where music lies.
  void sweepAbandoned(dataFolder, log);
  const [settings, history, location] = await Promise.all([
    createSettings({
      document: document('settings.json', storedSettingsSchema),
      onChange(value) {
        events.emit('settings', value);
        if (isComplete) applySettings(value);
      },
    }),
    createHistory({
      log: createAppendLog({ path: join(dataFolder, 'history.jsonl'), schema: playedEntrySchema, log }),
      clock,
      onChange: (newest) => events.emit('history', newest),
    }),
    createCacheLocation({
      document: document('cache-location.json', cacheLocationSchema),
      defaultFolder: ports.cacheFolder,
      log,
    }),
  ]);
  void location.recover();
  const playback = createPlaybackSession({
    queue: document('queue.json', savedQueueSchema),
    position: document('position.json', savedPositionSchema),
  });

  // Music on this computer, of this listener with this service.
  const account = accountOf(serviceUrl, ONLY_LISTENER);
  const accountFolder = join(dataFolder, 'accounts', account);
  const index = createOfflineIndex({ path: join(accountFolder, 'offline-index.sqlite'), clock, log });
  const space = await diskSpaceAt(location.folder());
  const limitsOf = ({ cachedLimitBytes, pinnedLimitBytes }: Settings): CacheLimits => ({
    cachedBytes: ports.audioLimitBytes ?? cachedLimitBytes ?? automaticCacheLimit(space?.freeBytes ?? 0),
    pinnedBytes: pinnedLimitBytes,
  });
  const trackCache = await createTrackCache({
    folder: location.folder(),
    account,
    dataFolder,
    limits: limitsOf(settings.get()),
    secrets: ports.secrets,
    resolve: (trackId) => client.trackMedia(trackId),
    network: {
      isGone: () => service.get().state === 'unreachable',
      async whyGone() {
        const state = await service.check();
        return state.state === 'unreachable' ? state.cause : null;
      },
    },
    lookUp: (trackId) => index.track(trackId),
    fetch,
    clock,
    log,
    onChange: () => announceStatus(),
  });
  const artworkCache = createArtworkCache({
    files: createArtworkFiles({
      folder: artworkFolder(location.folder()),
      limitBytes: ARTWORK_LIMIT_BYTES,
      clock,
      log,
    }),
    serviceUrl,
    fetch,
    closing: closing.signal,
  });
  const catalog = createCatalogWithOffline({
    service: client,
    index,
    isUnreachable: () => service.get().state === 'unreachable',
    clock,
  });
  const metered = createMeteredWatch({
    ask: ports.isMetered,
    clock,
    closing: closing.signal,
    onChange() {
      downloads?.networkChanged();
      if (isComplete) applySettings(settings.get());
      announceStatus();
    },
  });
  const extras = createPinnedExtras({
    artwork: artworkCache,
    hasDetails: (id) => index.known.trackDetails({ id }) !== null,
    async askDetails(id) {
      index.see({ kind: 'details', trackId: id, details: await client.trackDetails({ id }) });
    },
    closing: closing.signal,
    log,
  });
  let downloads: DownloadsService | null = null;
  downloads = await createDownloads({
    dataFolder: accountFolder,
    cache: {
      ...trackCache,
      setPinned(trackIds) {
        const ids = Array.from(trackIds);
        trackCache.setPinned(ids);
        index.setPinned(ids);
      },
    },
    catalog: client,
    service: () => service.get(),
    isMetered: metered.ask,
    mayUseMetered: () => settings.get().fetchOnMetered,
    clock,
    log,
    onChange() {
      if (downloads === null) return;
      const value = downloads.snapshot();
      extras.pinsAre(value.pins);
      events.emit('downloads', value);
      announceMarks();
      announceStatus();
    },
    onPinContents(contents) {
      for (const seen of seenOf(contents)) index.see(seen);
      extras.contentsKnown(contents);
    },
  });
  const pinned = downloads;
  extras.pinsAre(pinned.snapshot().pins);
  index.see({ kind: 'tracks', tracks: history.recent(HISTORY_LIMIT).map(({ track }) => track) });
  const leaveHoldings = followHoldings({ cache: trackCache, index, log });
  const leaveMarks = trackCache.onHoldingsChanged(() => {
    announceMarks();
    announceStatus();
  });

  const applySettings = (value: Settings): void => {
    const mayFetchAhead = value.prefetch && (metered.last() !== true || value.fetchOnMetered);
    trackCache.setPrefetch(mayFetchAhead);
    downloads?.settingsChanged();
    trackCache
      .setLimits(limitsOf(value))
      .catch((error: unknown) => log.error('limits not applied', { error }));
  };

  const storage = createStorageActions({
    location,
    cache: trackCache,
    artwork: artworkCache,
    removeAllKept: () => pinned.api.removeAll(),
    ports,
    status: () => status(),
    onProgress: () => announceStatus(),
    closing: closing.signal,
    log,
  });

  // What is said of all that.
  const status = createHostStatus({
    service: service.get,
    cache: trackCache,
    folder: location.folder,
    moving: storage.moving,
    secrets: ports.secrets,
    playable: index.playable,
    isMetered: metered.last,
  });
  const tellStatus = createStatusAnnouncer(status, (value) => events.emit('status', value));

  const api: HostApi = {
    app: {
      info: async () => ({
        name: 'Riffle',
        ...ports.app,
        serviceUrl,
        serviceName: serviceInfo?.name ?? null,
        licence: 'MIT',
      }),
      async openExternal({ url }) {
        const allowed = allowedExternalUrl(url);
        if (allowed === null)
          throw new HostFailure('invalid_argument', 'only https and mailto may be opened');
        await ports.openExternal(allowed);
      },
    },
    catalog: {
      ...catalog,
      async album(request) {
        const album = await catalog.album(request);
        if (album.fromComputer !== true) pinned.sourceSeen({ kind: 'album', id: album.id });
        return album;
      },
      async artist(request) {
        const artist = await catalog.artist(request);
        if (artist.fromComputer !== true) pinned.sourceSeen({ kind: 'artist', id: artist.id });
        return artist;
      },
    },
    playback: {
      ...playback,
      async load() {
        const saved = await playback.load();
        if (saved.queue !== null) index.see(tracksAround(saved.queue));
        return saved;
      },
      async saveQueue(queue) {
        index.see(tracksAround(queue));
        await playback.saveQueue(queue);
      },
    },
    history: {
      recent: async ({ limit }) => history.recent(limit),
      async record({ track }) {
        index.see({ kind: 'tracks', tracks: [track] });
        await history.record(track);
      },
      clear: () => history.clear(),
    },
    settings: {
      get: async () => settings.get(),
      change: (changes) => settings.change(changes),
    },
    status: {
      get: async () => status(),
      async check() {
        await service.check();
        return status();
      },
    },
    cache: {
      async clear() {
        await trackCache.clearCached();
        return status();
      },
      expect: async ({ current, upcoming }) => trackCache.expect(current, upcoming),
      warm: ({ trackId }) => trackCache.warm(trackId),
      marks: async ({ trackIds }) => pinned.marks(trackIds),
    },
    downloads: pinned.api,
    computer: {
      albums: async (request) => index.computer.albums(request),
      artists: async (request) => index.computer.artists(request),
      tracks: async (request) => index.computer.tracks(request),
    },
    storage: storage.api,
  };
  const handlers = bindHandlers(api);

  isComplete = true;
  applySettings(settings.get());
  announceStatus();
  // Tells the window early whether the service is there, and leaves a warm connection behind.
  void service.check();

  return {
    handlers,
    call: bindCalls(handlers, log),
    subscribe: events.subscribe,
    snapshot: () => ({
      status: status(),
      settings: settings.get(),
      history: history.recent(HISTORY_EVENT_ENTRIES),
      downloads: pinned.snapshot(),
      marks: { revision: marksRevision },
    }),
    async serveTrack(request) {
      const trackId = trackIdOf(new URL(request.url));
      if (trackId === null) return new Response(null, { status: 404 });
      if (pinned.isLocked(trackId)) return refuseTrack('lease_over');
      return serveTrack(trackCache, trackId, request);
    },
    async serveArtwork(request) {
      const artwork = artworkOf(new URL(request.url));
      return artwork === null ? new Response(null, { status: 404 }) : artworkCache.serve(request, artwork);
    },
    async close() {
      closing.abort();
      events.clear();
      leaveHoldings();
      leaveMarks();
      await pinned.close();
      await Promise.all([trackCache.close(), artworkCache.settled()]);
      await index.close();
    },
  };
};
