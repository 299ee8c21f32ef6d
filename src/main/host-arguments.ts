import { z } from 'zod';
import { AD_EVENTS } from '../contract/ads-http.ts';
import {
  albumOrderSchema,
  genreIdSchema,
  idSchema,
  pageQuerySchema,
  searchRequestSchema,
} from '../contract/catalog-http.ts';
import { shareSchema } from '../contract/library-http.ts';
import { playlistIdSchema } from '../contract/library-operations-http.ts';
import { pinSourceSchema } from '../contract/offline.ts';
import type { HostMethod } from '../contract/host-api.ts';
import {
  savedEntriesSchema,
  savedOrderSchema,
  savedPositionSchema,
  savedQueueSchema,
} from '../contract/playback-session.ts';
import { settingsSchema, type Settings } from '../contract/settings.ts';
import { nowPlayingSchema } from '../contract/system.ts';
import { isVersion } from '../core/update/version.ts';
import { EXCHANGE_ARGUMENTS } from './exchange/exchange-arguments.ts';
import { HISTORY_ARGUMENTS } from './history/history-arguments.ts';
import { LIBRARY_ARGUMENTS } from './library/library-arguments.ts';

const nothing = z.union([z.undefined(), z.null()]).transform(() => undefined);

const pageRequest = z.object({
  cursor: pageQuerySchema.shape.cursor,
  limit: z.int().min(1).max(200).optional(),
});
const serviceUrlSchema = z.url({ protocol: /^https?$/ }).max(2_000);
const accountIdSchema = z.string().regex(/^[0-9a-f]{16}$/);
const byId = z.object({ id: idSchema });
const byReportId = z.object({ id: z.uuid() });
const byGenreId = z.object({ id: genreIdSchema });

const ids = (most: number) => z.array(idSchema).max(most);
const ofPin = z.object({ source: pinSourceSchema });
const ofPinOrAll = z.object({ source: pinSourceSchema.nullable() });

/**
 * A change names what it changes. The stored document forgives (defaults, fallbacks); a change does not: an unknown key or a
 * value outside the setting's range is an error of the caller.
 */
const settingsChange: z.ZodType<Partial<Settings>> = z.strictObject(
  Object.fromEntries(
    Object.entries(settingsSchema.shape).map(([key, field]) => [
      key,
      z.optional(field.unwrap().unwrap() as z.ZodType),
    ]),
  ),
);

/** What each method takes, checked once for both shells (`bind-calls.ts`). */
export const HOST_ARGUMENTS = {
  'app.info': nothing,
  'app.openExternal': z.object({ url: z.string().max(2_000) }),
  'session.get': nothing,
  'session.inspect': z.object({ address: z.string().max(2_000) }),
  'session.signIn': z.object({
    serviceUrl: serviceUrlSchema,
    via: z.enum(['browser', 'device']),
    accountId: accountIdSchema.optional(),
  }),
  'session.cancelSignIn': nothing,
  'session.switchTo': z.object({ accountId: accountIdSchema }),
  'session.signOut': z.object({ accountId: accountIdSchema }),
  'session.issuerElsewhere': z.object({ accountId: accountIdSchema }),
  'session.deleteAccount': z.object({ accountId: accountIdSchema, confirm: z.string().max(1_000) }),
  'session.refresh': nothing,
  'system.abilities': nothing,
  'system.commands': nothing,
  'system.took': z.object({ ids: z.array(z.int().positive()).max(200) }),
  'system.nowPlaying': z.object({ playing: nowPlayingSchema.nullable() }),
  'system.setProxyPassword': z.object({ password: z.string().min(1).max(500).nullable() }),
  'system.hasProxyPassword': nothing,
  'update.get': nothing,
  'update.check': nothing,
  'update.download': nothing,
  'update.install': nothing,
  'update.skip': z.object({ version: z.string().refine(isVersion) }),
  'update.acknowledge': nothing,
  'update.usable': nothing,
  'ads.chooseBreak': z.object({ afterTrackId: idSchema.nullable() }),
  'ads.report': z.object({ breakId: z.uuid(), spotId: idSchema, kind: z.enum(AD_EVENTS) }),
  'catalog.home': nothing,
  'catalog.albums': pageRequest.extend({
    order: albumOrderSchema.optional(),
    genre: genreIdSchema.optional(),
  }),
  'catalog.album': byId,
  'catalog.artists': pageRequest,
  'catalog.artist': byId,
  'catalog.artistAlbums': byId.extend(pageRequest.shape),
  'catalog.artistTracks': byId.extend(pageRequest.shape),
  'catalog.genres': pageRequest,
  'catalog.genre': byGenreId,
  'catalog.genreAlbums': byGenreId.extend(pageRequest.shape),
  'catalog.genreTracks': byGenreId.extend(pageRequest.shape),
  'catalog.search': searchRequestSchema,
  'catalog.track': byId,
  'catalog.trackDetails': byId,
  'playback.load': nothing,
  'playback.saveQueue': savedQueueSchema,
  'playback.saveEntries': savedEntriesSchema,
  'playback.saveOrder': savedOrderSchema,
  'playback.savePosition': savedPositionSchema,
  ...HISTORY_ARGUMENTS,
  'share.info': nothing,
  'share.playlist': z.object({ id: playlistIdSchema }),
  'share.revoke': z.object({ shareId: shareSchema.shape.shareId }),
  ...LIBRARY_ARGUMENTS,
  ...EXCHANGE_ARGUMENTS,
  'accountData.takeOut': z.object({ language: z.enum(['en', 'de']) }),
  'accountData.progress': nothing,
  'settings.get': nothing,
  'settings.change': settingsChange,
  'status.get': nothing,
  'status.check': nothing,
  'cache.clear': nothing,
  'cache.expect': z.object({ current: idSchema.nullable(), upcoming: ids(100) }),
  'cache.warm': z.object({ trackId: idSchema }),
  'cache.marks': z.object({ trackIds: ids(500) }),
  'downloads.get': nothing,
  'downloads.pin': ofPin,
  'downloads.unpin': ofPin,
  'downloads.pause': ofPinOrAll,
  'downloads.resume': ofPinOrAll,
  'downloads.retry': ofPinOrAll,
  'downloads.move': ofPin.extend({ before: pinSourceSchema.nullable() }),
  'downloads.removeAll': nothing,
  'computer.albums': pageRequest,
  'computer.artists': pageRequest,
  'computer.tracks': pageRequest,
  'storage.chooseFolder': nothing,
  'storage.moveTo': z.object({ folder: z.string().min(1).max(4_000) }),
  'storage.openFolder': nothing,
  'storage.eraseAll': nothing,
  'reports.list': nothing,
  'reports.read': byReportId,
  'reports.send': byReportId,
  'reports.remove': byReportId,
  'reports.diagnostics': nothing,
} as const satisfies Record<HostMethod, z.ZodType>;
