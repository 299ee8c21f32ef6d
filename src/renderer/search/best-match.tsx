import { Play } from 'lucide-react';
import type { ReactNode } from 'react';
import { Link, useLocation } from 'wouter';
import type { Artwork, BestMatch, SearchReply } from '../../contract/catalog-http.ts';
import { yearOf } from '../browse/album-facts.ts';
import { useSizeTexts } from '../browse/catalog-size.ts';
import { albumPath, artistPath } from '../browse/paths.ts';
import { playAlbum, playArtist } from '../browse/play-album.ts';
import { namesOf } from '../browse/record-card.tsx';
import { coverUrl } from '../host/media-address.ts';
import { formatCount, formatDuration } from '../i18n/format.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { Button } from '../ui/button.tsx';
import { Cover } from '../ui/cover.tsx';
import { SleeveTitle } from '../ui/sleeve-title.tsx';
import { playFound } from './act-on-best.ts';
import styles from './search-page.module.css';

const COVER_PX = 132;

interface BestFacts {
  readonly title: string;
  readonly second: string;
  readonly facts: string;
  readonly artwork: Artwork | null;
  readonly path: string;
  readonly openText: string;
  readonly play: () => void;
}

function useBestFacts(best: BestMatch, reply: SearchReply): BestFacts {
  const t = useTexts('search');
  const sizeTexts = useSizeTexts();
  const tracksText = (count: number): string => t('tracks', { count, formatted: formatCount(count) });
  switch (best.kind) {
    case 'track':
      return {
        title: best.track.title,
        second: namesOf(best.track.artists),
        facts: `${best.track.album.title} · ${formatDuration(best.track.durationMs)}`,
        artwork: best.track.artwork,
        path: albumPath(best.track.album.id),
        openText: t('openAlbum'),
        play: () => playFound(best.track, reply),
      };
    case 'album':
      return {
        title: best.album.title,
        second: namesOf(best.album.artists),
        facts: [yearOf(best.album.releaseDate), tracksText(best.album.trackCount)]
          .filter((part) => part !== null)
          .join(' · '),
        artwork: best.album.artwork,
        path: albumPath(best.album.id),
        openText: t('openAlbum'),
        play: () => void playAlbum(best.album.id),
      };
    case 'artist':
      return {
        title: best.artist.name,
        second: '',
        facts: sizeTexts.full(best.artist),
        artwork: best.artist.artwork,
        path: artistPath(best.artist.id),
        openText: t('openArtist'),
        play: () => void playArtist(best.artist.id, best.artist.name, false),
      };
  }
}

/** The one that was probably meant, large enough to be hit at once. */
export function BestMatchCard(props: { readonly best: BestMatch; readonly reply: SearchReply }): ReactNode {
  const t = useTexts('search');
  const [, navigate] = useLocation();
  const { title, second, facts, artwork, path, openText, play } = useBestFacts(props.best, props.reply);
  return (
    <div className={styles.best}>
      <div className={styles.bestHead}>
        <Cover
          src={coverUrl(artwork, COVER_PX)}
          alt=""
          shape={props.best.kind === 'artist' ? 'round' : 'square'}
          size={COVER_PX}
        />
        <div>
          <p className={styles.bestKind}>{t(`kind.${props.best.kind}`)}</p>
          <Link href={path} className={styles.bestTitle ?? ''}>
            <SleeveTitle text={title} size="l" as="h3" />
          </Link>
          {second !== '' && <p className={styles.bestSecond}>{second}</p>}
        </div>
      </div>
      <div className={styles.bestFoot}>
        <Button variant="primary" icon={Play} filled onClick={play}>
          {t('play')}
        </Button>
        <Button onClick={() => navigate(path)}>{openText}</Button>
        <p className={styles.bestFacts}>{facts}</p>
      </div>
    </div>
  );
}
