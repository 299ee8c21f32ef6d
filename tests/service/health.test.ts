import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createServiceAds } from '../../src/catalog/ads/service-ads.ts';
import { createOpenAccess } from '../../src/catalog/api/access/open-access.ts';
import type { Server } from '../../src/catalog/api/routes.ts';
import { createServer } from '../../src/catalog/api/server.ts';
import { EMPTY_CATALOG, openCatalogIndex, type CatalogIndex } from '../../src/catalog/index/catalog-index.ts';
import { createServiceLibrary } from '../../src/catalog/library/service-library.ts';
import { openStore } from '../../src/catalog/store/open-store.ts';
import { createServiceUpdates } from '../../src/catalog/updates/service-updates.ts';
import { problemSchema } from '../../src/contract/catalog-http.ts';

let folder = '';
let index: CatalogIndex;
let server: Server;

/** A service as it is between listening and having a catalog. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'riffle-health-'));
  index = await openCatalogIndex({
    folder: join(folder, 'index'),
    initial: EMPTY_CATALOG,
    fetchSegment: () => Promise.reject(new Error('there are no segments')),
    onEvent: () => undefined,
  });
  const store = openStore({ location: folder });
  server = await createServer(
    {
      index,
      store,
      service: { name: 'Test', version: '1.0.0' },
      objectSecret: new Uint8Array(32),
      ads: createServiceAds(store),
      sharing: null,
      updates: createServiceUpdates(store),
      library: createServiceLibrary({ store, forgetAccount: async () => undefined }),
      access: createOpenAccess(),
      answerAsIssuer: () => false,
      upgradeUrl: null,
      picture: null,
      unready: () => (index.facts() === null ? 'The index is being built.' : null),
    },
    { logging: false, limits: null, proxies: 0, settingsTag: () => '' },
  );
  await server.listen({ host: '127.0.0.1', port: 0 });
});
afterAll(async () => {
  await server.close();
  await index.close();
  await rm(folder, { recursive: true, force: true });
});

const ask = (path: string): Promise<Response> => fetch(`${server.listeningOrigin}${path}`);

describe('a service that has no index yet', () => {
  it('lives', async () => {
    expect((await ask('/health/live')).status).toBe(200);
  });

  it.each(['/health/ready', '/v1/home', '/v1/service', '/v1/search?query=a'])(
    'is not ready for %s',
    async (path) => {
      const response = await ask(path);
      expect(response.status).toBe(503);
      expect(response.headers.get('retry-after')).toBe('2');
      expect(problemSchema.parse(await response.json())).toMatchObject({
        code: 'not_ready',
        detail: 'The index is being built.',
      });
    },
  );

  it('is ready as soon as there is one', async () => {
    await index.update(EMPTY_CATALOG);
    expect(await (await ask('/health/ready')).json()).toEqual({ status: 'ok', revision: 0 });
    expect((await ask('/v1/home')).status).toBe(200);
  });
});
