import { z } from 'zod';
import {
  catalogPaths,
  idSchema,
  mediaAddressSchema,
  trackDetailsSchema,
  trackPageSchema,
  trackSchema,
  type TrackDetails,
} from '../../contract/catalog-http.ts';
import { CACHE } from './caching.ts';
import { found, notFound } from './problems.ts';
import { createRecent } from './recent.ts';
import { answers, type Routes } from './routes.ts';

const MOST_IDS = 200;
const MEDIA_LIFETIME_SECONDS = 600;
const DETAILS_KEPT = 500;
const DETAILS_LIFE_MS = 3_600_000;
const NO_DETAILS: TrackDetails = { waveform: null, lyrics: null };

const byId = z.object({ id: idSchema });
const byIds = z.object({
  ids: z
    .string()
    .max(MOST_IDS * 21)
    .transform((ids) => ids.split(','))
    .pipe(z.array(idSchema).min(1).max(MOST_IDS)),
});

export const installTrackRoutes: Routes = (server, { index, store }) => {
  server.get(
    catalogPaths.tracks,
    {
      config: { cache: CACHE.things },
      schema: {
        querystring: byIds,
        ...answers('Tracks by id, those that there are, in that order', trackPageSchema),
      },
    },
    ({ query }) => {
      const items = index.read((reader) => reader.tracks(query.ids));
      return { items, nextCursor: null, total: items.length };
    },
  );

  server.get(
    catalogPaths.track,
    { config: { cache: CACHE.things }, schema: { params: byId, ...answers('A track', trackSchema) } },
    ({ params }) =>
      found(
        index.read((reader) => reader.track(params.id)),
        `There is no track ${params.id}.`,
      ),
  );

  // By key, which names its content: what is kept never grows old.
  const kept = createRecent<TrackDetails>(DETAILS_KEPT);
  server.get(
    catalogPaths.trackDetails,
    {
      config: { cache: CACHE.details },
      schema: { params: byId, ...answers('Waveform and lyrics', trackDetailsSchema) },
    },
    async ({ params, log }) => {
      const key = index.read((reader) => reader.detailsKey(params.id));
      if (key === undefined) throw notFound(`There is no track ${params.id}.`);
      if (key === null) return NO_DETAILS;
      const known = kept.get(key);
      if (known !== undefined) return known;
      const bytes = await store.getBytes(key);
      if (bytes === null) {
        log.error({ key }, 'the catalog names details that are not in the store');
        return NO_DETAILS;
      }
      const details = trackDetailsSchema.parse(JSON.parse(Buffer.from(bytes).toString('utf8')));
      kept.set(key, details, DETAILS_LIFE_MS);
      return details;
    },
  );

  server.get(
    catalogPaths.trackMedia,
    { schema: { params: byId, ...answers('A short-lived address of the audio', mediaAddressSchema) } },
    async ({ params }, reply) => {
      const media = found(
        index.read((reader) => reader.media(params.id)),
        `There is no track ${params.id}.`,
      );
      const best = found(media[0], `Track ${params.id} has nothing to play.`);
      const address = await store.signedUrl(best.key, MEDIA_LIFETIME_SECONDS);
      void reply.header('cache-control', CACHE.never);
      return {
        url: address.url,
        expiresAt: address.expiresAt.toISOString(),
        contentType: best.contentType,
        bytes: best.bytes,
        sha256: best.sha256,
      };
    },
  );
};
