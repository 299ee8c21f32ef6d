/**
 * Where releases lie in their store. `releases/feed/` is what the edge hands out, all of it in one folder, as electron-updater wants
 * it; the rest is for the release command alone.
 */
import type { UpdateChannel } from '../../src/core/update/manifest.ts';

export const FEED_PREFIX = 'releases/feed/';
export const feedKey = (name: string): string => `${FEED_PREFIX}${name}`;

/** The versioned document of what a channel offers: every change of it, signed, in order. */
export const channelLogName = (channel: UpdateChannel): string => `releases/log/${channel}`;

/** Whose bytes a name stands for, written once and before the bytes are. */
export const claimKey = (name: string): string => `releases/claims/${name}.json`;

/** What electron-updater calls the channels. */
const UPDATE_FILE_PREFIXES: Readonly<Record<UpdateChannel, string>> = { stable: 'latest', beta: 'beta' };

/** `suffix` as in `UPDATE_FILE_SUFFIXES`: `latest-mac.yml`. */
export const updateFileName = (channel: UpdateChannel, suffix: string): string =>
  `${UPDATE_FILE_PREFIXES[channel]}${suffix}.yml`;
