import { Link } from 'wouter';
import type { Origin } from '../../contract/playback-session.ts';
import { formatCount } from '../i18n/format.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { showToast } from '../ui/toast.ts';
import type { PlayerEntry } from './playback-store.ts';
import { originPath } from './origin-path.ts';
import { useAdBreak } from './playback-hooks.ts';
import { player } from './player.ts';
import styles from './queue-panel.module.css';
import type { QueueSection } from './queue-rows.ts';
import { useWaitingCount } from './use-waiting-count.ts';

function PlayingFrom({ origin }: { readonly origin: Origin | null }) {
  const t = useTexts('playback');
  const isInBreak = useAdBreak() !== null;
  if (origin === null) return t(isInBreak ? 'ad.next' : 'panel.playing');
  const path = originPath(origin);
  const text = t(isInBreak ? 'ad.nextFrom' : 'panel.playingFrom', { title: origin.title });
  return path === null ? (
    text
  ) : (
    <Link href={path} className={styles.origin ?? ''}>
      {text}
    </Link>
  );
}

function ClearAsked() {
  const t = useTexts('playback');
  return (
    <button
      type="button"
      className={styles.clear}
      onClick={() => {
        player.edits.clearRequested();
        showToast({
          text: t('panel.askedCleared'),
          action: { label: t('panel.undo'), onSelect: () => player.edits.undo() },
        });
      }}
    >
      {t('panel.clearAsked')}
    </button>
  );
}

export interface QueueHeadingProps {
  readonly section: Exclude<QueueSection, 'played'>;
  readonly origin: Origin | null;
  /** What stands below it. */
  readonly entries: readonly PlayerEntry[];
}

/** How many of these wait for a network, where that can be said. */
function Waiting({ entries }: { readonly entries: readonly PlayerEntry[] }) {
  const t = useTexts('playback');
  const count = useWaitingCount(entries);
  if (count === null || count === 0) return null;
  return <span>{t('panel.waiting', { count, formatted: formatCount(count) })}</span>;
}

/** The line above a part of the queue. */
export function QueueHeading({ section, origin, entries }: QueueHeadingProps) {
  const t = useTexts('playback');
  const rest = origin === null ? t('panel.afterwards') : t(`panel.afterwardsFrom.${origin.kind}`);
  return (
    <div role="row" className={styles.heading}>
      <div role="gridcell" className={styles.headingText}>
        <h3>
          {section === 'current' && <PlayingFrom origin={origin} />}
          {section === 'requested' && t('panel.asked')}
          {section === 'upcoming' && rest}
        </h3>
        {section !== 'current' && <Waiting entries={entries} />}
      </div>
      {section === 'requested' && (
        <div role="gridcell">
          <ClearAsked />
        </div>
      )}
    </div>
  );
}
