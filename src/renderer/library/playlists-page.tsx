import { useQuery } from '@tanstack/react-query';
import { ArrowLeft, Ellipsis, Folder, FolderPlus, ListMusic, Plus } from 'lucide-react';
import { useDeferredValue, useState, type ReactNode } from 'react';
import { Link, useLocation, useSearchParams } from 'wouter';
import type { ShelfEntry } from '../../contract/library.ts';
import { QueryState } from '../browse/page-states.tsx';
import pageStyles from '../browse/page.module.css';
import { IndexSkeleton } from '../browse/skeletons.tsx';
import { usePageTitle } from '../frame/page-title.ts';
import { formatCount, formatDate } from '../i18n/format.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { FurtherPlaylistKeys } from '../playlists/further-playlist-keys.tsx';
import { PlaylistCover } from '../playlists/playlist-cover.tsx';
import { usePageArtwork } from '../theme/page-artwork.ts';
import { Button } from '../ui/button.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { DropdownMenu } from '../ui/menu.tsx';
import { PageMessage } from '../ui/page-message.tsx';
import { SleeveTitle } from '../ui/sleeve-title.tsx';
import { askName } from './ask-name.ts';
import { ItemRow, WaitingItem } from './item-row.tsx';
import styles from './library.module.css';
import { LibraryItems } from './library-items.tsx';
import { folderPath, libraryPath, playlistPath } from './library-paths.ts';
import { shelfQuery } from './library-queries.ts';
import { LibraryToolbar } from './library-toolbar.tsx';
import { changeViews, SHELF_SORTS, useLibraryViews } from './library-views.ts';
import { createFolder, createPlaylist } from './playlist-actions.ts';
import { shelfMenu } from './shelf-menu.ts';
import { findFolder, nameOf, shelfView, type FolderEntry, type ShelfPlace } from './shelf.ts';

const CARD_PX = 200;
const ROW_ART_PX = 40;

/** My playlists, in the order they were put in or another, in folders (`?folder=…`). */
export function PlaylistsPage(): ReactNode {
  const query = useQuery(shelfQuery());
  usePageArtwork(null);
  return (
    <QueryState query={query} skeleton={<IndexSkeleton />}>
      {(shelf) => <Shelf shelf={shelf} />}
    </QueryState>
  );
}

function Shelf({ shelf }: { readonly shelf: readonly ShelfEntry[] }): ReactNode {
  const t = useTexts('library');
  const [parameters] = useSearchParams();
  const folder = findFolder(shelf, parameters.get('folder') ?? '');
  const title = folder?.name ?? t('places.playlists');
  usePageTitle(title);
  const view = useLibraryViews(({ playlists }) => playlists);
  const [filter, setFilter] = useState('');
  const asked = useDeferredValue(filter.trim());
  const places = shelfView(shelf, folder, { ...view, filter: asked });
  const playlistCount = places.filter(({ entry }) => entry.kind === 'playlist').length;
  const isEmpty = places.length === 0 && asked === '';
  const count = { count: playlistCount, formatted: formatCount(playlistCount) };
  return (
    <div>
      <header className={styles.head}>
        {folder !== null && (
          <p className={pageStyles.kicker}>
            <Link href={libraryPath('playlists')} className={styles.back ?? ''}>
              <ArrowLeft size={14} aria-hidden /> {t('page.back')}
            </Link>
          </p>
        )}
        {!isEmpty && <SleeveTitle text={title} size="l" />}
        {!isEmpty && (
          <div className={styles.headLine}>
            <NewButtons folderId={folder?.folderId ?? null} />
            <p className={styles.count}>{t(asked === '' ? 'counts.playlists' : 'counts.found', count)}</p>
            <LibraryToolbar
              sort={view.sort}
              sorts={SHELF_SORTS.map((value) => ({
                value,
                label: t(value === 'title' ? 'sorts.name' : `sorts.${value}`),
              }))}
              descending={view.descending}
              onSort={(sort, descending) => changeViews({ playlists: { ...view, sort, descending } })}
              as={view.as}
              onAs={(as) => changeViews({ playlists: { ...view, as } })}
              filter={filter}
              onFilter={setFilter}
              found={asked === '' ? null : t('counts.found', count)}
            />
          </div>
        )}
      </header>
      {isEmpty && (
        <PageMessage
          kind="empty"
          title={t(folder === null ? 'empty.playlistsTitle' : 'empty.folderTitle')}
          help={t(folder === null ? 'empty.playlistsHelp' : 'empty.folderHelp')}
          actions={<NewButtons folderId={folder?.folderId ?? null} />}
        />
      )}
      {places.length > 0 && (
        <LibraryItems
          items={places}
          as={view.as}
          label={title}
          idOf={({ entry }) => entry.key}
          renderCard={(place) => <EntryCard {...place} shelf={shelf} />}
          renderRow={(place) => <EntryRow {...place} shelf={shelf} />}
          waiting={<WaitingItem as={view.as} />}
        />
      )}
      {places.length === 0 && asked !== '' && (
        <p className={styles.nothing}>{t('page.nothing', { query: asked })}</p>
      )}
    </div>
  );
}

