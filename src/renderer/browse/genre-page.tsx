import { useQuery } from '@tanstack/react-query';
import { Play, Shuffle } from 'lucide-react';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { Genre } from '../../contract/catalog-http.ts';
import { usePageTitle } from '../frame/page-title.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { usePageArtwork } from '../theme/page-artwork.ts';
import { TrackList } from '../track-list/track-list.tsx';
import { Button } from '../ui/button.tsx';
import { SectionHeading } from '../ui/section-heading.tsx';
import { Shelf } from '../ui/shelf.tsx';
import { SleeveTitle } from '../ui/sleeve-title.tsx';
import { GenreAlbums } from './genre-albums.tsx';
import { useSizeTexts } from './catalog-size.ts';
import { genreQuery } from './catalog-queries.ts';
import styles from './page.module.css';
import { QueryState } from './page-states.tsx';
import { playGenre } from './play-album.ts';
import { namesOf, RecordCard } from './record-card.tsx';
import { IndexSkeleton } from './skeletons.tsx';

/** One genre: play it, what is new in it, what is played most, all of its records. */
export function GenrePage({ id }: { readonly id: string }): ReactNode {
  const t = useTexts('browse');
  const query = useQuery(genreQuery(id));
  usePageArtwork(query.isPending ? undefined : (query.data?.artwork ?? null));
  usePageTitle(query.data?.name ?? null);
  return (
    <QueryState query={query} skeleton={<IndexSkeleton />} notFoundTitle={t('states.notFoundGenre')}>
      {(genre) => <GenreContent key={genre.id} genre={genre} />}
    </QueryState>
  );
}

function GenreContent({ genre }: { readonly genre: Genre }): ReactNode {
  const t = useTexts('browse');
  const sizeTexts = useSizeTexts();
  const arePlaysKnown = genre.popularTracks.some((track) => track.plays !== null && track.plays > 0);
  const tracksTitle = t(arePlaysKnown ? 'genre.popular' : 'genre.tracks');
  return (
    <div className={styles.stack}>
      <header>
        <p className={styles.kicker}>{t('genre.kind')}</p>
        <div className={styles.title}>
          <SleeveTitle text={genre.name} size="xl" />
        </div>
        <div className={styles.headLine}>
          <Button
            variant="primary"
            icon={Play}
            filled
            onClick={() => void playGenre(genre.id, genre.name, false)}
          >
            {t('play')}
          </Button>
          <Button icon={Shuffle} onClick={() => void playGenre(genre.id, genre.name, true)}>
            {t('shuffle')}
          </Button>
          <p className={styles.count}>{sizeTexts.full(genre)}</p>
        </div>
      </header>
      {genre.newestAlbums.length > 0 && (
        <Shelf title={t('genre.newest')} action={<Link href="/genres">{t('genre.allGenres')}</Link>}>
          {genre.newestAlbums.map((album) => (
            <RecordCard key={album.id} {...album} second={namesOf(album.artists)} />
          ))}
        </Shelf>
      )}
      {genre.popularTracks.length > 0 && (
        <section aria-label={tracksTitle}>
          <SectionHeading title={tracksTitle} />
          <TrackList
            tracks={genre.popularTracks}
            layout="mixed"
            label={tracksTitle}
            origin={{ kind: 'genre', id: genre.id, title: genre.name }}
          />
        </section>
      )}
      <GenreAlbums genre={genre} />
    </div>
  );
}
