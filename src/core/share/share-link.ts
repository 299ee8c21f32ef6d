/**
 * Links to the public pages of a service: `<base>/track/<id>?t=83`, `<base>/album/<id>`, `<base>/artist/<id>`,
 * `<base>/playlist/<share id>`. One grammar for those who make them (app, pages) and those who read them (oEmbed).
 */
import { formatDeepLink, type DeepLink } from '../links/deep-link.ts';

export const SHARE_KINDS = ['track', 'album', 'artist', 'playlist'] as const;
export type ShareKind = (typeof SHARE_KINDS)[number];

/** What a link leads to. `id` is the catalog's, of a playlist the sharing's. */
export type ShareLink =
  /** `atMs`: where in the track; links keep whole seconds. */
  | { readonly kind: 'track'; readonly id: string; readonly atMs: number }
  | { readonly kind: 'album' | 'artist' | 'playlist'; readonly id: string };

/** As `idSchema` of the contract has it. */
const CATALOG_ID = /^[0-9a-z]{20}$/;
/** As `shareSchema` of the contract has it. */
const SHARE_ID = /^[0-9A-Za-z_-]{20,64}$/;
const SECONDS = /^(?:0|[1-9][0-9]{0,4})$/;
/** A day: nothing in a catalog is longer. */
const LATEST_SECONDS = 86_400;

/** A playlist's id, and behind it, where the playlist is private, 128 random bits in base64url. */
const PLAYLIST_SHARE = /^([0-9a-z]{20})([0-9A-Za-z_-]{22})?$/;

/**
 * What the id of a playlist's sharing is made of. `secret` null: it is the playlist's own id, which leads to the playlist as long as
 * that is public. Null for what no service of this version gives out.
 */
export const readPlaylistShare = (
  shareId: string,
): { readonly playlistId: string; readonly secret: string | null } | null => {
  const [, playlistId, secret] = PLAYLIST_SHARE.exec(shareId) ?? [];
  return playlistId === undefined ? null : { playlistId, secret: secret ?? null };
};

/** Null for what no link of that kind can have as its id. */
export const shareLinkOf = (kind: ShareKind, id: string, seconds?: string): ShareLink | null => {
  if (!(kind === 'playlist' ? SHARE_ID : CATALOG_ID).test(id)) return null;
  if (kind !== 'track') return { kind, id };
  const at = seconds !== undefined && SECONDS.test(seconds) ? Number(seconds) : 0;
  return { kind, id, atMs: at <= LATEST_SECONDS ? at * 1000 : 0 };
};

const trimmed = (base: string): string => base.replace(/\/+$/, '');

/** Path and query, without the base. */
export const sharePath = (link: ShareLink): string => {
  const seconds = link.kind === 'track' ? Math.floor(link.atMs / 1000) : 0;
  return `/${link.kind}/${link.id}${seconds === 0 ? '' : `?t=${seconds}`}`;
};

/** The address of the public page. `base` is the service's public address, with or without a slash at its end. */
export const shareUrl = (base: string, link: ShareLink): string => trimmed(base) + sharePath(link);

/** The address of an invitation's page. */
export const joinUrl = (base: string, code: string): string => `${trimmed(base)}/join/${code}`;

/** The address of the small page that may stand in a frame. */
export const embedUrl = (base: string, link: ShareLink): string => `${trimmed(base)}/embed${sharePath(link)}`;

/** What an address leads to; null when it is no page of the service at `base`. Other parameters are passed over. */
export const readShareUrl = (base: string, address: string): ShareLink | null => {
  const home = `${trimmed(base)}/`;
  if (!address.startsWith(home)) return null;
  const [path = '', query = ''] = (address.slice(home.length).split('#')[0] ?? '').split('?', 2);
  const [name, id = '', ...more] = path
    .replace(/^embed\//, '')
    .replace(/\/$/, '')
    .split('/');
  const kind = SHARE_KINDS.find((known) => known === name);
  if (kind === undefined || more.length > 0) return null;
  const seconds = query.split('&').find((parameter) => parameter.startsWith('t='));
  return shareLinkOf(kind, id, seconds?.slice(2));
};

/** What opens the same in the app. */
export const deepLinkOf = (link: ShareLink): string => {
  const opened: DeepLink =
    link.kind === 'playlist'
      ? { kind: 'share', id: link.id }
      : link.kind === 'track'
        ? { kind: 'track', id: link.id, atMs: Math.floor(link.atMs / 1000) * 1000 }
        : { kind: link.kind, id: link.id };
  return formatDeepLink(opened);
};

/** Wide enough for a cover and a title beside it; higher where there are rows to show. */
export const embedSize = (kind: ShareKind): { readonly width: number; readonly height: number } => ({
  width: 480,
  height: kind === 'track' ? 200 : 380,
});

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string): string => text.replace(/[&<>"]/g, (sign) => ESCAPES[sign] ?? '');

/** What somebody puts into a page of theirs; the frame says itself what may be done in it. */
export const embedCode = (
  base: string,
  link: ShareLink,
  title: string,
  { width, height } = embedSize(link.kind),
): string =>
  `<iframe src="${escaped(embedUrl(base, link))}" title="${escaped(title)}" width="${width}" height="${height}" ` +
  'style="border:0;border-radius:8px;max-width:100%" loading="lazy" referrerpolicy="no-referrer"></iframe>';
