/** Answers of https://oembed.com, version 1.0. */
import { embedCode, embedSize, shareUrl } from '../../core/share/share-link.ts';
import { html } from '../identity/pages/html.ts';
import { titleOf } from './share-head.ts';
import type { Picture, ShareSite } from './share-site.ts';
import type { View } from './share-view.ts';

export interface OEmbedLimits {
  readonly maxWidth: number | undefined;
  readonly maxHeight: number | undefined;
}

export type OEmbed = Readonly<Record<string, string | number>>;

const CACHE_SECONDS = 86_400;

export const oembedOf = (
  view: View,
  site: ShareSite,
  picture: Picture | null,
  { maxWidth, maxHeight }: OEmbedLimits,
): OEmbed => {
  const size = embedSize(view.link.kind);
  const width = Math.min(size.width, maxWidth ?? size.width);
  const height = Math.min(size.height, maxHeight ?? size.height);
  const title = titleOf(view);
  const [author] = view.people;
  const fits =
    picture !== null &&
    picture.pixels <= (maxWidth ?? picture.pixels) &&
    picture.pixels <= (maxHeight ?? picture.pixels);
  return {
    version: '1.0',
    type: 'rich',
    provider_name: site.serviceName,
    provider_url: site.baseUrl,
    title,
    ...(author === undefined ? {} : { author_name: author.name }),
    ...(author?.link === undefined || author.link === null
      ? {}
      : { author_url: shareUrl(site.baseUrl, author.link) }),
    cache_age: CACHE_SECONDS,
    ...(fits
      ? { thumbnail_url: picture.url, thumbnail_width: picture.pixels, thumbnail_height: picture.pixels }
      : {}),
    html: embedCode(site.baseUrl, view.link, title, { width, height }),
    width,
    height,
  };
};

export const oembedXml = (answer: OEmbed): string =>
  `<?xml version="1.0" encoding="utf-8" standalone="yes"?>\n<oembed>${Object.entries(answer)
    .map(([name, value]) => `<${name}>${html`${String(value)}`.text}</${name}>`)
    .join('')}</oembed>\n`;
