import { Link, useLocation } from 'wouter';
import { useHistory } from '../browse/use-history.ts';
import { coverUrl } from '../host/media-address.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { Cover } from '../ui/cover.tsx';
import { tooltip } from '../ui/tooltip.tsx';
import styles from './recent-records.module.css';
import { recordsPlayed } from './records-played.ts';

/** The library below them stays in sight. */
const MOST_IN_SIDEBAR = 5;
const MOST_ON_RAIL = 3;
const RAIL_COVER_PX = 40;

/** What was played lately, one line a record; covers on the rail. Nothing at all before the first play. */
export function RecentRecords({ rail }: { readonly rail: boolean }) {
  const t = useTexts('frame');
  const [path] = useLocation();
  const { data = [] } = useHistory();
  const records = recordsPlayed(data, rail ? MOST_ON_RAIL : MOST_IN_SIDEBAR);
  if (records.length === 0) return null;
  return (
    <ul className={rail ? styles.covers : styles.names} aria-label={t('playedLatelyRecords')}>
      {records.map(({ id, title, artwork }) => (
        <li key={id}>
          <Link
            href={`/album/${id}`}
            className={rail ? styles.cover : styles.name}
            aria-current={path === `/album/${id}` ? 'page' : undefined}
            {...(rail ? { 'aria-label': title, ...tooltip(title) } : {})}
          >
            {rail ? <Cover src={coverUrl(artwork, RAIL_COVER_PX)} alt="" size={RAIL_COVER_PX} /> : title}
          </Link>
        </li>
      ))}
    </ul>
  );
}
