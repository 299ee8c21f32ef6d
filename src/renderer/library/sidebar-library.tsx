import { Disc3, Heart, ListMusic, Plus, UserRoundCheck, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { Link, useLocation } from 'wouter';
import { formatCount } from '../i18n/format.ts';
import { useTexts } from '../i18n/use-texts.ts';
import placeStyles from '../frame/sidebar.module.css';
import { IconButton } from '../ui/icon-button.tsx';
import { tooltip } from '../ui/tooltip.tsx';
import { askName } from './ask-name.ts';
import { libraryPath, playlistPath, type LibraryPlace } from './library-paths.ts';
import { useShelf } from './library-queries.ts';
import { useLibrary } from './library-store.ts';
import { createPlaylist } from './playlist-actions.ts';
import { SidebarShelf } from './sidebar-shelf.tsx';
import styles from './sidebar-library.module.css';

interface Place {
  readonly place: LibraryPlace;
  readonly icon: LucideIcon;
  readonly kind: 'track' | 'album' | 'artist' | 'playlist';
}

const PLACES: readonly Place[] = [
  { place: 'tracks', icon: Heart, kind: 'track' },
  { place: 'albums', icon: Disc3, kind: 'album' },
  { place: 'artists', icon: UserRoundCheck, kind: 'artist' },
  { place: 'playlists', icon: ListMusic, kind: 'playlist' },
];

/** The listener's own part of the sidebar: the places of the library, and every playlist. On the rail only the places. */
export function SidebarLibrary({ rail }: { readonly rail: boolean }): ReactNode {
  const t = useTexts('library');
  const [path] = useLocation();
  const counts = useLibrary((library) => library.counts);
  return (
    <section aria-label={t('sidebar.library')} className={rail ? styles.railPart : styles.part}>
      {!rail && <h2 className={styles.heading}>{t('sidebar.library')}</h2>}
      <ul className={placeStyles.places}>
        {PLACES.map(({ place, icon: Icon, kind }) => {
          const here = path === libraryPath(place);
          const count = counts[kind];
          const formatted = formatCount(count);
          return (
            <li key={place}>
              <Link
                href={libraryPath(place)}
                className={placeStyles.place ?? ''}
                data-near={here || (place === 'playlists' && path.startsWith(playlistPath('')))}
                aria-current={here ? 'page' : undefined}
                {...(count > 0 ? { 'aria-description': t(`counts.${place}`, { count, formatted }) } : {})}
                {...(rail ? { 'aria-label': t(`places.${place}`), ...tooltip(t(`places.${place}`)) } : {})}
              >
                <Icon size={rail ? 20 : 16} aria-hidden />
                {!rail && <span className={placeStyles.name}>{t(`places.${place}`)}</span>}
                {!rail && count > 0 && (
                  <span className={placeStyles.count} aria-hidden>
                    {formatted}
                  </span>
                )}
              </Link>
            </li>
          );
        })}
      </ul>
      {!rail && <Playlists />}
    </section>
  );
}

function Playlists(): ReactNode {
  const t = useTexts('library');
  const [, navigate] = useLocation();
  const shelf = useShelf();
  const make = async (name: string): Promise<void> => {
    const made = await createPlaylist(name, [], null);
    if (made !== null) navigate(playlistPath(made.id));
  };
  return (
    <>
      <div className={styles.headingLine}>
        <h2 className={styles.heading}>{t('sidebar.playlists')}</h2>
        <IconButton
          size="small"
          icon={Plus}
          label={t('sidebar.newPlaylist')}
          aria-haspopup="dialog"
          onClick={() => askName({ about: 'newPlaylist', initial: '', onName: (name) => void make(name) })}
        />
      </div>
      {shelf.length > 0 && <SidebarShelf shelf={shelf} />}
    </>
  );
}
