import { formatDeepLink, parseDeepLink } from '../../../core/links/deep-link.ts';

/** Where a track of this catalog is to be found, as other programs may keep it. */
export const trackLocation = (catalogId: string): string =>
  formatDeepLink({ kind: 'track', id: catalogId, atMs: 0 });

/** The id in such a location; null for every other address or path. */
export const catalogIdIn = (location: string | null | undefined): string | null => {
  const link = parseDeepLink(location ?? '');
  return link?.kind === 'track' ? link.id : null;
};

/** An id of this catalog as it stands in Riffle's own tables; null for every other service's. */
export const ownIdIn = (text: string): string | null => (/^[0-9a-v]{20}$/u.test(text) ? text : null);
