/** A device of a listener: the library area over a folder of its own, against a service over real HTTP. */
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { documentListSchema, libraryPaths } from '../../src/contract/library-http.ts';
import type { LibraryApi, LibraryState, PlaylistsApi } from '../../src/contract/library.ts';
import { createServiceRequests } from '../../src/main/catalog-client/service-requests.ts';
import { createServiceStatus, type ServiceStatus } from '../../src/main/status/service-status.ts';
import { createLibraryArea, type LibraryArea } from '../../src/main/library/library-area.ts';
import { createOfflineIndex } from '../../src/main/offline-index/offline-index.ts';
import type { Clock } from '../../src/main/ports.ts';
import { recordLog, type RecordedLog } from '../host/silent-log.ts';
import { temporaryFolder } from '../host/temporary-folder.ts';
import { quickClock } from '../faults/quick-clock.ts';

export interface OpenedDevice {
  readonly library: LibraryApi;
  readonly playlists: PlaylistsApi;
  readonly area: LibraryArea;
  readonly folder: string;
  readonly log: RecordedLog;
  state(): LibraryState;
  close(): Promise<void>;
}

const accountOf = (user: string, serviceUrl: string) => ({
  id: 'a'.repeat(16),
  serviceUrl,
  serviceName: 'Probe',
  isPersonal: true,
  me: {
    id: user,
    name: null,
    tier: 'premium' as const,
    roles: [],
    entitlement: { qualities: ['normal' as const], offline: true, ads: null },
    upgradeUrl: null,
  },
});

export const openLibraryDevice = async (options: {
  readonly serviceUrl: string;
  readonly user?: string;
  readonly folder?: string;
  readonly clock?: Clock;
  /** The listener's id, where the service takes anything. */
  readonly token?: string;
  readonly fetch?: typeof globalThis.fetch;
}): Promise<OpenedDevice> => {
  const { serviceUrl, user = 'lene', token = user, clock = quickClock() } = options;
  const folder = options.folder ?? (await temporaryFolder());
  const log = recordLog();
  const closing = new AbortController();
  const account = accountOf(user, serviceUrl);
  let area: LibraryArea | null = null;
  let service: ServiceStatus | null = null;
  const requests = createServiceRequests({
    serviceUrl,
    fetch: options.fetch ?? globalThis.fetch,
    tokens: { access: async () => token, renewAfter: async () => token },
    clock,
    isOnline: () => true,
    closing: closing.signal,
    onOutcome(outcome) {
      service?.report(outcome);
      if (outcome.reached) area?.serviceReached();
    },
  });
  service = createServiceStatus({
    ask: async () => void (await requests.get(libraryPaths.documents, documentListSchema)),
    clock,
    closing: closing.signal,
    onChange: () => area?.serviceChanged(),
  });
  const status = service;
  const index = createOfflineIndex({ path: join(folder, 'offline-index.sqlite'), clock, log });
  const opened = createLibraryArea({
    folder,
    account,
    accountNow: () => account,
    requests,
    index,
    plays: { of: () => ({ plays: 0, lastPlayedMs: null }), revision: () => 0 },
    isUnreachable: () => status.get().state === 'unreachable',
    onTracks: index.setPinned,
    onShown: () => undefined,
    onChange: () => undefined,
    onPlays: () => undefined,
    clock,
    log,
  });
  area = opened;
  let isClosed = false;
  const close = async (): Promise<void> => {
    if (isClosed) return;
    isClosed = true;
    closing.abort();
    await opened.close();
    await index.close();
  };
  onTestFinished(close);
  return {
    library: opened.library,
    playlists: opened.playlists,
    area: opened,
    folder,
    log,
    state: opened.snapshot,
    close,
  };
};
