/** What the pages need to know of the installation, and of what may be shown of one thing. */
import type { ShareLink } from '../../core/share/share-link.ts';
import { shareUrl } from '../../core/share/share-link.ts';
import { catalogPaths } from '../../contract/catalog-http.ts';
import { sharePaths } from '../../contract/share-http.ts';
import type { Language } from '../identity/pages/texts.ts';

export interface ShareSite {
  readonly serviceName: string;
  /** The public address, without a slash at its end. */
  readonly baseUrl: string;
  /** Where the app can be had; null where the operator names no such page. */
  readonly downloadUrl: string | null;
  /** How long previews are; null where there are none. */
  readonly previewSeconds: number | null;
}

/** A published picture. */
export interface Picture {
  readonly url: string;
  /** Width and height. */
  readonly pixels: number;
}

/** Beside the view itself. */
export interface Extras {
  readonly language: Language;
  readonly picture: Picture | null;
  /** The tracks of which a piece may be heard. */
  readonly heard: ReadonlySet<string>;
}

export const artworkUrl = ({ baseUrl }: ShareSite, id: string, size: number): string =>
  baseUrl + catalogPaths.artwork.replace(':id', id).replace(':size', String(size));

export const previewUrl = ({ baseUrl }: ShareSite, trackId: string): string =>
  baseUrl + sharePaths.preview.replace(':id', trackId);

/** The page in one language, whatever a browser asks for. */
export const inLanguage = (address: string, language: Language): string =>
  `${address}${address.includes('?') ? '&' : '?'}lang=${language}`;

export const oembedUrl = (site: ShareSite, link: ShareLink, format: 'json' | 'xml'): string =>
  `${site.baseUrl}${sharePaths.oembed}?url=${encodeURIComponent(shareUrl(site.baseUrl, link))}&format=${format}`;
