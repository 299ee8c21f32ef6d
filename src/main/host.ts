import { join } from 'node:path';
import type { ServiceInfo } from '../contract/catalog-http.ts';
import type { HostApi, HostEvents, HostStatus } from '../contract/host-api.ts';
import { HostFailure } from '../contract/host-error.ts';
import { savedPositionSchema, savedQueueSchema } from '../contract/playback-session.ts';
import { createArtworkCache } from './artwork-cache/artwork-cache.ts';
import { createArtworkFiles } from './artwork-cache/artwork-files.ts';
import { bindCalls, bindHandlers, type HostCall, type HostHandlers } from './bind-calls.ts';
import { createCatalogClient } from './catalog-client/catalog-client.ts';
import { createServiceRequests } from './catalog-client/service-requests.ts';
import { createHostEvents, type Subscribe } from './events.ts';
import { createHistory, HISTORY_EVENT_ENTRIES } from './history/history.ts';
import { playedEntrySchema } from './history/recent-plays.ts';
import { artworkOf, trackIdOf } from './media-paths.ts';
import { createPlaybackSession } from './playback-session/playback-session.ts';
import type { HostPorts } from './ports.ts';
import { allowedExternalUrl } from './security/external-url.ts';
import { createSettings, storedSettingsSchema } from './settings/settings.ts';
import { createStatusAnnouncer } from './status/host-status.ts';
import { createServiceStatus } from './status/service-status.ts';
import { createAppendLog } from './storage/append-log.ts';
import { createJsonDocument } from './storage/json-document.ts';
import { sweepAbandoned } from './storage/temporary-file.ts';
import { serveTrack } from './track-cache/serve-track.ts';
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

export const DEFAULT_AUDIO_LIMIT_BYTES = 2 * 1024 ** 3;
const ARTWORK_LIMIT_BYTES = 256 * 1024 ** 2;

/** The main process of the app without a shell around it: everything that is wired, in the order it is needed. */
export const createHost = async (ports: HostPorts): Promise<Host> => {
  const { serviceUrl, dataFolder, cacheFolder, fetch, clock, isOnline, log } = ports;
  const closing = new AbortController();
  const events = createHostEvents(log);
  const document = <Value>(name: string, schema: Parameters<typeof createJsonDocument<Value>>[0]['schema']) =>
    createJsonDocument({ path: join(dataFolder, name), schema, log });

  const requests = createServiceRequests({
    serviceUrl,
    fetch,
    clock,
    isOnline,
    closing: closing.signal,
    onOutcome: (outcome) => service.report(outcome),
  });
  const catalog = createCatalogClient(requests);

  let serviceInfo: ServiceInfo | null = null;
  const service = createServiceStatus({
    ask: async () => {
      serviceInfo = await catalog.service();
    },
    clock,
    closing: closing.signal,
    onChange: () => announceStatus(),
  });

  const trackCache = createTrackCache({
    folder: cacheFolder,
    limitBytes: ports.audioLimitBytes ?? DEFAULT_AUDIO_LIMIT_BYTES,
    resolve: (trackId) => catalog.trackMedia(trackId),
    fetch,
    clock,
    log,
    onChange: () => announceStatus(),
  });
  const artworkCache = createArtworkCache({
    files: createArtworkFiles({
      folder: join(cacheFolder, 'artwork'),
      limitBytes: ARTWORK_LIMIT_BYTES,
      clock,
      log,
    }),
    serviceUrl,
    fetch,
    closing: closing.signal,
  });

  const status = (): HostStatus => ({ service: service.get(), cache: trackCache.stats() });
  const announceStatus = createStatusAnnouncer(status, (value) => events.emit('status', value));

  void sweepAbandoned(dataFolder, log);
  const [settings, history] = await Promise.all([
    createSettings({
      document: document('settings.json', storedSettingsSchema),
      onChange: (value) => events.emit('settings', value),
    }),
    createHistory({
      log: createAppendLog({ path: join(dataFolder, 'history.jsonl'), schema: playedEntrySchema, log }),
      clock,
      onChange: (newest) => events.emit('history', newest),
    }),
  ]);
  const playback = createPlaybackSession({
    queue: document('queue.json', savedQueueSchema),
    position: document('position.json', savedPositionSchema),
  });

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
    catalog,
    playback,
    history: {
      recent: async ({ limit }) => history.recent(limit),
      record: ({ track }) => history.record(track),
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
        await trackCache.clear();
        return status();
      },
    },
  };
  const handlers = bindHandlers(api);

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
    }),
    async serveTrack(request) {
      const trackId = trackIdOf(new URL(request.url));
      return trackId === null
        ? new Response(null, { status: 404 })
        : serveTrack(trackCache, trackId, request);
    },
    async serveArtwork(request) {
      const artwork = artworkOf(new URL(request.url));
      return artwork === null ? new Response(null, { status: 404 }) : artworkCache.serve(request, artwork);
    },
    async close() {
      closing.abort();
      events.clear();
      await Promise.all([trackCache.close(), artworkCache.settled()]);
    },
  };
};
