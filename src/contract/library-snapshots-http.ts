/** Snapshots of library documents, as they travel and lie in the store; see `core/library/snapshot.ts`. */
import { z } from 'zod';
import type {
  LibrarySnapshot,
  PlaylistSnapshot,
  SavedSnapshot,
  ShelfSnapshot,
} from '../core/library/snapshot.ts';
import { idSchema } from './catalog-http.ts';
import {
  deviceSchema,
  folderIdSchema,
  itemIdSchema,
  memberRoleSchema,
  playlistPictureSchema,
  positionSchema,
  shelfKeySchema,
  stampSchema,
  userIdSchema,
  visibilitySchema,
} from './library-operations-http.ts';
import { smartRulesSchema } from './smart-rules-http.ts';

const seenSchema = z.record(deviceSchema, stampSchema).readonly();
const timeSchema = z.int().nonnegative();
const stamped = <Value extends z.ZodType>(value: Value) => z.tuple([value, stampSchema]).readonly();
const unsettledOf = <Fields extends z.ZodObject>(fields: Fields) =>
  z.object({
    gone: z.array(z.tuple([z.string(), stampSchema]).readonly()).readonly(),
    early: z.array(z.tuple([z.string(), stampSchema, fields]).readonly()).readonly(),
  });

export const savedItemSchema = z.tuple([idSchema, stampSchema, timeSchema.optional()]).readonly();
const savedItemsSchema = z.array(savedItemSchema).readonly();
export const savedSnapshotSchema: z.ZodType<SavedSnapshot> = z.object({
  kind: z.literal('saved'),
  seen: seenSchema,
  items: z.object({ track: savedItemsSchema, album: savedItemsSchema, artist: savedItemsSchema }),
  unsettled: unsettledOf(z.object({})),
});

const placeSchema = z.object({ folderId: folderIdSchema.nullable(), position: positionSchema });
export const shelfSnapshotSchema: z.ZodType<ShelfSnapshot> = z.object({
  kind: z.literal('shelf'),
  seen: seenSchema,
  entries: z
    .array(
      z.tuple([shelfKeySchema, stampSchema, stamped(placeSchema), stamped(z.string().nullable())]).readonly(),
    )
    .readonly(),
  unsettled: unsettledOf(
    z.object({
      place: stamped(placeSchema).optional(),
      name: stamped(z.string().nullable()).optional(),
    }),
  ),
});

export const playlistSnapshotSchema: z.ZodType<PlaylistSnapshot> = z.object({
  kind: z.literal('playlist'),
  seen: seenSchema,
  owner: stamped(userIdSchema).nullable(),
  details: z.object({
    name: stamped(z.string()).optional(),
    description: stamped(z.string()).optional(),
    picture: stamped(playlistPictureSchema).optional(),
    visibility: stamped(visibilitySchema).optional(),
    rules: stamped(smartRulesSchema.nullable()).optional(),
  }),
  deleted: stamped(z.boolean()).nullable(),
  members: z.array(z.tuple([userIdSchema, stamped(memberRoleSchema.nullable())]).readonly()).readonly(),
  people: z.array(userIdSchema).readonly(),
  items: z
    .array(
      z
        .tuple([
          itemIdSchema,
          stampSchema,
          idSchema,
          z.int().nonnegative(),
          timeSchema,
          positionSchema,
          stampSchema.optional(),
        ])
        .readonly(),
    )
    .readonly(),
  unsettled: unsettledOf(z.object({ position: stamped(positionSchema).optional() })),
});

export const librarySnapshotSchema: z.ZodType<LibrarySnapshot> = z.union([
  savedSnapshotSchema,
  shelfSnapshotSchema,
  playlistSnapshotSchema,
]);
