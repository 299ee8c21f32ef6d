/** A store with a feed in it, and what a listener's app would find there. */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import type { ObjectStore } from '../../src/catalog/store/object-store.ts';
import {
  UPDATE_CHANNELS,
  manifestName,
  type UpdateChannel,
  type UpdateManifest,
} from '../../src/core/update/manifest.ts';
import { parsePinnedKeys } from '../../src/main/update/pinned-keys.ts';
import { readManifest } from '../../src/main/update/verify-manifest.ts';
import type { EdgeCache } from '../../scripts/release/edge-cache.ts';
import { createFeed, type Feed } from '../../scripts/release/feed.ts';
import { readReleaseFolder, type Release } from '../../scripts/release/release-folder.ts';
import { feedKey, FEED_PREFIX } from '../../scripts/release/release-keys.ts';
import { generateSigningKey, pinnedForm, readSigningKey } from '../../scripts/release/signing-key.ts';
import { temporaryFolder } from '../host/temporary-folder.ts';
import { buildRelease, type BuildOptions } from './built-release.ts';

export const newKey = () => {
  const pem = generateSigningKey();
  const key = readSigningKey(pem, 'a test');
  return { pem, key, pin: pinnedForm(key) };
};
export type TestKey = ReturnType<typeof newKey>;

/** What all tests sign with. */
export const KEY = newKey();
const PINNED = parsePinnedKeys(KEY.pin);

export interface FeedSettings {
  readonly keys?: readonly TestKey[];
  readonly pins?: readonly TestKey[];
  readonly edge?: EdgeCache | null;
  readonly nowMs?: () => number;
}

export const openFeed = (store: ObjectStore, settings: FeedSettings = {}): Feed =>
  createFeed({
    store,
    keys: (settings.keys ?? [KEY]).map(({ key }) => key),
    pinned: (settings.pins ?? [KEY]).flatMap(({ pin }) => parsePinnedKeys(pin)),
    validDays: 60,
    edge: settings.edge ?? null,
    ...(settings.nowMs === undefined ? {} : { nowMs: settings.nowMs }),
  });

export const built = async (version: string, options: BuildOptions = {}): Promise<Release> => {
  const folder = join(await temporaryFolder(), 'release');
  await buildRelease(folder, version, options);
  return readReleaseFolder(folder);
};

/** As an app reads it; null when there is none. */
export const manifestIn = async (
  store: ObjectStore,
  channel: UpdateChannel = 'stable',
  pinned = PINNED,
): Promise<UpdateManifest | null> => {
  const bytes = await store.getBytes(feedKey(manifestName(channel)));
  return bytes === null ? null : readManifest(bytes, pinned);
};

const updateFileSchema = z.looseObject({
  version: z.string(),
  files: z.array(z.looseObject({ url: z.string(), sha512: z.string() })),
});

/** Everything in the feed that names something which is not there, or is something else. */
export const brokenIn = async (store: ObjectStore): Promise<readonly string[]> => {
  const named = new Map<string, string>();
  for (const channel of UPDATE_CHANNELS)
    for (const { name, sha512 } of (await manifestIn(store, channel))?.files ?? []) named.set(name, sha512);
  for await (const { key } of store.list(FEED_PREFIX)) {
    if (!key.endsWith('.yml')) continue;
    const text = Buffer.from((await store.getBytes(key)) ?? []).toString('utf8');
    for (const { url, sha512 } of updateFileSchema.parse(parse(text)).files) named.set(url, sha512);
  }
  const broken: string[] = [];
  for (const [name, sha512] of named) {
    const bytes = await store.getBytes(feedKey(name));
    if (bytes === null || createHash('sha512').update(bytes).digest('base64') !== sha512) broken.push(name);
  }
  return broken;
};
