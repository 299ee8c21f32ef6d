import { onTestFinished } from 'vitest';
import type { HostStatus } from '../../src/contract/host-api.ts';
import type { Downloads, Pin, PinSource } from '../../src/contract/offline.ts';
import { createDownloads, type DownloadsService } from '../../src/main/downloads/downloads.ts';
import { HostFailure } from '../../src/contract/host-error.ts';
import type { PinnableLists } from '../../src/main/downloads/ask-contents.ts';
import type { PinContents } from '../../src/main/downloads/pin-contents.ts';
import type { Clock } from '../../src/main/ports.ts';
import { createFakeCatalog, pinAlbum, pinTrack, type FakeCatalog } from '../fakes/fake-catalog.ts';
import { createFakeTrackCache, type FakeTrackCache } from '../fakes/fake-track-cache.ts';
import { handClock, type HandClock } from '../host/hand-clock.ts';
import { recordLog, type RecordedLog } from '../host/silent-log.ts';
import { temporaryFolder } from '../host/temporary-folder.ts';

/** Of each track; the estimate from bitrate and length gives the same. */
export const TRACK_BYTES = 1_000_000;
/** A slow disk alone takes seconds. */
const DEADLINE_MS = 20_000;

/** Waits for a fact; what it last looked like is in the error. */
export const until = async (what: string, isSo: () => boolean, look?: () => unknown): Promise<void> => {
  const deadline = Date.now() + DEADLINE_MS;
  while (!isSo()) {
    if (Date.now() > deadline) throw new Error(`never: ${what}; ${JSON.stringify(look?.(), null, 1)}`);
    await new Promise((resolve) => {
      setTimeout(resolve, 1);
    });
  }
};

export interface Computer {
  readonly folder: string;
  readonly clock: HandClock;
  readonly cache: FakeTrackCache;
  readonly catalog: FakeCatalog;
  readonly log: RecordedLog;
  readonly world: {
    service: HostStatus['service'];
    isMetered: boolean | null;
    mayUseMetered: boolean;
    mayKeep: boolean;
    /** The service's word that music may be kept on; null where any answer is that word. */
    confirm: (() => Promise<void>) | null;
    /** How often a change was told. */
    told: number;
    /** What playlists and liked tracks hold. */
    lists: PinnableLists;
    readonly contents: { readonly contents: PinContents; readonly reason: string }[];
  };
  /** The app starts. */
  start(clock?: Clock): Promise<DownloadsService>;
  /** An album of this many tracks is in the catalog. */
  album(title: string, count: number): PinSource;
}

export const computer = async (): Promise<Computer> => {
  const folder = await temporaryFolder();
  const clock = handClock();
  const catalog = createFakeCatalog();
  const cache = createFakeTrackCache({ bytesOf: () => TRACK_BYTES });
  const log = recordLog();
  const world: Computer['world'] = {
    service: { state: 'reachable', checkedAt: new Date(clock.now()).toISOString() },
    isMetered: false,
    mayUseMetered: false,
    mayKeep: true,
    confirm: null,
    told: 0,
    contents: [],
    lists: () => Promise.reject(new HostFailure('not_found', 'no such list')),
  };
  return {
    folder,
    clock,
    cache,
    catalog,
    log,
    world,
    async start(otherClock = clock) {
      const downloads = await createDownloads({
        dataFolder: folder,
        cache,
        catalog,
        lists: (source) => world.lists(source),
        service: () => world.service,
        keeping: { isAllowed: () => world.mayKeep, confirm: world.confirm },
        isMetered: async () => world.isMetered,
        mayUseMetered: () => world.mayUseMetered,
        clock: otherClock,
        log,
        onChange: () => {
          world.told += 1;
        },
        onPinContents: (contents, reason) => world.contents.push({ contents, reason }),
      });
      onTestFinished(() => downloads.close());
      return downloads;
    },
    album(title, count) {
      const tracks = Array.from({ length: count }, (_, index) =>
        pinTrack(`${title} ${index + 1}`, { trackNumber: index + 1 }),
      );
      const album = pinAlbum(title, tracks);
      catalog.put(album);
      return { kind: 'album', id: album.id };
    },
  };
};

export const networkGoes = (
  { world, cache, catalog, clock }: Computer,
  downloads: DownloadsService | null,
  cause: 'offline' | 'service_unreachable' = 'offline',
): void => {
  const at = new Date(clock.now()).toISOString();
  world.service = { state: 'unreachable', cause, since: at, retryAt: at };
  cache.failAll(cause);
  catalog.failAll(cause);
  downloads?.serviceChanged();
};

export const networkComes = (
  { world, cache, catalog, clock }: Computer,
  downloads: DownloadsService,
): void => {
  world.service = { state: 'reachable', checkedAt: new Date(clock.now()).toISOString() };
  cache.failAll(null);
  catalog.failAll(null);
  downloads.serviceReached();
};

export const titles = ({ pins }: Downloads): readonly string[] => pins.map(({ title }) => title);

export const pinOf = (downloads: DownloadsService, source: PinSource): Pin => {
  const pin = downloads.snapshot().pins.find((one) => one.source.id === source.id);
  if (pin === undefined) throw new Error(`nothing is pinned as ${source.kind} ${source.id}`);
  return pin;
};

export const untilState = (
  downloads: DownloadsService,
  source: PinSource,
  kind: Pin['state']['kind'],
): Promise<void> => until(`${kind}`, () => pinOf(downloads, source).state.kind === kind, downloads.snapshot);
