import { Play } from 'lucide-react';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { ArtistRef, Artwork } from '../../contract/catalog-http.ts';
import { coverUrl } from '../host/media-address.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { Cover } from '../ui/cover.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { playAlbum } from './play-album.ts';
import styles from './record-card.module.css';
import { albumPath, artistPath, genrePath } from './paths.ts';

/** The widest a card's cover gets before the shelf takes another column. */
const CARD_PX = 200;

/** "Halden, Mira Oyelaran". */
export const namesOf = (artists: readonly ArtistRef[]): string =>
  artists.map((artist) => artist.name).join(', ');

export interface RecordCardProps {
  readonly id: string;
  readonly title: string;
  readonly artwork: Artwork | null;
  readonly second: string;
}

/** A record on a shelf: cover, title, a second line. All of it leads to the record; the key on the cover plays it. */
export function RecordCard({ id, title, artwork, second }: RecordCardProps): ReactNode {
  const t = useTexts('browse');
  return (
    <article className={styles.card}>
      <div className={styles.coverPlace}>
        <span className={styles.cover}>
          <Cover src={coverUrl(artwork, CARD_PX)} alt="" />
        </span>
        <span className={styles.play}>
          <IconButton
            icon={Play}
            filled
            label={t('playRecord', { title })}
            onClick={() => void playAlbum(id)}
          />
        </span>
      </div>
      <Link href={albumPath(id)} className={styles.link ?? ''}>
        <span className={styles.title} title={title}>
          {title}
        </span>
      </Link>
      <p className={styles.second}>{second}</p>
    </article>
  );
}

export interface ArtistCardProps {
  readonly id: string;
  readonly name: string;
  readonly artwork: Artwork | null;
  readonly second: string;
}

/** A person or a group: round. */
export function ArtistCard({ id, name, artwork, second }: ArtistCardProps): ReactNode {
  return (
    <article className={styles.card}>
      <span className={styles.cover}>
        <Cover src={coverUrl(artwork, CARD_PX)} alt="" shape="round" />
      </span>
      <Link href={artistPath(id)} className={styles.link ?? ''}>
        <span className={styles.title} title={name}>
          {name}
        </span>
      </Link>
      <p className={styles.second}>{second}</p>
    </article>
  );
}

/** A genre, with the cover that stands for it. */
export function GenreCard({ id, name, artwork, second }: ArtistCardProps): ReactNode {
  return (
    <article className={styles.card}>
      <span className={styles.cover}>
        <Cover src={coverUrl(artwork, CARD_PX)} alt="" />
      </span>
      <Link href={genrePath(id)} className={styles.link ?? ''}>
        <span className={styles.title} title={name}>
          {name}
        </span>
      </Link>
      <p className={styles.second}>{second}</p>
    </article>
  );
}
