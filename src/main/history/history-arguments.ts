import { z } from 'zod';
import { trackSchema } from '../../contract/catalog-http.ts';
import { SCROBBLERS } from '../../contract/scrobbling.ts';
import { HISTORY_LIMIT } from './history.ts';

const nothing = z.union([z.undefined(), z.null()]).transform(() => undefined);
const findSchema = z.string().max(200).optional();
const listeningSchema = z.object({
  id: z.string().min(8).max(64),
  agoMs: z.number().nonnegative(),
  heardMs: z.number().nonnegative(),
});
const keySchema = z.string().trim().min(1).max(200);
const byScrobbler = z.object({ scrobbler: z.enum(SCROBBLERS) });

/** What the methods of `history`, `privacy` and `scrobbling` take. */
export const HISTORY_ARGUMENTS = {
  'history.recent': z.object({ limit: z.int().min(1).max(HISTORY_LIMIT) }),
  'history.days': z.object({ find: findSchema }),
  'history.page': z.object({
    find: findSchema,
    offset: z.int().nonnegative(),
    limit: z.int().min(1).max(200),
  }),
  'history.onRepeat': z.object({ limit: z.int().min(1).max(100) }),
  'history.began': z.object({ track: trackSchema }),
  'history.record': z.object({ track: trackSchema, play: listeningSchema.optional() }),
  'history.heard': z.object({ track: trackSchema, play: listeningSchema }),
  'history.remove': z.object({ ids: z.array(z.string().max(64)).min(1).max(1_000) }),
  'history.restore': nothing,
  'history.clear': nothing,
  'privacy.get': nothing,
  'privacy.setPrivate': z.object({ on: z.boolean() }),
  'scrobbling.get': nothing,
  'scrobbling.connectListenBrainz': z.object({ token: keySchema }),
  'scrobbling.beginLastfm': z.object({ apiKey: keySchema, sharedSecret: keySchema }),
  'scrobbling.finishLastfm': nothing,
  'scrobbling.disconnect': byScrobbler,
  'scrobbling.forgetRefused': byScrobbler,
} as const;
