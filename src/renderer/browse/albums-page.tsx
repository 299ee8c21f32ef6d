import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useSearchParams } from 'wouter';
import { albumOrderSchema, type AlbumOrder } from '../../contract/catalog-http.ts';
import { formatCount } from '../i18n/format.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { Chip } from '../ui/chip.tsx';
import { albumsQuery } from './catalog-queries.ts';
import { IndexPage } from './index-page.tsx';
import { namesOf, RecordCard } from './record-card.tsx';

const ORDERS: readonly AlbumOrder[] = ['newest', 'popular', 'title'];

/** All records, in an order that the address keeps (`?order=title`). */
export function AlbumsPage(): ReactNode {
  const t = useTexts('browse');
  const [parameters, setParameters] = useSearchParams();
  const order = albumOrderSchema.catch('newest').parse(parameters.get('order'));
  const names: Readonly<Record<AlbumOrder, string>> = {
    newest: t('albumsPage.newest'),
    popular: t('albumsPage.popular'),
    title: t('albumsPage.byTitle'),
  };
  const query = useInfiniteQuery({ ...albumsQuery(order), placeholderData: keepPreviousData });
  return (
    <IndexPage
      title={t('albumsPage.title')}
      query={query}
      countText={(total) => t('albums', { count: total, formatted: formatCount(total) })}
      controls={ORDERS.map((name) => (
        <Chip
          key={name}
          selected={name === order}
          onClick={() => setParameters({ order: name }, { replace: true })}
        >
          {names[name]}
        </Chip>
      ))}
      idOf={(album) => album.id}
      render={(album) => <RecordCard {...album} second={namesOf(album.artists)} />}
    />
  );
}
