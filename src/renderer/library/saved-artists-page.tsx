import { CloudOff, Search, UsersRound } from 'lucide-react';
import type { ReactNode } from 'react';
import { useLocation } from 'wouter';
import type { ArtistSummary } from '../../contract/catalog-http.ts';
import type { SavedItem } from '../../contract/library.ts';
import { useSizeTexts } from '../browse/catalog-size.ts';
import { artistPath } from '../browse/paths.ts';
import { ArtistCard } from '../browse/record-card.tsx';
import { host } from '../host/host-client.ts';
import { coverUrl } from '../host/media-address.ts';
import { formatDate } from '../i18n/format.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { Button } from '../ui/button.tsx';
import { classNames } from '../ui/class-names.ts';
import { Cover } from '../ui/cover.tsx';
import { PageMessage } from '../ui/page-message.tsx';
import { FollowButton } from './heart-button.tsx';
import { ItemRow } from './item-row.tsx';
import styles from './library.module.css';
import { SavedPage } from './saved-page.tsx';

const SORTS = ['saved', 'title', 'plays'] as const;
const ROW_ART_PX = 40;

export function SavedArtistsPage(): ReactNode {
  return (
    <SavedPage<ArtistSummary>
      place="artists"
      sorts={SORTS}
      fetchPage={(request) => host.library.artists(request)}
      renderCard={(entry) => <FollowedCard {...entry} />}
      renderRow={(entry) => <FollowedRow {...entry} />}
      empty={<NobodyFollowed />}
    />
  );
}

function FollowedCard({ item }: SavedItem<ArtistSummary>): ReactNode {
  const t = useTexts('library');
  const sizeTexts = useSizeTexts();
  if (item !== null) return <ArtistCard {...item} second={sizeTexts.short(item)} />;
  return (
    <>
      <div className={classNames(styles.unknown, styles.unknownRound)}>
        <CloudOff size={20} aria-hidden />
      </div>
      <p className={styles.playlistSecond}>{t('page.unknown')}</p>
    </>
  );
}

function FollowedRow({ id, savedAt, item }: SavedItem<ArtistSummary>): ReactNode {
  const t = useTexts('library');
  const sizeTexts = useSizeTexts();
  const name = item?.name ?? t('page.unknown');
  return (
    <ItemRow
      href={artistPath(id)}
      title={name}
      second={item === null ? '' : sizeTexts.short(item)}
      note={t('page.added', { date: formatDate(savedAt, 'day') })}
      art={<Cover src={coverUrl(item?.artwork ?? null, ROW_ART_PX)} alt="" shape="round" />}
      tools={<FollowButton id={id} name={name} />}
    />
  );
}

function NobodyFollowed(): ReactNode {
  const t = useTexts('library');
  const [, navigate] = useLocation();
  return (
    <PageMessage
      kind="empty"
      title={t('empty.artistsTitle')}
      help={t('empty.artistsHelp')}
      actions={
        <>
          <Button variant="primary" icon={UsersRound} onClick={() => navigate('/artists')}>
            {t('empty.toArtists')}
          </Button>
          <Button variant="bare" icon={Search} onClick={() => navigate('/search')}>
            {t('empty.findMusic')}
          </Button>
        </>
      }
    />
  );
}