function NewButtons({ folderId }: { readonly folderId: string | null }): ReactNode {
  const t = useTexts('library');
  const [, navigate] = useLocation();
  const make = async (name: string): Promise<void> => {
    const made = await createPlaylist(name, [], folderId);
    if (made !== null) navigate(playlistPath(made.id));
  };
  return (
    <div className={pageStyles.actions}>
      <Button
        variant="primary"
        icon={Plus}
        onClick={() => askName({ about: 'newPlaylist', initial: '', onName: (name) => void make(name) })}
      >
        {t('page.newPlaylist')}
      </Button>
      <Button
        icon={FolderPlus}
        onClick={() =>
          askName({
            about: 'newFolder',
            initial: '',
            onName: (name) => void createFolder(name, folderId),
          })
        }
      >
        {t('page.newFolder')}
      </Button>
      <FurtherPlaylistKeys folderId={folderId} />
    </div>
  );
}

type EntryProps = ShelfPlace & { readonly shelf: readonly ShelfEntry[] };

const pathOf = (entry: ShelfEntry): string =>
  entry.kind === 'folder' ? folderPath(entry.folderId) : playlistPath(entry.playlist.id);

function useSecond(entry: ShelfEntry): string {
  const t = useTexts('library');
  if (entry.kind === 'folder') {
    const count = entry.entries.length;
    return `${t('page.folder')} · ${t('counts.playlists', { count, formatted: formatCount(count) })}`;
  }
  const { itemCount, rules } = entry.playlist;
  if (rules !== null) return t('page.smart');
  return t('counts.tracks', { count: itemCount, formatted: formatCount(itemCount) });
}

function EntryMenu({ entry, folder, shelf }: EntryProps): ReactNode {
  const t = useTexts('library');
  const label = t('menu.more', { name: nameOf(entry) });
  return (
    <DropdownMenu
      label={label}
      align="end"
      trigger={<IconButton icon={Ellipsis} label={label} aria-haspopup="menu" />}
      entries={shelfMenu(t, entry, folder, shelf)}
    />
  );
}

function Art({ entry, px }: { readonly entry: ShelfEntry; readonly px: number }): ReactNode {
  if (entry.kind === 'folder') {
    return (
      <span className={styles.mosaic}>
        <Folder size={px > ROW_ART_PX ? 32 : 16} aria-hidden />
      </span>
    );
  }
  if (entry.playlist.artwork.length === 0) {
    return (
      <span className={styles.mosaic}>
        <ListMusic size={px > ROW_ART_PX ? 32 : 16} aria-hidden />
      </span>
    );
  }
  return <PlaylistCover playlist={entry.playlist} px={px} />;
}

function EntryCard(props: EntryProps): ReactNode {
  const { entry } = props;
  const second = useSecond(entry);
  return (
    <>
      <article className={styles.playlistCard}>
        <Art entry={entry} px={CARD_PX} />
        <Link href={pathOf(entry)} className={styles.playlistLink ?? ''} title={nameOf(entry)}>
          {nameOf(entry)}
        </Link>
        <p className={styles.playlistSecond}>{second}</p>
      </article>
      <span className={styles.cardTools}>
        <EntryMenu {...props} />
      </span>
    </>
  );
}

function EntryRow(props: EntryProps): ReactNode {
  const { entry, folder } = props;
  const t = useTexts('library');
  const second = useSecond(entry);
  return (
    <ItemRow
      href={pathOf(entry)}
      title={nameOf(entry)}
      second={second}
      note={noteOf(entry, folder, (name) => t('add.folder', { name }))}
      art={<Art entry={entry} px={ROW_ART_PX} />}
      tools={<EntryMenu {...props} />}
    />
  );
}

/** Which folder it was found in, and when it was changed last. */
const noteOf = (entry: ShelfEntry, folder: FolderEntry | null, inFolder: (name: string) => string): string =>
  [
    folder === null ? null : inFolder(folder.name),
    entry.kind === 'playlist' ? formatDate(entry.playlist.changedAt, 'day') : null,
  ]
    .filter((part) => part !== null)
    .join(' · ');
