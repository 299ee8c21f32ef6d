/** A service over a real folder store, and what tests ask of it over real HTTP. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { z } from 'zod';
import { createService, type Service } from '../../src/catalog/api/service.ts';
import type { ServiceOptions } from '../../src/catalog/api/service-options.ts';
import type { CatalogRecord, Manifest } from '../../src/catalog/segments/catalog-records.ts';
import { createManifestLog } from '../../src/catalog/segments/manifest-log.ts';
import { writeSegment } from '../../src/catalog/segments/segment-store.ts';
import type { ObjectStore } from '../../src/catalog/store/object-store.ts';
import { openStore } from '../../src/catalog/store/open-store.ts';

export interface ServiceHome {
  readonly folder: string;
  readonly indexFolder: string;
  readonly store: ObjectStore;
  publish(records: readonly CatalogRecord[]): Promise<Manifest>;
  start(overrides?: Partial<ServiceOptions>): Promise<RunningService>;
  /** Stops what was started and removes everything. */
  close(): Promise<void>;
}

export interface RunningService extends Service {
  fetch(path: string, init?: RequestInit): Promise<Response>;
  /** The JSON of an answer, checked against its schema. */
  get<Schema extends z.ZodType>(path: string, schema: Schema): Promise<z.output<Schema>>;
}

export const openServiceHome = async (): Promise<ServiceHome> => {
  const root = await mkdtemp(join(tmpdir(), 'riffle-service-'));
  const folder = join(root, 'store');
  const indexFolder = join(root, 'index');
  const store = openStore({ location: folder });
  await store.check('write');
  const manifests = createManifestLog(store);
  const running = new Set<Service>();
  return {
    folder,
    indexFolder,
    store,
    publish: async (records) => manifests.append([await writeSegment(store, 'test', records)]),
    start: async (overrides = {}) => {
      const service = await createService({
        store: { location: folder },
        indexFolder,
        name: 'Test Records',
        logger: false,
        host: '127.0.0.1',
        port: 0,
        followIntervalMs: 50,
        ...overrides,
      });
      running.add(service);
      const ask = (path: string, init?: RequestInit): Promise<Response> =>
        fetch(path.startsWith('http') ? path : `${service.url}${path}`, { redirect: 'manual', ...init });
      return {
        ...service,
        fetch: ask,
        get: async (path, schema) => {
          const response = await ask(path);
          if (response.status !== 200)
            throw new Error(`${path}: ${response.status} ${await response.text()}`);
          return schema.parse(await response.json());
        },
        close: async () => {
          running.delete(service);
          await service.close();
        },
      };
    },
    close: async () => {
      for (const service of running) await service.close();
      await rm(root, { recursive: true, force: true });
    },
  };
};

/** Waits for a fact, asking again and again; fails after twenty seconds. */
export const eventually = async <Value>(ask: () => Promise<Value | null> | Value | null): Promise<Value> => {
  const deadlineMs = performance.now() + 20_000;
  for (;;) {
    const value = await ask();
    if (value !== null) return value;
    if (performance.now() > deadlineMs) throw new Error('It did not come about within twenty seconds.');
    const { promise, resolve } = Promise.withResolvers<void>();
    setTimeout(resolve, 20);
    await promise;
  }
};

/** A request with an access token. */
export const bearing = (token: string, init: RequestInit = {}): RequestInit => ({
  ...init,
  headers: { ...Object.fromEntries(new Headers(init.headers)), authorization: `Bearer ${token}` },
});
