import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { formatCount } from '../i18n/format.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { yearOf } from './album-facts.ts';
import { artistAlbumsQuery, artistQuery } from './catalog-queries.ts';
import { IndexPage } from './index-page.tsx';
import { artistPath } from './paths.ts';
import { RecordCard } from './record-card.tsx';

/** Every record of one artist, newest first. */
export function ArtistAlbumsPage({ id }: { readonly id: string }): ReactNode {
  const t = useTexts('browse');
  const artist = useQuery(artistQuery(id)).data;
  const query = useInfiniteQuery(artistAlbumsQuery(id));
  return (
    <IndexPage
      title={artist?.name ?? t('artist.records')}
      kicker={<Link href={artistPath(id)}>{t('artist.allRecords')}</Link>}
      query={query}
      countText={(total) => t('albums', { count: total, formatted: formatCount(total) })}
      idOf={(album) => album.id}
      notFoundTitle={t('states.notFoundArtist')}
      render={(album) => (
        <RecordCard
          {...album}
          second={[yearOf(album.releaseDate), t(`kind.${album.kind}`)]
            .filter((part) => part !== null)
            .join(' · ')}
        />
      )}
    />
  );
}
