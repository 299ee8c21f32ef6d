/** The catalog service as a whole: an index that follows the store, and the server that answers from it. */
import { hash, randomBytes } from 'node:crypto';
import type { FastifyBaseLogger } from 'fastify';
import packageFacts from '../../../package.json' with { type: 'json' };
import { createServiceAds } from '../ads/service-ads.ts';
import {
  EMPTY_CATALOG,
  openCatalogIndex,
  type CatalogIndex,
  type IndexEvent,
  type WantedCatalog,
} from '../index/catalog-index.ts';
import type { IndexFacts } from '../index/database.ts';
import { IndexJobError, type FetchSegment } from '../index/index-job.ts';
import { segmentKey } from '../segments/keys.ts';
import { DEFAULT_AD_POLICY } from '../../core/entitlement/entitlement.ts';
import { createManifestLog } from '../segments/manifest-log.ts';
import { StoreError, type ObjectStore } from '../store/object-store.ts';
import { openStore } from '../store/open-store.ts';
import { createServiceLibrary } from '../library/service-library.ts';
import { createServiceSharing } from '../share/service-sharing.ts';
import { createSharedPlaylists } from '../share/shared-playlists.ts';
import { createServiceUpdates } from '../updates/service-updates.ts';
import { createSignIn } from './access/sign-in.ts';
import type { Server } from './routes.ts';
import { createServer } from './server.ts';
import { rateLimitsOf, servicePicture, type ServiceOptions } from './service-options.ts';

const FOLLOW_INTERVAL_MS = 2000;
const STOP_WITHIN_MS = 10_000;
const IDLE_SWEEP_MS = 50;

export interface Service {
  /** Where it listens. */
  readonly url: string;
  /** Where clients reach it. */
  readonly publicUrl: string;
  /** What it answers from at present. */
  facts(): IndexFacts | null;
  /** Stops listening, finishes what is being answered within ten seconds, closes the index. */
  close(): Promise<void>;
}

/**
 * Starts the service; resolves when it listens and has a catalog to answer from. `/health/live` answers before that.
 * Rejects with a `StoreError` when the store cannot be read, with Node's error when it cannot listen there.
 */
