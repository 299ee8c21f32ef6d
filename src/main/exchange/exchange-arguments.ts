/** What the methods of `exchange` take; part of `host-arguments.ts`. */
import { z } from 'zod';
import { idSchema } from '../../contract/catalog-http.ts';
import { EXPORT_FORMATS, IMPORT_FILTERS, MOST_PIECE_BYTES } from '../../contract/exchange.ts';
import { playlistIdSchema } from '../../contract/library-operations-http.ts';

const nothing = z.union([z.undefined(), z.null()]).transform(() => undefined);
const transfer = z.uuid();
/** Base64 takes four letters for three bytes. */
const MOST_PIECE_LETTERS = Math.ceil(MOST_PIECE_BYTES / 3) * 4;

export const EXCHANGE_ARGUMENTS = {
  'exchange.get': nothing,
  'exchange.receive': z.object({
    transfer,
    name: z.string().min(1).max(1000),
    base64: z.base64().max(MOST_PIECE_LETTERS),
  }),
  'exchange.read': z.object({ transfer }),
  'exchange.start': z.object({
    playlists: z.array(z.int().nonnegative()).max(10_000).readonly(),
    savedTracks: z.boolean(),
    savedAlbums: z.boolean(),
    savedArtists: z.boolean(),
    plays: z.boolean(),
  }),
  'exchange.report': z.object({
    offset: z.int().nonnegative(),
    limit: z.int().min(1).max(200),
    filter: z.enum(IMPORT_FILTERS),
  }),
  'exchange.choose': z.object({ row: z.int().nonnegative(), id: idSchema.nullable() }),
  'exchange.take': nothing,
  'exchange.again': nothing,
  'exchange.unmatched': nothing,
  'exchange.dismiss': nothing,
  'exchange.export': z.object({
    source: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('playlist'), id: playlistIdSchema }),
      z.object({ kind: z.literal('all_playlists') }),
      z.object({ kind: z.literal('saved_tracks') }),
    ]),
    format: z.enum(EXPORT_FORMATS),
  }),
} as const;
