/** Builders for tests of the window: how things stand, and what is kept. */
import type { HostStatus } from '../../contract/host-api.ts';
import type { Downloads, Pin } from '../../contract/offline.ts';

const GB = 1_000_000_000;

export const statusWith = (changes: Partial<HostStatus> = {}): HostStatus => ({
  service: { state: 'reachable', checkedAt: '2026-11-23T17:42:00Z' },
  cache: { tracks: 214, bytes: 5.9 * GB, limitBytes: 10 * GB, failure: null },
  pinned: { tracks: 990, bytes: 18.4 * GB, limitBytes: 40 * GB },
  storage: { folder: '/home/nils/.cache/riffle', freeBytes: 212 * GB, moving: null, key: 'system' },
  playable: { tracks: 1204, durationMs: 73.4 * 3_600_000 },
  isMetered: null,
  ...changes,
});

export const awayFrom = (cause: 'offline' | 'service_unreachable'): HostStatus['service'] => ({
  state: 'unreachable',
  cause,
  since: '2026-11-23T17:42:00Z',
  retryAt: '2026-11-23T17:43:10Z',
});

export const pinOfAlbum = (title: string, changes: Partial<Pin> = {}): Pin => ({
  source: {
    kind: 'album',
    id: title
      .toLowerCase()
      .replace(/[^a-z]/g, '0')
      .padEnd(20, '0'),
  },
  title,
  artists: `Artist of ${title}`,
  artwork: null,
  addedAt: '2026-11-21T10:00:00Z',
  state: { kind: 'kept' },
  trackCount: 11,
  keptCount: 11,
  failedCount: 0,
  bytes: 412_000_000,
  remainingBytes: 0,
  ...changes,
});

export const downloadsWith = (changes: Partial<Downloads> = {}): Downloads => ({
  pins: [],
  lease: { state: 'none' },
  isPaused: false,
  bytesPerSecond: null,
  remainingMs: null,
  waitingTracks: 0,
  ...changes,
});
