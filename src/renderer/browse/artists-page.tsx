import { useInfiniteQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { formatCount } from '../i18n/format.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { useSizeTexts } from './catalog-size.ts';
import { artistsQuery } from './catalog-queries.ts';
import { IndexPage } from './index-page.tsx';
import { ArtistCard } from './record-card.tsx';

/** Everyone in the catalog. */
export function ArtistsPage(): ReactNode {
  const t = useTexts('browse');
  const sizeTexts = useSizeTexts();
  const query = useInfiniteQuery(artistsQuery());
  return (
    <IndexPage
      title={t('artistsPage.title')}
      query={query}
      countText={(total) => t('artists', { count: total, formatted: formatCount(total) })}
      idOf={(artist) => artist.id}
      render={(artist) => <ArtistCard {...artist} second={sizeTexts.short(artist)} />}
    />
  );
}
