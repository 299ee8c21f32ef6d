/** The Mastodon server somebody last sent a link to, kept on this computer only. */
import { mastodonHost } from '../../core/share/share-targets.ts';

const STORAGE_KEY = 'riffle.mastodon-server';

export const rememberedMastodon = (): string =>
  mastodonHost(globalThis.localStorage?.getItem(STORAGE_KEY) ?? '') ?? '';

export const rememberMastodon = (host: string): void => globalThis.localStorage?.setItem(STORAGE_KEY, host);
