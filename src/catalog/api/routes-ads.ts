import { z } from 'zod';
import {
  adBreakRequestSchema,
  adBreakSchema,
  adEventsSchema,
  adReportSchema,
  type AdBreak,
} from '../../contract/ads-http.ts';
import { catalogPaths } from '../../contract/catalog-http.ts';
import type { SpotRecord } from '../ads/ad-records.ts';
import { chooseSpots } from '../ads/choose-spots.ts';
import { dayOf } from '../ads/hearings.ts';
import type { ObjectStore } from '../store/object-store.ts';
import { askerOf } from './access/route-access.ts';
import { CACHE } from './caching.ts';
import { answers, answersOtherwise, type Routes } from './routes.ts';

/** The app takes the audio at once, before the break begins. */
const MEDIA_LIFETIME_SECONDS = 600;

const offered = async (store: ObjectStore, spot: SpotRecord): Promise<AdBreak['spots'][number]> => {
  const { id, sender, title, durationMs, artwork, link, media } = spot;
  const { url, expiresAt } = await store.signedUrl(media.key, MEDIA_LIFETIME_SECONDS);
  const { contentType, bytes, sha256 } = media;
  return {
    id,
    sender,
    title,
    durationMs,
    artwork,
    link,
    media: { url, expiresAt: expiresAt.toISOString(), contentType, bytes, sha256 },
  };
};

const taken = answersOtherwise('What became of ads: counted once, however often it is sent');

/** What is heard between tracks, and what became of it. The spots are followed for as long as the server runs. */
export const installAdRoutes: Routes = (server, { index, store, ads }) => {
  server.addHook('onReady', async () => ads.start(server.log));
  server.addHook('onClose', () => ads.close());

  server.post(
    catalogPaths.adBreak,
    {
      config: { access: 'listener' },
      schema: { body: adBreakRequestSchema, ...answers('What is heard in a break', adBreakSchema) },
    },
    async (request, reply) => {
      void reply.header('cache-control', CACHE.never);
      const { breakId, afterTrackId, recentSpotIds } = request.body;
      const policy = askerOf(request).entitlement.ads;
      if (policy === null) return { breakId, spots: [] };
      const before = afterTrackId === null ? null : index.read((reader) => reader.track(afterTrackId));
      const chosen = chooseSpots(ads.spots(), {
        breakId: breakId.toLowerCase(),
        day: dayOf(Date.now()),
        genreIds: before?.genres.map(({ id }) => id) ?? [],
        recentSpotIds,
        mostSpots: policy.mostSpots,
      });
      return { breakId, spots: await Promise.all(chosen.map((spot) => offered(store, spot))) };
    },
  );

  server.post(
    catalogPaths.adEvents,
    {
      config: { access: 'listener' },
      schema: {
        body: adEventsSchema,
        summary: taken.summary,
        response: { 204: z.null().describe('Taken'), ...taken.response },
      },
    },
    async (request, reply) => {
      const { ignored } = await ads.take(request.body.events, askerOf(request).id);
      if (ignored > 0) request.log.info({ ignored }, 'ad events of another time do not count');
      return reply.code(204).header('cache-control', CACHE.never).send(null);
    },
  );

  server.get(
    catalogPaths.adReport,
    { config: { access: 'operator' }, schema: answers('What became of each ad', adReportSchema) },
    async (_request, reply) => {
      void reply.header('cache-control', CACHE.never);
      return ads.report();
    },
  );
};
