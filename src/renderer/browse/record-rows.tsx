import { Fragment, type ReactNode } from 'react';
import { Link } from 'wouter';
import type { AlbumSummary, ArtistRef } from '../../contract/catalog-http.ts';
import { coverUrl } from '../host/media-address.ts';
import { formatCount, formatDate, formatDuration } from '../i18n/format.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { PinMark } from '../offline/pin-mark.tsx';
import { classNames } from '../ui/class-names.ts';
import { Cover } from '../ui/cover.tsx';
import { yearOf } from './album-facts.ts';
import pageStyles from './page.module.css';
import styles from './record-rows.module.css';
import { albumPath, artistPath } from './paths.ts';

/** Artists, each leading to their page. */
export function ArtistLinks({ artists }: { readonly artists: readonly ArtistRef[] }): ReactNode {
  return artists.map((artist, index) => (
    <Fragment key={artist.id}>
      {index > 0 && ', '}
      <Link href={artistPath(artist.id)}>{artist.name}</Link>
    </Fragment>
  ));
}

/** New records as a table: day, cover, title, artists, kind, size. */
export function NewRecords({ albums }: { readonly albums: readonly AlbumSummary[] }): ReactNode {
  const t = useTexts('browse');
  return (
    <ul className={pageStyles.tight}>
      {albums.map((album) => (
        <li key={album.id} className={classNames(styles.row, styles.new)}>
          <span className={styles.muted}>{formatDate(album.addedAt, 'dayOfYear')}</span>
          <Cover src={coverUrl(album.artwork, 40)} alt="" size={40} />
          <div className={styles.main}>
            <Link href={albumPath(album.id)} className={styles.link ?? ''}>
              <span className={styles.title} title={album.title}>
                {album.title}
              </span>
            </Link>
          </div>
          <span className={classNames(styles.second, styles.artist)}>
            <ArtistLinks artists={album.artists} />
          </span>
          <span className={classNames(styles.muted, styles.kind)}>{t(`kind.${album.kind}`)}</span>
          <span className={styles.end}>
            {t('tracks', { count: album.trackCount, formatted: formatCount(album.trackCount) })}
          </span>
        </li>
      ))}
    </ul>
  );
}

/** An artist's records: year, cover, title over size, kind, length. */
export function RecordList({ albums }: { readonly albums: readonly AlbumSummary[] }): ReactNode {
  const t = useTexts('browse');
  return (
    <ul className={classNames(styles.records, pageStyles.tight)}>
      {albums.map((album) => (
        <li key={album.id} className={classNames(styles.row, styles.record)}>
          <span className={styles.second}>{yearOf(album.releaseDate)}</span>
          <Cover src={coverUrl(album.artwork, 44)} alt="" size={44} />
          <div className={styles.main}>
            <Link href={albumPath(album.id)} className={styles.link ?? ''}>
              <span className={styles.title} title={album.title}>
                {album.title}
              </span>
            </Link>
            <span className={styles.small}>
              {t('tracks', { count: album.trackCount, formatted: formatCount(album.trackCount) })}
            </span>
          </div>
          <span className={styles.muted}>{t(`kind.${album.kind}`)}</span>
          <span className={styles.kept}>
            <PinMark source={{ kind: 'album', id: album.id }} />
          </span>
          <span className={styles.end}>{formatDuration(album.durationMs)}</span>
        </li>
      ))}
    </ul>
  );
}
