import {
  ArrowDownToLine,
  Disc3,
  History,
  House,
  Search,
  Tag,
  UsersRound,
  type LucideIcon,
} from 'lucide-react';
import { Link, useLocation } from 'wouter';
import { formatCount } from '../i18n/format.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { SidebarLibrary } from '../library/sidebar-library.tsx';
import { useLibrary } from '../library/library-store.ts';
import { runAction } from '../shortcuts/registry.ts';
import { useStatus } from '../status/status-store.ts';
import { Logo } from '../ui/logo.tsx';
import { tooltip } from '../ui/tooltip.tsx';
import { RecentRecords } from './recent-records.tsx';
import styles from './sidebar.module.css';

interface Place {
  readonly href: string;
  readonly icon: LucideIcon;
  readonly name: 'home' | 'search' | 'albums' | 'artists' | 'genres' | 'computer' | 'history';
  /** Pages one comes to from here. */
  readonly below?: string;
}

const PLACES: readonly Place[] = [
  { href: '/', icon: House, name: 'home' },
  { href: '/search', icon: Search, name: 'search' },
  { href: '/albums', icon: Disc3, name: 'albums', below: '/album/' },
  { href: '/artists', icon: UsersRound, name: 'artists', below: '/artist/' },
  { href: '/genres', icon: Tag, name: 'genres', below: '/genre/' },
  { href: '/computer', icon: ArrowDownToLine, name: 'computer' },
  { href: '/history', icon: History, name: 'history' },
];

/** Logo and places; below 1000 px a rail of icons. */
export function Sidebar({ rail }: { readonly rail: boolean }) {
  const t = useTexts('frame');
  const [path] = useLocation();
  const hasPlaylists = useLibrary(({ counts }) => counts.playlist > 0);
  const playable = useStatus((status) => status.playable.tracks);
  return (
    <nav aria-label={t('navigation')} className={styles.sidebar}>
      <Link href="/" className={styles.logo} aria-label={`Riffle, ${t('home')}`}>
        {rail ? <Logo shape="mark" height={24} /> : <Logo shape="wordmark" height={17} />}
      </Link>
      <div className={styles.navigation} data-scroll>
        <ul className={styles.places}>
          {PLACES.map(({ href, icon: Icon, name, below }) => {
            const here = path === href;
            const near = here || (below !== undefined && path.startsWith(below));
            const counted = name === 'computer' && playable > 0;
            return (
              <li key={href}>
                <Link
                  href={href}
                  className={styles.place}
                  data-near={near}
                  // Who wants to search wants to type.
                  onClick={name === 'search' ? () => runAction('frame.search') : undefined}
                  aria-current={here ? 'page' : undefined}
                  {...(counted
                    ? {
                        'aria-description': t('playable', {
                          count: playable,
                          formatted: formatCount(playable),
                        }),
                      }
                    : {})}
                  {...(rail ? { 'aria-label': t(name), ...tooltip(t(name)) } : {})}
                >
                  <Icon size={rail ? 20 : 16} aria-hidden />
                  {!rail && <span className={styles.name}>{t(name)}</span>}
                  {counted && !rail && (
                    <span className={styles.count} aria-hidden>
                      {formatCount(playable)}
                    </span>
                  )}
                </Link>
              </li>
            );
          })}
        </ul>
        {/* Until there are playlists, what was played lately is what one comes back to. It stands below that place. */}
        {!hasPlaylists && <RecentRecords rail={rail} />}
        <SidebarLibrary rail={rail} />
      </div>
    </nav>
  );
}
