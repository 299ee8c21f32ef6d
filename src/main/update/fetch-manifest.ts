import { LARGEST_MANIFEST_BYTES } from '../../contract/update-manifest.ts';
import { manifestName, type UpdateChannel, type UpdateManifest } from '../../core/update/manifest.ts';
import type { Clock } from '../ports.ts';
import { fetchLimited } from './fetch-limited.ts';
import type { Feed } from './pinned-keys.ts';
import { UpdateFailed } from './update-failed.ts';
import { readManifest } from './verify-manifest.ts';

const LIMIT_MS = 20_000;

/** What a feed says of a channel, signed by a pinned key. Throws an `UpdateFailed`, or the signal's reason. */
export const fetchManifest = async (
  { url, keys }: Feed,
  channel: UpdateChannel,
  options: {
    readonly fetch: typeof globalThis.fetch;
    readonly clock: Clock;
    readonly isOnline: () => boolean;
    readonly signal: AbortSignal;
  },
): Promise<UpdateManifest> => {
  const address = new URL(manifestName(channel), url);
  const { status, bytes } = await fetchLimited(address.href, {
    ...options,
    limitBytes: LARGEST_MANIFEST_BYTES,
    limitMs: LIMIT_MS,
  });
  if (status !== 200) throw new UpdateFailed('feed_unreachable', `the manifest answered ${status}`);
  return readManifest(bytes, keys);
};