export const createService = async (options: ServiceOptions): Promise<Service> => {
  const address = { baseUrl: options.publicUrl?.replace(/\/+$/, '') ?? '', secret: randomBytes(32) };
  const store = openStore({ ...options.store, signing: address });
  await store.check('read');
  const manifests = createManifestLog(store);
  const manifest = await manifests.latest();

  const picture = options.picture === undefined ? null : servicePicture(options.picture);
  const signIn = createSignIn({
    ads: DEFAULT_AD_POLICY,
    mode: { kind: 'none' },
    ...options.signIn,
    store,
    name: options.name,
    hasPicture: picture !== null,
  });
  const stopping = new AbortController();
  const log: { events: (event: IndexEvent) => void } = { events: () => undefined };
  const index = await openCatalogIndex({
    folder: options.indexFolder,
    initial: manifest ?? EMPTY_CATALOG,
    fetchSegment: fetchSegmentFrom(store),
    onEvent: (event) => log.events(event),
    ...(options.compactAfterRows === undefined ? {} : { compactAfterRows: options.compactAfterRows }),
  });
  const library = createServiceLibrary({
    store,
    forgetAccount: signIn.forgetAccount,
    ...(options.libraryFollowIntervalMs === undefined
      ? {}
      : { followIntervalMs: options.libraryFollowIntervalMs }),
  });
  let server: Server | null = null;
  let following: Promise<void> = Promise.resolve();

  const close = async (): Promise<void> => {
    stopping.abort();
    library.endStreams();
    if (server !== null) await stopServer(server);
    await library.close();
    await following;
    await signIn.close();
    await index.close();
  };

  try {
    server = await createServer(
      {
        index,
        store,
        ads: createServiceAds(
          store,
          options.followIntervalMs === undefined ? {} : { followIntervalMs: options.followIntervalMs },
        ),
        updates: createServiceUpdates(store),
        library,
        sharing: createServiceSharing({
          choices: options.sharing ?? {},
          serviceName: options.name,
          baseUrl: () => address.baseUrl,
          isPublic: options.publicUrl !== undefined,
          store,
          index,
          playlists: createSharedPlaylists(library, index),
        }),
        service: { name: options.name, version: packageFacts.version },
        objectSecret: address.secret,
        access: signIn.access,
        answerAsIssuer: signIn.answerAsIssuer,
        upgradeUrl: options.upgradeUrl ?? null,
        picture,
        unready: () => {
          if (stopping.signal.aborted) return 'The service is stopping.';
          return index.facts() === null ? 'The index is being built.' : signIn.access.unready();
        },
      },
      {
        logging: options.logger,
        limits: rateLimitsOf(options),
        proxies: options.proxies ?? 0,
        settingsTag: () =>
          hash(
            'sha256',
            JSON.stringify([
              options.name,
              signIn.access.offer(),
              picture?.etag,
              options.publicUrl,
              options.sharing,
            ]),
          ).slice(0, 8),
      },
    );
    const { log: logger } = server;
    log.events = (event) => logEvent(logger, event);
    const url = await server.listen({ host: options.host, port: options.port });
    if (address.baseUrl === '') address.baseUrl = url;
    await signIn.start(address.baseUrl, logger);
    library.start(logger);
    const update = updateFrom(index);
    await update(manifest ?? EMPTY_CATALOG);
    following = manifests
      .follow(
        {
          intervalMs: options.followIntervalMs ?? FOLLOW_INTERVAL_MS,
          signal: stopping.signal,
          ...(manifest === null ? {} : { knownRevision: manifest.revision }),
          onState: (state) => {
            if (state.state === 'following') logger.info('the store answers again');
            else
              logger.warn({ err: state.error, retryInMs: state.retryInMs }, 'the catalog cannot be followed');
          },
        },
        update,
      )
      // Only a defect ends it; what is being served goes on.
      .catch((error: unknown) => logger.fatal({ err: error }, 'the catalog is no longer followed'));
    return { url, publicUrl: address.baseUrl, facts: () => index.facts(), close };
  } catch (error) {
    await close();
    throw error;
  }
};

const fetchSegmentFrom =
  (store: ObjectStore): FetchSegment =>
  async (segment) => {
    const bytes = await store.getBytes(segmentKey(segment.sha256));
    if (bytes === null) throw new Error('it is missing from the store');
    return bytes;
  };

/** A segment that cannot be read is the store's fault, and is asked for again later; the old catalog is served meanwhile. */
const updateFrom =
  (index: CatalogIndex) =>
  async (wanted: WantedCatalog): Promise<void> => {
    try {
      await index.update(wanted);
    } catch (error) {
      if (error instanceof StoreError || !(error instanceof IndexJobError)) throw error;
      throw new StoreError(
        'corrupt',
        `revision ${wanted.revision} cannot be read: ${error.message}`,
        'Publish again, or restore what is missing from the store.',
        { cause: error },
      );
    }
  };

const stopServer = async (server: Server): Promise<void> => {
  const { server: http } = server;
  // A connection that was busy when stopping began is idle, not closed, once it has been answered.
  const sweep = setInterval(() => http.closeIdleConnections(), IDLE_SWEEP_MS);
  const late = setTimeout(() => http.closeAllConnections(), STOP_WITHIN_MS);
  try {
    await server.close();
  } finally {
    clearInterval(sweep);
    clearTimeout(late);
  }
};

const logEvent = (logger: FastifyBaseLogger, { kind, facts, durationMs, error }: IndexEvent): void => {
  const what = {
    ms: Math.round(durationMs),
    revision: facts?.revision,
    tracks: facts?.tracks,
    fresh: facts?.freshRows,
  };
  if (error === undefined) logger.info(what, `index ${kind}`);
  else logger.error({ ...what, err: error }, `index ${kind.replace('_', ' ')}`);
};
