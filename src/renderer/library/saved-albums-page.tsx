import { CloudOff, Disc3, Search } from 'lucide-react';
import type { ReactNode } from 'react';
import { useLocation } from 'wouter';
import type { AlbumSummary } from '../../contract/catalog-http.ts';
import type { SavedItem } from '../../contract/library.ts';
import { yearOf } from '../browse/album-facts.ts';
import { albumPath } from '../browse/paths.ts';
import { namesOf, RecordCard } from '../browse/record-card.tsx';
import { host } from '../host/host-client.ts';
import { coverUrl } from '../host/media-address.ts';
import { formatDate } from '../i18n/format.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { Button } from '../ui/button.tsx';
import { Cover } from '../ui/cover.tsx';
import { PageMessage } from '../ui/page-message.tsx';
import { HeartButton } from './heart-button.tsx';
import { ItemRow } from './item-row.tsx';
import styles from './library.module.css';
import { SavedPage } from './saved-page.tsx';

const SORTS = ['saved', 'title', 'artist', 'released', 'length', 'plays'] as const;
const ROW_ART_PX = 40;

export function SavedAlbumsPage(): ReactNode {
  return (
    <SavedPage<AlbumSummary>
      place="albums"
      sorts={SORTS}
      fetchPage={(request) => host.library.albums(request)}
      renderCard={(entry) => <AlbumCard {...entry} />}
      renderRow={(entry) => <AlbumRow {...entry} />}
      empty={<NoAlbums />}
    />
  );
}

function AlbumCard({ id, item }: SavedItem<AlbumSummary>): ReactNode {
  const t = useTexts('library');
  const title = item?.title ?? t('page.unknown');
  return (
    <>
      {item === null ? (
        <>
          <div className={styles.unknown}>
            <CloudOff size={20} aria-hidden />
          </div>
          <p className={styles.playlistSecond}>{title}</p>
        </>
      ) : (
        <RecordCard {...item} second={namesOf(item.artists)} />
      )}
      <span className={styles.cardTools}>
        <HeartButton kind="album" id={id} title={title} />
      </span>
    </>
  );
}

function AlbumRow({ id, savedAt, item }: SavedItem<AlbumSummary>): ReactNode {
  const t = useTexts('library');
  const title = item?.title ?? t('page.unknown');
  const year = item === null ? null : yearOf(item.releaseDate);
  return (
    <ItemRow
      href={albumPath(id)}
      title={title}
      second={item === null ? '' : [namesOf(item.artists), year].filter(Boolean).join(' · ')}
      note={t('page.added', { date: formatDate(savedAt, 'day') })}
      art={<Cover src={coverUrl(item?.artwork ?? null, ROW_ART_PX)} alt="" />}
      tools={<HeartButton kind="album" id={id} title={title} />}
    />
  );
}

function NoAlbums(): ReactNode {
  const t = useTexts('library');
  const [, navigate] = useLocation();
  return (
    <PageMessage
      kind="empty"
      title={t('empty.albumsTitle')}
      help={t('empty.albumsHelp')}
      actions={
        <>
          <Button variant="primary" icon={Disc3} onClick={() => navigate('/albums')}>
            {t('empty.toAlbums')}
          </Button>
          <Button variant="bare" icon={Search} onClick={() => navigate('/search')}>
            {t('empty.findMusic')}
          </Button>
        </>
      }
    />
  );
}
