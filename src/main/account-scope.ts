import { join } from 'node:path';
import { wantedQuality, type QualitySetting } from '../core/entitlement/wanted-quality.ts';
import { automaticCacheLimit } from '../core/offline/eviction-plan.ts';
import { catalogPaths } from '../contract/catalog-http.ts';
import { HostFailure } from '../contract/host-error.ts';
import { savedPositionSchema, savedQueueSchema } from '../contract/playback-session.ts';
import type { Settings } from '../contract/settings.ts';
import type { AccountApi, AccountScope, AccountScopeOptions } from './account-scope-contract.ts';
import { createTakeOut } from './account-data/take-out.ts';
import { createAds } from './ads/ads.ts';
import { createAnnouncer } from './announcer.ts';
import { createArtworkCache } from './artwork-cache/artwork-cache.ts';
import { createArtworkFiles } from './artwork-cache/artwork-files.ts';
import { createCatalogClient } from './catalog-client/catalog-client.ts';
import { createShareApi } from './share/share-api.ts';
import { createCatalogWithOffline } from './catalog-client/catalog-with-offline.ts';
import { createServiceRequests } from './catalog-client/service-requests.ts';
import { createDownloads, type DownloadsService } from './downloads/downloads.ts';
import { createPinnedExtras, seenOf } from './downloads/pinned-extras.ts';
import { createListeningArea } from './history/listening-area.ts';
import { privateAds, privatePlayback } from './history/private-session.ts';
import { accountFolder } from './account-folder.ts';
import { createAccountMedia } from './account-media.ts';
import { cacheCalls, computerCalls } from './computer-calls.ts';
import { createExchangeArea, type ExchangeArea } from './exchange/exchange-area.ts';
import { createFinder } from './exchange/finder.ts';
import { createLibraryArea, type LibraryArea } from './library/library-area.ts';
import { createLineRate } from './network/line-rate.ts';
import { createMeteredWatch } from './network/metered-watch.ts';
import { followHoldings } from './offline-index/follow-holdings.ts';
import { seeingCatalog, seeingPlayback } from './seeing-calls.ts';
import { createNeverForgotten } from './offline-index/never-forgotten.ts';
import { createOfflineIndex } from './offline-index/offline-index.ts';
import { createPlaybackSession } from './playback-session/playback-session.ts';
import { createHostStatus, createStatusAnnouncer } from './status/host-status.ts';
import { createServiceStatus } from './status/service-status.ts';
import { diskSpaceAt } from './storage/disk-space.ts';
import { createJsonDocument } from './storage/json-document.ts';
import { createSlottedDocument } from './storage/slotted-document.ts';
import { artworkFolder, createStorageActions } from './storage/storage-actions.ts';
import type { CacheLimits } from './track-cache/cache-contract.ts';
import type { QualityWish } from './track-cache/quality-wish.ts';
import { createTrackCache } from './track-cache/track-cache.ts';

const ARTWORK_LIMIT_BYTES = 256 * 1024 ** 2;
const TELL_MARKS_EVERY_MS = 500;
const TELL_STATUS_EVERY_MS = 250;

