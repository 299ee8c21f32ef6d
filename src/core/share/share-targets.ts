/**
 * Where a link can be sent to, and the address that begins to do so in a browser. Each is the public way that the
 * service documents for links; none gets anything before a person opens it.
 */
import { assertNever } from '../playback/assert-never.ts';

export const SHARE_TARGETS = ['facebook', 'x', 'whatsapp', 'telegram', 'bluesky', 'reddit', 'email'] as const;
/** Mastodon is beside these: it is many places, so a person says which is theirs. */
export type ShareTarget = (typeof SHARE_TARGETS)[number];

export interface SharedWords {
  readonly url: string;
  /** One line: what it is and by whom. */
  readonly text: string;
}

/** Labels of a host name (RFC 1123), two at least, no port: what a Mastodon instance is written as. */
const HOST = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])$/;

/**
 * The host of a Mastodon instance as a person writes it (`mastodon.social`, `https://mastodon.social/about`,
 * `@lene@mastodon.social`); null for what is none.
 */
export const mastodonHost = (written: string): string | null => {
  const host = written
    .trim()
    .toLowerCase()
    .replace(/^https?:\/\//, '')
    .replace(/[/?#].*$/, '')
    .replace(/^.*@/, '');
  return host.length <= 253 && HOST.test(host) ? host : null;
};

const withParameters = (address: string, parameters: Readonly<Record<string, string>>): string => {
  const query = Object.entries(parameters).map(
    ([name, value]) => `${name}=${encodeURIComponent(value.toWellFormed())}`,
  );
  return `${address}?${query.join('&')}`;
};

/** All are https, but for mail. */
export const targetAddress = (target: ShareTarget, { url, text }: SharedWords): string => {
  switch (target) {
    case 'facebook':
      return withParameters('https://www.facebook.com/sharer/sharer.php', { u: url });
    case 'x':
      return withParameters('https://x.com/intent/post', { text, url });
    case 'whatsapp':
      return withParameters('https://wa.me/', { text: `${text} ${url}` });
    case 'telegram':
      return withParameters('https://t.me/share/url', { url, text });
    case 'bluesky':
      return withParameters('https://bsky.app/intent/compose', { text: `${text} ${url}` });
    case 'reddit':
      return withParameters('https://www.reddit.com/submit', { url, title: text });
    case 'email':
      return withParameters('mailto:', { subject: text, body: url });
    default:
      return assertNever(target);
  }
};

/** @param host an instance, as `mastodonHost` gives it. */
export const mastodonAddress = (host: string, { url, text }: SharedWords): string =>
  withParameters(`https://${host}/share`, { text: `${text} ${url}` });
