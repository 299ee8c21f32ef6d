/** What the methods of `library` and `playlists` take; part of `host-arguments.ts`. */
import { z } from 'zod';
import { idSchema } from '../../contract/catalog-http.ts';
import {
  detailChangesSchema,
  folderIdSchema,
  itemIdSchema,
  memberRoleSchema,
  MOST_DESCRIPTION_LETTERS,
  MOST_NAME_LETTERS,
  playlistIdSchema,
  savedKindSchema,
  shelfKeySchema,
  userIdSchema,
} from '../../contract/library-operations-http.ts';
import {
  MOST_IMAGE_BYTES,
  MOST_PLAYLIST_ITEMS,
  MOST_SHELF_ENTRIES,
  shareSchema,
} from '../../contract/library-http.ts';
import { PLAYLIST_SORTS, SAVED_SORTS } from '../../contract/library.ts';
import { smartRulesSchema } from '../../contract/smart-rules-http.ts';

const nothing = z.union([z.undefined(), z.null()]).transform(() => undefined);
const filterSchema = z.string().max(200).optional();
const listRequest = {
  offset: z.int().nonnegative(),
  limit: z.int().min(1).max(500),
  filter: filterSchema,
};
const savedOrder = { sort: z.enum(SAVED_SORTS), descending: z.boolean() };
const playlistOrder = { sort: z.enum(PLAYLIST_SORTS), descending: z.boolean() };
const savedRequest = z.object({ ...listRequest, ...savedOrder });
const savedThings = (most: number) =>
  z.object({ kind: savedKindSchema, ids: z.array(idSchema).max(most).readonly() });
const nameSchema = z.string().trim().min(1).max(MOST_NAME_LETTERS);
const placeIn = folderIdSchema.nullable();
const shelfKeys = z.array(shelfKeySchema).max(MOST_SHELF_ENTRIES).readonly();
const playlist = z.object({ id: playlistIdSchema });
const itemIds = z.array(itemIdSchema).max(MOST_PLAYLIST_ITEMS).readonly();
const trackIds = z.array(idSchema).max(MOST_PLAYLIST_ITEMS).readonly();
/** Base64 takes four letters for three bytes; before them stands what it is. */
const MOST_IMAGE_LETTERS = Math.ceil(MOST_IMAGE_BYTES / 3) * 4 + 100;

export const LIBRARY_ARGUMENTS = {
  'library.get': nothing,
  'library.tracks': savedRequest,
  'library.albums': savedRequest,
  'library.artists': savedRequest,
  'library.save': savedThings(1000)
    .extend({ savedAtMs: z.array(z.int().positive()).max(1000).readonly().optional() })
    .refine(({ ids, savedAtMs }) => savedAtMs === undefined || savedAtMs.length === ids.length),
  'library.unsave': savedThings(1000),
  'library.marks': savedThings(500),
  'library.ids': z.object({ kind: savedKindSchema, filter: filterSchema, ...savedOrder }),
  'library.shelf': nothing,
  'library.createFolder': z.object({ name: nameSchema, folderId: placeIn }),
  'library.renameFolder': z.object({ folderId: folderIdSchema, name: nameSchema }),
  'library.place': z.object({ keys: shelfKeys, folderId: placeIn, before: shelfKeySchema.nullable() }),
  'library.put': z.object({ playlistId: playlistIdSchema, folderId: placeIn }),
  'library.take': z.object({ keys: shelfKeys }),
  'library.undo': z.object({ token: z.string().max(100) }),
  'library.sync': nothing,
  'playlists.get': playlist,
  'playlists.openShared': z.object({ shareId: shareSchema.shape.shareId }),
  'playlists.items': playlist.extend({ ...listRequest, ...playlistOrder }),
  'playlists.trackIds': playlist.extend({ filter: filterSchema, ...playlistOrder }),
  'playlists.create': z.object({
    name: nameSchema,
    description: z.string().trim().max(MOST_DESCRIPTION_LETTERS).optional(),
    rules: smartRulesSchema.optional(),
    trackIds: trackIds.optional(),
    folderId: placeIn.optional(),
  }),
  'playlists.edit': playlist.extend({ changes: detailChangesSchema }),
  'playlists.setPicture': playlist.extend({
    dataUrl: z
      .string()
      .regex(/^data:image\/(png|jpeg|webp);base64,[A-Za-z0-9+/]+=*$/)
      .max(MOST_IMAGE_LETTERS)
      .nullable(),
  }),
  'playlists.delete': playlist,
  'playlists.add': playlist.extend({
    trackIds,
    before: itemIdSchema.nullable().optional(),
    duplicates: z.enum(['add', 'skip']),
  }),
  'playlists.move': playlist.extend({ itemIds, before: itemIdSchema.nullable() }),
  'playlists.remove': playlist.extend({ itemIds }),
  'playlists.moveTo': playlist.extend({ itemIds, to: playlistIdSchema }),
  'playlists.duplicates': playlist,
  'playlists.preview': z.object({ rules: smartRulesSchema, limit: z.int().min(1).max(500) }),
  'playlists.invite': playlist.extend({ role: memberRoleSchema }),
  'playlists.revokeInvitations': playlist,
  'playlists.join': z.object({ code: z.string().regex(/^[0-9A-Za-z_-]{22,64}$/) }),
  'playlists.setRole': playlist.extend({ userId: userIdSchema, role: memberRoleSchema.nullable() }),
} as const;