/** Everything of one account that is wired, in the order it is needed. */
export const createAccountScope = async (options: AccountScopeOptions): Promise<AccountScope> => {
  const { account, accountNow, ports, location, settings, events } = options;
  const { dataFolder, fetch, clock, isOnline, log } = ports;
  const { serviceUrl } = account;
  const folder = accountFolder(dataFolder, account.id);
  const closing = new AbortController();
  const document = <Value>(name: string, schema: Parameters<typeof createJsonDocument<Value>>[0]['schema']) =>
    createJsonDocument({ path: join(folder, name), schema, log });
  const announcer = (everyMs: number, tell: () => void) =>
    createAnnouncer({ everyMs, tell, clock, log, closing: closing.signal });

  let library: LibraryArea | null = null;
  let exchange: ExchangeArea | null = null;
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
    tokens: options.tokens,
    onTier: options.onTier,
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
      ads.serviceReached();
      library?.serviceReached();
      exchange?.serviceReached();
      listening.networkBack();
      options.onServiceReached();
    },
  });
  const client = createCatalogClient(requests);
  const service = createServiceStatus({
    ask: async () => void (await client.service()),
    clock,
    closing: closing.signal,
    onChange() {
      downloads?.serviceChanged();
      library?.serviceChanged();
      // Whether there is a service is news that does not wait for other news.
      if (isComplete) tellStatus();
    },
  });
  const isUnreachable = (): boolean => service.get().state === 'unreachable';

  // What was played, and where the listener was.
  const position = createSlottedDocument({
    path: join(folder, 'position.slots'),
    schema: savedPositionSchema,
    former: {
      path: join(folder, 'position.json'),
      document: document('position.json', savedPositionSchema),
    },
    clock,
    log,
  });
  const playback = createPlaybackSession({ queue: document('queue.json', savedQueueSchema), position });

  // Music on this computer.
  const index = createOfflineIndex({ path: join(folder, 'offline-index.sqlite'), clock, log });
  const listening = await createListeningArea({
    ...options,
    folder,
    see: index.see,
    knownTrack: index.track,
    requests,
    isUnreachable,
    onPlays: () => library?.played(),
  });
  const lineRate = createLineRate();
  const wishFor = (setting: QualitySetting): QualityWish => ({
    quality: wantedQuality({
      setting,
      allowed: accountNow().me.entitlement.qualities,
      throughputBps: lineRate.bitsPerSecond(),
      isMetered: metered.last() === true && !settings().fetchOnMetered,
    }),
    isFirm: setting !== 'automatic',
  });
  const space = await diskSpaceAt(location.folder());
  const limitsOf = ({ cachedLimitBytes, pinnedLimitBytes }: Settings): CacheLimits => ({
    cachedBytes: ports.audioLimitBytes ?? cachedLimitBytes ?? automaticCacheLimit(space?.freeBytes ?? 0),
    pinnedBytes: pinnedLimitBytes,
  });
  const trackCache = await createTrackCache({
    folder: location.folder(),
    account: account.id,
    dataFolder,
    limits: limitsOf(settings()),
    secrets: ports.secrets,
    resolve: (trackId, query) => client.trackMedia(trackId, query),
    network: {
      isGone: isUnreachable,
      async whyGone() {
        const state = await service.check();
        return state.state === 'unreachable' ? state.cause : null;
      },
    },
    lookUp: (trackId) => index.track(trackId),
    wishes: {
      playing: () => wishFor(settings().streamingQuality),
      keeping: () => wishFor(settings().downloadQuality),
    },
    onTransfer: lineRate.came,
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
  const catalog = createCatalogWithOffline({ service: client, index, isUnreachable, clock });
  const metered = createMeteredWatch({
    ask: ports.isMetered,
    clock,
    closing: closing.signal,
    onChange() {
      // Another network is another line.
      lineRate.forget();
      downloads?.networkChanged();
      if (isComplete) applySettings(settings());
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
  const notReadYet = (): never => {
    throw new HostFailure('internal', 'the library is not wired yet');
  };
  const neverForget = createNeverForgotten(index.setPinned);
  let downloads: DownloadsService | null = null;
  downloads = await createDownloads({
    dataFolder: folder,
    cache: {
      ...trackCache,
      setPinned(trackIds) {
        const ids = Array.from(trackIds);
        trackCache.setPinned(ids);
        neverForget.pinned(ids);
      },
    },
    catalog: client,
    lists: async (source) => library?.pinnedList(source) ?? notReadYet(),
    service: () => service.get(),
    keeping: {
      isAllowed: () => accountNow().me.entitlement.offline,
      confirm: account.isPersonal ? async () => void (await client.lease()) : null,
    },
    isMetered: metered.ask,
    mayUseMetered: () => settings().fetchOnMetered,
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
  index.see({ kind: 'tracks', tracks: listening.tracks() });
  const leaveHoldings = followHoldings({ cache: trackCache, index, log });
  const leaveMarks = trackCache.onHoldingsChanged(() => {
    announceMarks();
    announceStatus();
  });

  // Likes, playlists, shelf.
  library = createLibraryArea({
    folder,
    account,
    accountNow,
    requests,
    index,
    plays: listening.plays,
    isUnreachable,
    onTracks: neverForget.inLibrary,
    onShown: () => downloads?.listsChanged(),
    onChange: (value) => events.emit('library', value),
    onPlays: listening.lookElsewhere,
    clock,
    log,
  });
  const ownLibrary = library;
  exchange = createExchangeArea({
    folder,
    finder: createFinder({ post: requests.post, search: client.search, index }),
    ports: { ...ownLibrary, bringInPlays: listening.bringIn },
    onChange: (value) => events.emit('import', value),
    clock,
    log,
  });
  const ownExchange = exchange;

  const applySettings = (value: Settings): void => {
    const mayFetchAhead = value.prefetch && (metered.last() !== true || value.fetchOnMetered);
    trackCache.setPrefetch(mayFetchAhead);
    downloads?.settingsChanged();
    listening.keepChanged();
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
  const ads = createAds({
    folder,
    post: requests.post,
    fetch,
    isUnreachable,
    clock,
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

  const api: AccountApi = {
    ads: privateAds(ads.api, options.privacy),
    catalog: seeingCatalog(catalog, pinned.sourceSeen),
    playback: privatePlayback(seeingPlayback(playback, index.see), options.privacy),
    ...listening.api,
    status: {
      get: async () => status(),
      async check() {
        await service.check();
        return status();
      },
    },
    cache: cacheCalls({ trackCache, marks: pinned.marks, status: () => status() }),
    downloads: pinned.api,
    computer: computerCalls(index),
    storage: storage.api,
    share: createShareApi(client, requests),
    library: ownLibrary.library,
    exchange: ownExchange.api,
    accountData: createTakeOut({ ...options, ...ownLibrary, ...listening.api, requests }),
    playlists: ownLibrary.playlists,
  };

  const media = createAccountMedia({
    ads,
    trackCache,
    artworkCache,
    isLocked: pinned.isLocked,
    seekPoints: {
      describe: trackCache.describe,
      known: index.known.trackDetails,
      ask: catalog.trackDetails,
      isUnreachable,
      clock,
    },
  });

  isComplete = true;
  applySettings(settings());
  announceStatus();
  // Tells the window early whether the service is there, and leaves a warm connection behind.
  void service.check();
  listening.lookElsewhere();

  return {
    api,
    snapshot: () => ({
      status: status(),
      ...listening.snapshot(),
      downloads: pinned.snapshot(),
      marks: { revision: marksRevision },
      library: ownLibrary.snapshot(),
      import: ownExchange.snapshot(),
    }),
    ...media,
    sendReport: async (report) => void (await requests.post(catalogPaths.reports, report, null)),
    settingsChanged: applySettings,
    turnBehindMusic: (signal) => trackCache.turnBehindMusic(signal),
    accountChanged: () => pinned.keepingChanged(),
    async close() {
      closing.abort();
      leaveHoldings();
      leaveMarks();
      await ownExchange.close();
      await ownLibrary.close();
      await listening.close();
      await pinned.close();
      await Promise.all([position.close(), trackCache.close(), artworkCache.settled(), ads.close()]);
      await index.close();
    },
  };
};
