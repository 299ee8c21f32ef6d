/** What a channel offers, as a versioned document: each change of a roll-out is one revision, and the newest is what stands. */
import { z } from 'zod';
import { signedManifestSchema } from '../../src/contract/update-manifest.ts';
import type { UpdateChannel } from '../../src/core/update/manifest.ts';
import {
  createVersionedDocument,
  type VersionedDocument,
} from '../../src/catalog/segments/versioned-document.ts';
import type { ObjectStore } from '../../src/catalog/store/object-store.ts';
import { channelLogName } from './release-keys.ts';
import { UPDATE_FILE_SUFFIXES } from './update-file.ts';

export const RELEASE_ACTIONS = ['publish', 'promote', 'raise', 'halt', 'resume', 'renew'] as const;
export type ReleaseAction = (typeof RELEASE_ACTIONS)[number];

const channelStateSchema = z.object({
  format: z.literal(1),
  action: z.enum(RELEASE_ACTIONS),
  /** Why, in a sentence; null where it says itself. */
  reason: z.string().nullable(),
  at: z.iso.datetime(),
  /** Since when so many have it. */
  percentSince: z.iso.datetime(),
  signed: signedManifestSchema,
  /** electron-updater's own files, as electron-builder wrote them. */
  updateFiles: z.array(z.object({ suffix: z.enum(UPDATE_FILE_SUFFIXES), text: z.string() })).readonly(),
});
export type ChannelState = Readonly<z.infer<typeof channelStateSchema>>;
export type ChannelLog = VersionedDocument<ChannelState>;

export const openChannelLog = (store: ObjectStore, channel: UpdateChannel): ChannelLog =>
  createVersionedDocument<ChannelState>({
    store,
    log: channelLogName(channel),
    schema: channelStateSchema,
  });
