import { formatCount } from '../i18n/format.ts';
import { useTexts } from '../i18n/use-texts.ts';

export interface CatalogSize {
  readonly albumCount: number;
  readonly trackCount: number;
}

export interface SizeTexts {
  /** "2 albums, 9 tracks"; what there is none of is not mentioned. */
  full(size: CatalogSize): string;
  /** "9 tracks", or the albums of those who have only put them together. */
  short(size: CatalogSize): string;
}

/** How much of an artist or a genre there is, in words. */
export function useSizeTexts(): SizeTexts {
  const t = useTexts('browse');
  const albums = (count: number): string => t('albums', { count, formatted: formatCount(count) });
  const tracks = (count: number): string => t('tracks', { count, formatted: formatCount(count) });
  return {
    full: ({ albumCount, trackCount }) =>
      [...(albumCount > 0 ? [albums(albumCount)] : []), ...(trackCount > 0 ? [tracks(trackCount)] : [])].join(
        ', ',
      ),
    short: ({ albumCount, trackCount }) =>
      trackCount === 0 && albumCount > 0 ? albums(albumCount) : tracks(trackCount),
  };
}
