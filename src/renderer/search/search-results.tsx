import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { SearchKind, SearchReply } from '../../contract/catalog-http.ts';
import { yearOf } from '../browse/album-facts.ts';
import { useSizeTexts } from '../browse/catalog-size.ts';
import { useColumnCount } from '../browse/column-count.ts';
import { VirtualCoverGrid } from '../browse/cover-grid.tsx';
import { ArtistCard, namesOf, RecordCard } from '../browse/record-card.tsx';
import { formatCount } from '../i18n/format.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { TrackList } from '../track-list/track-list.tsx';
import { classNames } from '../ui/class-names.ts';
import { SectionHeading } from '../ui/section-heading.tsx';
import { searchOrigin } from './act-on-best.ts';
import { BestMatchCard } from './best-match.tsx';
import styles from './search-page.module.css';

const TRACKS_SHOWN = 5;

type Hits = SearchReply['tracks'] | SearchReply['albums'] | SearchReply['artists'];

function AllLink(props: { readonly hits: Hits; readonly href: string; readonly shown: number }): ReactNode {
  const t = useTexts('search');
  if (props.hits.total <= props.shown && !props.hits.capped) return null;
  const figure = formatCount(props.hits.total);
  return (
    <Link href={props.href}>
      {t('allOf', { formatted: props.hits.capped ? t('more', { formatted: figure }) : figure })}
    </Link>
  );
}

/** One row: what does not fit is left out, for the keyboard as well. */
function CoverRow(props: {
  readonly className: string | undefined;
  readonly covers: readonly ReactNode[];
}): ReactNode {
  const [measured, columns] = useColumnCount();
  return (
    <div ref={measured} className={classNames(styles.covers, props.className)}>
      {props.covers.slice(0, columns)}
    </div>
  );
}

export interface OverviewProps {
  readonly reply: SearchReply;
  /** The address of all results of one kind. */
  readonly hrefOf: (kind: SearchKind) => string;
}

/** Best match and tracks, then records and people: what there is, and nothing in place of what there is not. */
export function SearchOverview({ reply, hrefOf }: OverviewProps): ReactNode {
  const t = useTexts('search');
  const sizeTexts = useSizeTexts();
  const { best, tracks, albums, artists } = reply;
  return (
    <div className={styles.results}>
      {(best !== null || tracks.items.length > 0) && (
        <div className={styles.top}>
          {best !== null && (
            <section className={styles.section} aria-label={t('best')}>
              <SectionHeading title={t('best')} />
              <BestMatchCard best={best} reply={reply} />
            </section>
          )}
          {tracks.items.length > 0 && (
            <section className={styles.section} aria-label={t('chips.tracks')}>
              <SectionHeading
                title={t('chips.tracks')}
                action={<AllLink hits={tracks} href={hrefOf('track')} shown={TRACKS_SHOWN} />}
              />
              <TrackList
                tracks={tracks.items.slice(0, TRACKS_SHOWN)}
                layout="results"
                label={t('chips.tracks')}
                origin={searchOrigin(reply.query)}
              />
            </section>
          )}
        </div>
      )}
      {albums.items.length + artists.items.length > 0 && (
        <div className={styles.bottom}>
          {albums.items.length > 0 && (
            <section className={styles.section} aria-label={t('chips.albums')}>
              <SectionHeading
                title={t('chips.albums')}
                action={<AllLink hits={albums} href={hrefOf('album')} shown={0} />}
              />
              <CoverRow
                className={styles.albums}
                covers={albums.items.map((album) => (
                  <RecordCard
                    key={album.id}
                    {...album}
                    second={[namesOf(album.artists), yearOf(album.releaseDate)]
                      .filter((part) => part !== null)
                      .join(' · ')}
                  />
                ))}
              />
            </section>
          )}
          {artists.items.length > 0 && (
            <section className={styles.section} aria-label={t('chips.artists')}>
              <SectionHeading
                title={t('chips.artists')}
                action={<AllLink hits={artists} href={hrefOf('artist')} shown={0} />}
              />
              <CoverRow
                className={styles.artists}
                covers={artists.items.map((artist) => (
                  <ArtistCard key={artist.id} {...artist} second={sizeTexts.short(artist)} />
                ))}
              />
            </section>
          )}
        </div>
      )}
    </div>
  );
}

const nothingMore = (): void => undefined;

/** Every result of one kind, up to the two hundred that the service gives; more is said, not hidden. */
export function SearchOfKind({
  reply,
  kind,
}: {
  readonly reply: SearchReply;
  readonly kind: SearchKind;
}): ReactNode {
  const t = useTexts('search');
  const sizeTexts = useSizeTexts();
  const hits = { track: reply.tracks, album: reply.albums, artist: reply.artists }[kind];
  const isCut = hits.capped || hits.total > hits.items.length;
  const figure = formatCount(hits.total);
  return (
    <div className={styles.results}>
      <div>
        {hits.items.length === 0 && (
          <p className={styles.note}>{t(`noneOf.${kind}`, { query: reply.query })}</p>
        )}
        {isCut && (
          <p className={styles.note}>
            {t('showing', {
              count: hits.total,
              shown: formatCount(hits.items.length),
              formatted: hits.capped ? t('more', { formatted: figure }) : figure,
            })}
          </p>
        )}
        {kind === 'track' && (
          <TrackList
            tracks={reply.tracks.items}
            layout="mixed"
            withHead
            label={t('chips.tracks')}
            origin={searchOrigin(reply.query)}
          />
        )}
        {kind === 'album' && (
          <VirtualCoverGrid
            items={reply.albums.items}
            total={reply.albums.items.length}
            label={t('chips.albums')}
            idOf={(album) => album.id}
            render={(album) => <RecordCard {...album} second={namesOf(album.artists)} />}
            onNeedMore={nothingMore}
          />
        )}
        {kind === 'artist' && (
          <VirtualCoverGrid
            items={reply.artists.items}
            total={reply.artists.items.length}
            label={t('chips.artists')}
            idOf={(artist) => artist.id}
            render={(artist) => <ArtistCard {...artist} second={sizeTexts.short(artist)} />}
            onNeedMore={nothingMore}
          />
        )}
      </div>
    </div>
  );
}
