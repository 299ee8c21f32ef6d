import { join } from 'node:path';
import type { HostApi, HostStatus } from '../../contract/host-api.ts';
import type { Downloads, Lease, PinSource, TrackMark } from '../../contract/offline.ts';
import type { Clock, Log } from '../ports.ts';
import { createJsonDocument } from '../storage/json-document.ts';
import type { Holding, HoldingsChange, TrackCache } from '../track-cache/cache-contract.ts';
import { createAnnouncer } from '../announcer.ts';
import type { PinnableCatalog, PinnableLists } from './ask-contents.ts';
import { createCatalogFollower } from './catalog-follower.ts';
import { snapshotOf } from './downloads-snapshot.ts';
import { createFetchQueue } from './fetch-queue.ts';
import { createLeaseConfirmer, type Keeping } from './lease-confirmer.ts';
import { createLeaseKeeper, leaseSchema } from './lease-keeper.ts';
import { createPinChanges } from './pin-changes.ts';
import { headingOf, keyOf, tracksOf, type PinContents, type PinDocument } from './pin-contents.ts';
import { createPinFiles } from './pin-files.ts';
import { openPinSettings } from './pin-settings.ts';
import { createPinTable, WAITING } from './pin-table.ts';
import { marksOf } from './track-marks.ts';

export interface DownloadsOptions {
  /** Precious: pins, their order and the lease lie here. */
  readonly dataFolder: string;
  readonly cache: Pick<
    TrackCache,
    'keep' | 'setPinned' | 'holding' | 'remove' | 'onHoldingsChanged' | 'ready'
  >;
  readonly catalog: PinnableCatalog;
  readonly lists: PinnableLists;
  readonly service: () => HostStatus['service'];
  readonly keeping: Keeping;
  readonly isMetered: () => Promise<boolean | null>;
  /** The setting: fetch also on networks that are paid by use. */
  readonly mayUseMetered: () => boolean;
  readonly clock: Clock;
  readonly log: Log;
  /** Told after changes, at most four times a second. Marks of pinned tracks may have changed as well. */
  readonly onChange: () => void;
  /**
   * What a pin consists of: for each at the start, and again whenever the catalog tells otherwise. So that the offline index knows
   * it, and artwork and details are fetched.
   */
  readonly onPinContents: (contents: PinContents, reason: 'loaded' | 'changed') => void;
}

/** Music that is kept offline. The listener's calls resolve when the change is on the disk, and reject with a `HostFailure`. */
export interface DownloadsService {
  readonly api: HostApi['downloads'];
  snapshot(): Downloads;
  marks(trackIds: readonly string[]): Readonly<Record<string, TrackMark>>;
  /** Kept, but its date is over: not to be played until the service is reached. */
  isLocked(trackId: string): boolean;
  /** Every answer of the service says so here, after its status does. Renews the lease when it may; goes on with what waited. */
  serviceReached(): void;
  /** The service's status became another one. */
  serviceChanged(): void;
  /** The listener may keep music now, or may no longer. */
  keepingChanged(): void;
  /** Limits or the wish about metered networks may be others. */
  settingsChanged(): void;
  networkChanged(): void;
  /** An album's or artist's page was shown from the service: if it is kept, it is brought up to date. */
  sourceSeen(source: PinSource): void;
  /** Playlists or liked tracks may be others: those that are kept follow in a moment. */
  listsChanged(): void;
  /** Resolves when nothing is fetched or written any more. */
  close(): Promise<void>;
}

const ANNOUNCE_EVERY_MS = 250;
/** A long list is written whole with each change. */
const FOLLOW_LISTS_EVERY_MS = 2_000;
const TICK_MS = 3_600_000;

