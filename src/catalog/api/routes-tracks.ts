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
import { mediaQuerySchema } from '../../contract/account-http.ts';
import { askerOf } from './access/route-access.ts';
import { CACHE } from './caching.ts';
import { found, notFound, ProblemError } from './problems.ts';
import { createRecent } from './recent.ts';
import { answers, type Routes } from './routes.ts';
import { mediaFor } from './track-media.ts';

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
      config: { access: 'listener', cache: CACHE.things },
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
    {
      config: { access: 'listener', cache: CACHE.things },
      schema: { params: byId, ...answers('A track', trackSchema) },
    },
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
      config: { access: 'listener', cache: CACHE.details },
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
    {
      config: { access: 'listener', budget: 'media' },
      schema: {
        params: byId,
        querystring: mediaQuerySchema,
        ...answers(
          'A short-lived address of the audio, in a quality that the tier may have',
          mediaAddressSchema,
        ),
      },
    },
    async (request, reply) => {
      const { params, query } = request;
      const { entitlement } = askerOf(request);
      if (query.purpose === 'keep' && !entitlement.offline)
        throw new ProblemError('premium_required', 'Keeping music offline is for premium listeners.');
      const all = found(
        index.read((reader) => reader.media(params.id)),
        `There is no track ${params.id}.`,
      );
      const media = mediaFor(entitlement, all, query.quality);
      const address = await store.signedUrl(media.key, MEDIA_LIFETIME_SECONDS);
      void reply.header('cache-control', CACHE.never);
      return {
        url: address.url,
        expiresAt: address.expiresAt.toISOString(),
        contentType: media.contentType,
        bytes: media.bytes,
        sha256: media.sha256,
        quality: media.quality,
        ...(media.audio === null ? {} : { audio: media.audio }),
        others: all
          .filter((other) => other.sha256 !== media.sha256)
          .map(({ quality, sha256 }) => ({ quality, sha256 })),
      };
    },
  );
};
