import { createHash } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { MediaAddress } from '../../src/contract/catalog-http.ts';
import { qualityFor, QUALITIES, type Quality } from '../../src/core/entitlement/entitlement.ts';
import { HostFailure } from '../../src/contract/host-error.ts';
import type { Clock, SecretStore } from '../../src/main/ports.ts';
import { serveTrack } from '../../src/main/track-cache/serve-track.ts';
import type { TrackCache } from '../../src/main/track-cache/cache-contract.ts';
import type { QualityWishes } from '../../src/main/track-cache/quality-wish.ts';
import { createTrackCache } from '../../src/main/track-cache/track-cache.ts';
import { createMemorySecrets } from '../../src/main/secrets/memory-secrets.ts';
import { startOrigin, type OriginServer } from './origin-server.ts';
import { recordLog, type RecordedLog } from './silent-log.ts';
import { steadyClock } from './steady-clock.ts';

/** Bytes without a pattern that repeats, the same for the same length and seed. */
export const audioBytes = (length: number, seed = 1): Uint8Array => {
  const bytes = new Uint8Array(length);
  let state = seed;
  for (let index = 0; index < length; index += 1) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    bytes[index] = state >>> 24;
  }
  return bytes;
};

export const sha256Of = (content: Uint8Array): string => createHash('sha256').update(content).digest('hex');

/** Twenty characters, as the catalog's ids are. */
export const trackIdFor = (name: string): string => name.padEnd(20, '0');

export interface CacheFixture {
  readonly origin: OriginServer;
  readonly folder: string;
  readonly log: RecordedLog;
  cache: TrackCache;
  stats(): { readonly tracks: number; readonly bytes: number; readonly failure: string | null };
  /** Where the audio of the key in use lies. */
  audioFolder(): Promise<string>;
  /** Makes a track known to the service, its audio lying at the edge. Gives its id. */
  publish(name: string, content: Uint8Array, changes?: Partial<MediaAddress>): string;
  /** The same in several qualities, each lying at the edge as `<name>-<quality>`. */
  publishQualities(name: string, contents: Readonly<Partial<Record<Quality, Uint8Array>>>): string;
  /** How often the service was asked for an address. */
  readonly resolved: readonly string[];
  /** From now on the service answers with this failure, or again as usual. */
  failService(failure: HostFailure | null): void;
  get(trackId: string, headers?: Readonly<Record<string, string>>, method?: string): Promise<Response>;
  /** Whole new cache over the same folder, as after a restart; `between` happens while none is open. */
  restart(between?: () => Promise<void>): Promise<void>;
  close(): Promise<void>;
}

