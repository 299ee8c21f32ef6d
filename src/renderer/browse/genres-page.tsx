import { useInfiniteQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { formatCount } from '../i18n/format.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { genresQuery } from './catalog-queries.ts';
import { IndexPage } from './index-page.tsx';
import { GenreCard } from './record-card.tsx';

/** Every genre, with a cover that stands for it. */
export function GenresPage(): ReactNode {
  const t = useTexts('browse');
  const query = useInfiniteQuery(genresQuery());
  return (
    <IndexPage
      title={t('genresPage.title')}
      query={query}
      countText={(total) => t('genres', { count: total, formatted: formatCount(total) })}
      idOf={(genre) => genre.id}
      render={(genre) => (
        <GenreCard
          {...genre}
          second={t('tracks', { count: genre.trackCount, formatted: formatCount(genre.trackCount) })}
        />
      )}
    />
  );
}
