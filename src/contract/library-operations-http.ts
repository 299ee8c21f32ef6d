/**
 * Operations and snapshots of library documents, as they travel and lie in the store. Their meaning is said in
 * `core/library/operations.ts` and `core/library/snapshot.ts`; here is what is let in.
 */
import { z } from 'zod';
import type { DocumentName } from '../core/library/documents.ts';
import {
  MEMBER_ROLES,
  MOST_OPERATION_ITEMS,
  SAVED_KINDS,
  VISIBILITIES,
  type PlaylistOperation,
  type SavedOperation,
  type ShelfKey,
  type ShelfOperation,
} from '../core/library/operations.ts';
import { MOST_POSITION_LETTERS, POSITION_PATTERN } from '../core/library/position.ts';
import { DEVICE_PATTERN, STAMP_PATTERN } from '../core/library/stamp.ts';
import { idSchema, sha256Schema } from './catalog-http.ts';
import { smartRulesSchema } from './smart-rules-http.ts';

export const MOST_NAME_LETTERS = 200;
export const MOST_DESCRIPTION_LETTERS = 2000;
/** More additions of one thing at the same time than devices that a listener has. */
const MOST_LIVES = 64;

export const stampSchema = z.string().regex(STAMP_PATTERN);
/** Ten lower-case base-32 characters, made once for every installation and account, at random. */
export const deviceSchema = z.string().regex(DEVICE_PATTERN);
/** Twenty lower-case base-32 characters, at random: it cannot be guessed. */
export const playlistIdSchema = idSchema;
const twelveSchema = z.string().regex(/^[0-9a-z]{12}$/);
/** Twelve lower-case base-32 characters, at random, as a folder's. */
export const itemIdSchema = twelveSchema.describe('item id');
export const folderIdSchema = twelveSchema.describe('folder id');
/** An OpenID Connect subject. */
export const userIdSchema = z.string().min(1).max(255);
const isDocumentName = (name: string): name is DocumentName =>
  /^(saved|shelf|playlist:[0-9a-z]{20})$/.test(name);
export const documentNameSchema = z.string().refine(isDocumentName);
const isShelfKey = (key: string): key is ShelfKey =>
  /^(playlist:[0-9a-z]{20}|folder:[0-9a-z]{12})$/.test(key);
export const shelfKeySchema = z.string().refine(isShelfKey);
export const positionSchema = z.string().regex(POSITION_PATTERN).max(MOST_POSITION_LETTERS);
export const timeSchema = z.int().nonnegative();

const livesSchema = z.array(stampSchema).min(1).max(MOST_LIVES).readonly();
const manyOf = <Item extends z.ZodType>(item: Item) =>
  z.array(item).min(1).max(MOST_OPERATION_ITEMS).readonly();

export const savedKindSchema = z.enum(SAVED_KINDS);
export const savedOperationSchema: z.ZodType<SavedOperation> = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('save'),
    stamp: stampSchema,
    kind: savedKindSchema,
    items: manyOf(z.object({ id: idSchema, atMs: timeSchema.optional() })),
  }),
  z.object({
    type: z.literal('unsave'),
    stamp: stampSchema,
    kind: savedKindSchema,
    items: manyOf(z.object({ id: idSchema, lives: livesSchema })),
  }),
]);

const folderNameSchema = z.string().trim().min(1).max(MOST_NAME_LETTERS);
const placeSchema = z.object({ folderId: folderIdSchema.nullable(), position: positionSchema });
export const shelfOperationSchema: z.ZodType<ShelfOperation> = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('put'),
    stamp: stampSchema,
    entries: manyOf(z.object({ key: shelfKeySchema, place: placeSchema, name: folderNameSchema.nullable() })),
  }),
  z.object({
    type: z.literal('take'),
    stamp: stampSchema,
    entries: manyOf(z.object({ key: shelfKeySchema, lives: livesSchema })),
  }),
  z.object({
    type: z.literal('place'),
    stamp: stampSchema,
    entries: manyOf(z.object({ key: shelfKeySchema, life: stampSchema, place: placeSchema })),
  }),
  z.object({
    type: z.literal('rename'),
    stamp: stampSchema,
    key: shelfKeySchema,
    life: stampSchema,
    name: folderNameSchema,
  }),
]);

export const visibilitySchema = z.enum(VISIBILITIES);
export const memberRoleSchema = z.enum(MEMBER_ROLES);
export const playlistPictureSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('covers') }),
  z.object({ kind: z.literal('own'), imageId: sha256Schema }),
]);
export const playlistDetailsSchema = z.object({
  name: z.string().trim().min(1).max(MOST_NAME_LETTERS),
  description: z.string().trim().max(MOST_DESCRIPTION_LETTERS),
  picture: playlistPictureSchema,
  visibility: visibilitySchema,
  rules: smartRulesSchema.nullable(),
});
export const detailChangesSchema = playlistDetailsSchema.partial();

export const playlistOperationSchema: z.ZodType<PlaylistOperation> = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('create'),
    stamp: stampSchema,
    owner: userIdSchema,
    details: playlistDetailsSchema,
  }),
  z.object({ type: z.literal('edit'), stamp: stampSchema, changes: detailChangesSchema }),
  z.object({
    type: z.literal('add'),
    stamp: stampSchema,
    by: userIdSchema,
    atMs: timeSchema,
    items: manyOf(
      z.object({
        itemId: itemIdSchema,
        trackId: idSchema,
        position: positionSchema,
        by: userIdSchema.optional(),
        atMs: timeSchema.optional(),
      }),
    ),
  }),
  z.object({
    type: z.literal('remove'),
    stamp: stampSchema,
    items: manyOf(z.object({ itemId: itemIdSchema, lives: livesSchema })),
  }),
  z.object({
    type: z.literal('move'),
    stamp: stampSchema,
    items: manyOf(z.object({ itemId: itemIdSchema, life: stampSchema, position: positionSchema })),
  }),
  z.object({
    type: z.literal('member'),
    stamp: stampSchema,
    userId: userIdSchema,
    role: memberRoleSchema.nullable(),
  }),
  z.object({ type: z.literal('delete'), stamp: stampSchema }),
  z.object({ type: z.literal('restore'), stamp: stampSchema }),
]);