export const createCacheFixture = async (
  options: {
    readonly limitBytes?: number;
    readonly stallMs?: number;
    readonly clock?: Clock;
    readonly folder?: string;
    readonly secrets?: SecretStore;
    readonly pinnedLimitBytes?: number | null;
    readonly wishes?: QualityWishes;
    readonly onTransfer?: (bytes: number, elapsedMs: number) => void;
    readonly isGone?: () => boolean;
  } = {},
): Promise<CacheFixture> => {
  const origin = await startOrigin();
  const folder = options.folder ?? (await mkdtemp(join(tmpdir(), 'riffle-cache-')));
  const log = recordLog();
  const addresses = new Map<string, MediaAddress>();
  const inQualities = new Map<string, Map<Quality, MediaAddress>>();
  const resolved: string[] = [];
  let serviceFailure: HostFailure | null = null;

  const secrets = options.secrets ?? createMemorySecrets();

  const open = (): Promise<TrackCache> =>
    createTrackCache({
      folder,
      account: 'listener',
      dataFolder: folder,
      limits: {
        cachedBytes: options.limitBytes ?? 1_000_000_000,
        pinnedBytes: options.pinnedLimitBytes ?? null,
      },
      secrets,
      lookUp: () => null,
      reserveBytes: 0,
      fetch: globalThis.fetch,
      clock: options.clock ?? steadyClock,
      log,
      onChange: () => undefined,
      stallMs: options.stallMs ?? 5_000,
      stallClock: steadyClock,
      ...(options.wishes === undefined ? {} : { wishes: options.wishes }),
      ...(options.onTransfer === undefined ? {} : { onTransfer: options.onTransfer }),
      ...(options.isGone === undefined
        ? {}
        : { network: { isGone: options.isGone, whyGone: async () => null } }),
      async resolve(trackId, query) {
        resolved.push(trackId);
        if (serviceFailure !== null) throw serviceFailure;
        const qualities = inQualities.get(trackId);
        const quality = qualityFor(QUALITIES, Array.from(qualities?.keys() ?? []), query?.quality);
        const address = (quality === null ? null : qualities?.get(quality)) ?? addresses.get(trackId);
        if (address === undefined) throw new HostFailure('not_found', 'no such track');
        return address;
      },
    });

  const fixture: CacheFixture = {
    origin,
    folder,
    log,
    resolved,
    stats: () => ({ ...fixture.cache.totals('cached'), failure: fixture.cache.failure() }),
    async audioFolder() {
      const [key = ''] = await readdir(join(folder, 'audio'));
      return join(folder, 'audio', key);
    },
    cache: await open(),
    publish(name, content, changes = {}) {
      const trackId = trackIdFor(name);
      origin.put(`/${name}`, content);
      addresses.set(trackId, {
        url: origin.url(`/${name}`),
        expiresAt: new Date(Date.now() + 600_000).toISOString(),
        contentType: 'audio/flac',
        bytes: content.byteLength,
        sha256: sha256Of(content),
        ...changes,
      });
      return trackId;
    },
    publishQualities(name, contents) {
      const made = QUALITIES.flatMap((quality) => {
        const content = contents[quality];
        return content === undefined ? [] : [{ quality, content, sha256: sha256Of(content) }];
      });
      const others = made.map(({ quality, sha256 }) => ({ quality, sha256 }));
      inQualities.set(
        trackIdFor(name),
        new Map(
          made.map(({ quality, content }) => {
            fixture.publish(`${name}-${quality}`, content, { quality, others });
            const address = addresses.get(trackIdFor(`${name}-${quality}`));
            if (address === undefined) throw new Error('not published');
            return [quality, address];
          }),
        ),
      );
      return trackIdFor(name);
    },
    failService(failure) {
      serviceFailure = failure;
    },
    get: (trackId, headers = {}, method = 'GET') =>
      serveTrack(fixture.cache, trackId, new Request('http://shell/tracks/x', { method, headers })),
    async restart(between) {
      await fixture.cache.close();
      await between?.();
      fixture.cache = await open();
    },
    async close() {
      await fixture.cache.close();
      await origin.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
  return fixture;
};

export const bodyOf = async (response: Response): Promise<Uint8Array> =>
  new Uint8Array(await response.arrayBuffer());

/** Reads at least so many bytes and leaves the rest. */
export const readSome = async (
  reader: ReadableStreamDefaultReader<Uint8Array>,
  bytes: number,
): Promise<Uint8Array> => {
  const chunks: Uint8Array[] = [];
  let length = 0;
  while (length < bytes) {
    const { done, value } = await reader.read();
    if (done) break;
    chunks.push(value);
    length += value.byteLength;
  }
  return Buffer.concat(chunks);
};

/** Waits until a fact holds, by asking again; fails with its description when it never does. */
export const until = async (description: string, holds: () => boolean | Promise<boolean>): Promise<void> => {
  const deadlineMs = Date.now() + 20_000;
  while (!(await holds())) {
    if (Date.now() > deadlineMs) throw new Error(`never came true: ${description}`);
    await new Promise((resolve) => {
      setTimeout(resolve, 5);
    });
  }
};
