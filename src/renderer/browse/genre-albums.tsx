import { useInfiniteQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { Genre } from '../../contract/catalog-http.ts';
import { formatCount } from '../i18n/format.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { SectionHeading } from '../ui/section-heading.tsx';
import { albumsQuery } from './catalog-queries.ts';
import { VirtualCoverGrid } from './cover-grid.tsx';
import { namesOf, RecordCard } from './record-card.tsx';

/** All records of a genre, below what is new and what is played; nothing when the shelf above already had them. */
export function GenreAlbums({ genre }: { readonly genre: Genre }): ReactNode {
  const t = useTexts('browse');
  const needed = genre.albumCount > genre.newestAlbums.length;
  const { data, fetchNextPage, hasNextPage } = useInfiniteQuery({
    ...albumsQuery('title', genre.id),
    enabled: needed,
  });
  if (!needed || data === undefined) return null;
  const items = data.pages.flatMap((page) => page.items);
  return (
    <section aria-label={t('genre.allAlbums')}>
      <SectionHeading title={t('genre.allAlbums')} note={formatCount(genre.albumCount)} />
      <VirtualCoverGrid
        items={items}
        total={hasNextPage ? items.length + 1 : items.length}
        label={t('genre.allAlbums')}
        idOf={(album) => album.id}
        render={(album) => <RecordCard {...album} second={namesOf(album.artists)} />}
        onNeedMore={() => void fetchNextPage({ cancelRefetch: false })}
      />
    </section>
  );
}
