import { X } from 'lucide-react';
import { memo } from 'react';
import { coverUrl } from '../host/media-address.ts';
import type { HostErrorCode } from '../../contract/host-error.ts';
import { formatDuration } from '../i18n/format.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { cannotSound, markFace } from '../offline/mark-face.ts';
import { useMark } from '../offline/marks-store.ts';
import { OfflineMark } from '../offline/offline-mark.tsx';
import { useIsAway } from '../offline/use-is-away.ts';
import { classNames } from '../ui/class-names.ts';
import { Cover } from '../ui/cover.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { FailureWords } from './failure-words.tsx';
import type { PlayerEntry } from './playback-store.ts';
import type { QueueSection } from './queue-rows.ts';
import styles from './queue-panel.module.css';

const COVER_PX = 36;

export interface QueueEntryRowProps {
  readonly entry: PlayerEntry;
  readonly section: QueueSection;
  readonly rowIndex: number;
  readonly failure: HostErrorCode | null;
  readonly isTabStop: boolean;
  readonly isDragged: boolean;
}

interface ContentsProps {
  readonly entry: PlayerEntry;
  readonly failure: HostErrorCode | null;
  readonly isTabStop: boolean;
  readonly isDimmed: boolean;
}

/** What a row says: most changes of a queue only move it. */
const Contents = memo(function Contents({ entry, failure, isTabStop, isDimmed }: ContentsProps) {
  const t = useTexts('playback');
  const { track } = entry;
  const artists = track.artists.map((artist) => artist.name).join(', ');
  return (
    <>
      <span className={styles.art}>
        <Cover src={coverUrl(track.artwork, COVER_PX)} alt="" />
      </span>
      <div role="gridcell" className={styles.words}>
        <span className={styles.title} title={track.title}>
          {track.title}
        </span>
        {failure === null ? (
          <span className={styles.artists}>
            {entry.addedBy === 'autoplay' ? t('panel.similar', { artists }) : artists}
          </span>
        ) : (
          <FailureWords code={failure} />
        )}
      </div>
      <span role="gridcell" className={styles.remove} data-action="remove">
        <IconButton
          size="small"
          icon={X}
          tabIndex={isTabStop ? 0 : -1}
          label={t('panel.removeNamed', { title: track.title })}
        />
      </span>
      <span role="gridcell" className={styles.time}>
        {isDimmed ? <AwayMark trackId={track.id} /> : formatDuration(track.durationMs)}
      </span>
    </>
  );
});

function AwayMark({ trackId }: { readonly trackId: string }) {
  return <OfflineMark mark={useMark(trackId)} isAway={useIsAway()} />;
}

/** One entry. It holds no handler but its button's: the list listens for all of its rows. */
export const QueueEntryRow = memo(function QueueEntryRow({
  entry,
  section,
  rowIndex,
  failure,
  isTabStop,
  isDragged,
}: QueueEntryRowProps) {
  const isAway = useIsAway();
  const mark = useMark(entry.track.id);
  const isDimmed = section !== 'current' && cannotSound(markFace(mark, isAway));
  return (
    <div
      role="row"
      aria-rowindex={rowIndex + 1}
      tabIndex={isTabStop ? 0 : -1}
      data-entry={entry.entryId}
      aria-current={section === 'current' ? 'true' : undefined}
      className={classNames(
        styles.row,
        section === 'current' && styles.current,
        section === 'played' && styles.played,
        isDragged && styles.dragged,
        isDimmed && styles.dimmed,
      )}
    >
      <Contents entry={entry} failure={failure} isTabStop={isTabStop} isDimmed={isDimmed} />
    </div>
  );
});