export const createDownloads = async (options: DownloadsOptions): Promise<DownloadsService> => {
  const { dataFolder, cache, catalog, service, clock, log } = options;
  const closing = new AbortController();
  const files = createPinFiles({ folder: join(dataFolder, 'pins'), log });
  const table = createPinTable();
  const [documents, settings] = await Promise.all([
    files.load(),
    openPinSettings({ folder: dataFolder, log }),
  ]);

  /** What is only cached, in less than it is to be kept in, is fetched as if it were not there. */
  const holdingToKeep = (trackId: string): Holding | null => {
    const holding = cache.holding(trackId);
    return holding?.isLess === true ? { ...holding, isWhole: false } : holding;
  };
  const put = (document: PinDocument, holding = holdingToKeep): void => {
    const { source, addedAt, contents } = document;
    const heading = headingOf(contents);
    table.put({ key: keyOf(source), source, heading, addedAt }, tracksOf(contents), holding);
  };
  // What was kept stays as it was kept, whatever is set since.
  for (const document of documents) put(document, cache.holding);
  table.arrange(settings.get().order);
  for (const key of settings.get().paused) table.setPaused(key, true);
  // Before anything can be evicted.
  cache.setPinned(table.trackIds());

  const announce = createAnnouncer({
    everyMs: ANNOUNCE_EVERY_MS,
    tell: options.onChange,
    clock,
    log,
    closing: closing.signal,
  });

  const lease = await createLeaseKeeper({
    document: createJsonDocument({ path: join(dataFolder, 'lease.json'), schema: leaseSchema, log }),
    fallbackMs: documents.reduce(
      (latest, { checkedAt }) => Math.max(latest, Date.parse(checkedAt)),
      documents.length === 0 ? clock.now() : 0,
    ),
    isNeeded: () => table.pins().length > 0,
    clock,
    log,
  });
  const leaseNow = (): Lease => (table.pins().length === 0 ? { state: 'none' } : lease.get());
  const changingLease = (change: () => void): void => {
    const before = leaseNow().state;
    change();
    if (leaseNow().state !== before) announce();
  };

  const confirmer = createLeaseConfirmer({
    keeping: options.keeping,
    lease: leaseNow,
    renew: () => changingLease(lease.renew),
    clock,
    log,
  });

  const queue = createFetchQueue({
    table,
    cache,
    service,
    isAllowed: options.keeping.isAllowed,
    isMetered: options.isMetered,
    mayUseMetered: options.mayUseMetered,
    clock,
    log,
    closing: closing.signal,
    onChange: announce,
  });
  queue.setPaused(settings.get().isPaused);

  const snapshot = (): Downloads =>
    snapshotOf({
      table,
      lease: leaseNow(),
      isPaused: settings.get().isPaused,
      obstacle: queue.obstacle(),
      bytesPerSecond: queue.bytesPerSecond(),
    });

  const changes = createPinChanges({
    files,
    settings,
    table,
    queue,
    cache,
    catalog,
    lists: options.lists,
    isAllowed: options.keeping.isAllowed,
    clock,
    log,
    put,
    checked: () => follower.checked(),
    onChecked: (key) => {
      follower.noteChecked(key);
      confirmer.serviceReached();
    },
    onForgotten: (key) => follower.forget(key),
    onPinContents: (contents) => options.onPinContents(contents, 'changed'),
    onChange: announce,
  });
  const follower = createCatalogFollower({
    sources: () => table.pins().map(({ source }) => source),
    checked: settings.get().checked,
    ask: changes.bringUpToDate,
    onRound: changes.noteRound,
    isUnreachable: () => service().state === 'unreachable',
    clock,
    log,
    closing: closing.signal,
  });

  const holdingsChanged = ({ arrived, gone }: HoldingsChange): void => {
    let hasRoom = false;
    for (const trackId of arrived) {
      const standing = table.track(trackId)?.standing;
      // The disk takes what is played: it would take what is kept as well.
      if (standing === undefined) hasRoom = true;
      else if (standing.state !== 'fetching')
        table.setTrack(trackId, { state: 'kept' }, cache.holding(trackId));
    }
    for (const trackId of gone) {
      const standing = table.track(trackId)?.standing;
      if (standing?.state !== 'kept') continue;
      log.warn('kept track is gone from the disk and is fetched again', { trackId });
      table.setTrack(trackId, WAITING, cache.holding(trackId));
      hasRoom = true;
    }
    if (hasRoom) queue.roomChanged();
    queue.update();
    announce();
  };
  const unsubscribe = cache.onHoldingsChanged(holdingsChanged);

  const begin = async (): Promise<void> => {
    await cache.ready;
    for (const trackId of table.trackIds()) {
      const holding = cache.holding(trackId);
      const standing = table.track(trackId)?.standing ?? WAITING;
      table.setTrack(trackId, holding?.isWhole === true ? { state: 'kept' } : standing, holding);
    }
    queue.start();
    announce();
  };
  const begun = begin().catch((error: unknown) => log.error('kept music could not be looked at', { error }));

  const keepTime = async (): Promise<void> => {
    try {
      for (;;) {
        await clock.wait(TICK_MS, closing.signal);
        changingLease(() => lease.tick(TICK_MS));
        if (service().state !== 'reachable') continue;
        confirmer.serviceReached();
        follower.reached();
      }
    } catch (error) {
      if (!closing.signal.aborted) log.error('the hours are no longer counted', { error });
    }
  };
  void keepTime();

  for (const { contents } of documents) options.onPinContents(contents, 'loaded');

  const followLists = createAnnouncer({
    everyMs: FOLLOW_LISTS_EVERY_MS,
    tell() {
      for (const { source, key } of table.pins()) {
        if (source.kind !== 'playlist' && source.kind !== 'saved-tracks') continue;
        changes
          .bringUpToDate(source)
          .catch((error: unknown) => log.warn('kept list could not be brought up to date', { key, error }));
      }
    },
    clock,
    log,
    closing: closing.signal,
  });

  const answering =
    <Request>(change: (request: Request) => Promise<void>) =>
    async (request: Request): Promise<Downloads> => {
      await change(request);
      return snapshot();
    };

  return {
    api: {
      async get() {
        await begun;
        return snapshot();
      },
      pin: answering(changes.pin),
      unpin: answering(changes.unpin),
      pause: answering(changes.pause),
      resume: answering(changes.resume),
      retry: answering(changes.retry),
      move: answering(changes.move),
      removeAll: () => answering(changes.removeAll)(undefined),
    },
    snapshot,
    marks: (trackIds) => marksOf(trackIds, { table, cache, isLeaseOver: lease.isOver() }),
    isLocked: (trackId) => table.track(trackId) !== undefined && lease.isOver(),
    serviceReached() {
      confirmer.serviceReached();
      queue.serviceReached();
      follower.reached();
    },
    serviceChanged() {
      queue.update();
      announce();
    },
    keepingChanged() {
      confirmer.keepingChanged();
      queue.update();
      announce();
    },
    settingsChanged() {
      queue.roomChanged();
      queue.networkChanged();
      announce();
    },
    networkChanged() {
      queue.networkChanged();
      announce();
    },
    sourceSeen(source) {
      if (table.pin(keyOf(source)) !== undefined) follower.seen(source);
    },
    listsChanged: followLists,
    async close() {
      closing.abort();
      unsubscribe();
      await Promise.all([queue.settled(), follower.settled()]);
      await Promise.all([changes.settled(), confirmer.settled()]);
      await lease.settled();
    },
  };
};
