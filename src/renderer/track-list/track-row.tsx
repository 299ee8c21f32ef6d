import { Check, CircleAlert, Ellipsis, MonitorSmartphone, Pause, Play } from 'lucide-react';
import { memo, type CSSProperties, type ReactNode } from 'react';
import { Link } from 'wouter';
import type { Track } from '../../contract/catalog-http.ts';
import type { HostErrorCode } from '../../contract/host-error.ts';
import { coverUrl } from '../host/media-address.ts';
import { formatCount, formatDuration } from '../i18n/format.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { RowHeart } from '../library/heart-button.tsx';
import { useIsAway } from '../offline/use-is-away.ts';
import { Badge } from '../ui/badge.tsx';
import { classNames } from '../ui/class-names.ts';
import { Cover } from '../ui/cover.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { RippleIcon } from '../ui/ripple-icon.tsx';
import { tooltip } from '../ui/tooltip.tsx';
import type { TrackColumns } from './columns.ts';
import { RowMark } from './row-mark.tsx';
import styles from './track-list.module.css';
import { albumPath } from '../browse/paths.ts';

export interface TrackRowProps {
  readonly track: Track;
  readonly index: number;
  readonly columns: TrackColumns;
  readonly ariaRowIndex: number;
  readonly topPx: number;
  readonly selected: boolean;
  /** Neighbouring selected rows share corners. */
  readonly selectedAbove: boolean;
  readonly selectedBelow: boolean;
  readonly isTabStop: boolean;
  /** `awaited`: it comes after the ad that sounds; its ripple is still, and its key pauses what sounds. */
  readonly playing: 'no' | 'paused' | 'sounding' | 'awaited';
  readonly failure: HostErrorCode | null;
  /** After the title, where there is no line for the artists: guests, or everyone. */
  readonly besideTitle: string;
  /** In place of how long it is. */
  readonly lastWords: string | undefined;
  /** That it was played on another device. */
  readonly elsewhere: string | undefined;
  /** Of the most played one's plays, 0 to 1. */
  readonly share: number;
}

const placeOf = ({ columns, index, track }: TrackRowProps): string => {
  if (columns.number === 'onRecord') return track.trackNumber === null ? '' : formatCount(track.trackNumber);
  return formatCount(index + 1);
};

/** Number, ripple, check or failure: what stands there while the pointer is elsewhere. */
function Mark(props: TrackRowProps): ReactNode {
  const t = useTexts('trackList');
  if (props.failure !== null) return <CircleAlert size={16} aria-label={t(`failed.${props.failure}`)} />;
  if (props.selected) return <Check size={16} aria-hidden />;
  if (props.playing !== 'no') {
    return <RippleIcon moving={props.playing === 'sounding'} label={t('nowPlaying')} />;
  }
  return placeOf(props);
}

function PlayKey({ playing, track, isTabStop }: TrackRowProps): ReactNode {
  const t = useTexts('trackList');
  const sounding = playing === 'sounding' || playing === 'awaited';
  return (
    <span className={styles.play} data-action="play">
      <IconButton
        size="small"
        icon={sounding ? Pause : Play}
        filled
        tabIndex={isTabStop ? 0 : -1}
        label={t(sounding ? 'pauseTrack' : 'playTrack', { title: track.title })}
      />
    </span>
  );
}

/** At its largest; the stylesheet makes it smaller where rows are low. */
const ART_PX = 40;

function Art(props: TrackRowProps): ReactNode {
  return (
    <div role="gridcell" className={styles.art}>
      <Cover src={coverUrl(props.track.artwork, ART_PX)} alt="" />
      {props.columns.number === null && <PlayKey {...props} />}
    </div>
  );
}

function Titles({ track, columns, besideTitle, failure }: TrackRowProps): ReactNode {
  const t = useTexts('trackList');
  const artists = track.artists.map((artist) => artist.name).join(', ');
  return (
    <div role="gridcell" className={styles.titles}>
      <div className={styles.titleLine}>
        <span className={styles.title} title={track.title}>
          {track.title}
          {!columns.artistsBelow && besideTitle !== '' && (
            <span className={styles.guests}> {besideTitle}</span>
          )}
        </span>
        {track.explicit && <Badge>{t('explicit')}</Badge>}
      </div>
      {failure !== null && (
        <div className={classNames(styles.second, styles.reason)}>{t(`failed.${failure}`)}</div>
      )}
      {failure === null && columns.artistsBelow && <div className={styles.second}>{artists}</div>}
    </div>
  );
}

function MoreKey({ track, isTabStop }: TrackRowProps): ReactNode {
  const t = useTexts('trackList');
  return (
    <div role="gridcell" className={styles.more} data-action="menu">
      <IconButton
        size="small"
        icon={Ellipsis}
        tabIndex={isTabStop ? 0 : -1}
        aria-haspopup="menu"
        label={t('moreAbout', { title: track.title })}
      />
    </div>
  );
}

function MarkCell({ track }: TrackRowProps): ReactNode {
  return (
    <div role="gridcell" className={styles.offline}>
      <RowMark trackId={track.id} />
    </div>
  );
}

function HeartCell({ track, isTabStop }: TrackRowProps): ReactNode {
  return (
    <div role="gridcell" className={styles.heart} data-action="like">
      <RowHeart trackId={track.id} title={track.title} isTabStop={isTabStop} />
    </div>
  );
}

/** One track. It holds no handler: the list listens for all of its rows (100,000 of them cost nothing). */
export const TrackRow = memo(function TrackRow(props: TrackRowProps): ReactNode {
  const { track, columns, selected, failure, playing } = props;
  const isAway = useIsAway();
  const place: CSSProperties = { transform: `translateY(${props.topPx}px)` };
  return (
    <div
      role="row"
      aria-rowindex={props.ariaRowIndex}
      aria-selected={selected}
      aria-current={playing === 'no' ? undefined : 'true'}
      draggable
      tabIndex={props.isTabStop ? 0 : -1}
      data-index={props.index}
      style={place}
      className={classNames(
        styles.line,
        styles.row,
        styles.columns,
        selected && styles.selected,
        selected && props.selectedAbove && styles.joinedAbove,
        selected && props.selectedBelow && styles.joinedBelow,
        playing !== 'no' && styles.playing,
        failure !== null && styles.failed,
        isAway && styles.mayDim,
      )}
    >
      {columns.number !== null && (
        <div role="gridcell" className={styles.place}>
          <span className={styles.mark}>
            <Mark {...props} />
          </span>
          <PlayKey {...props} />
        </div>
      )}
      {columns.art && <Art {...props} />}
      <Titles {...props} />
      {columns.album && (
        <div role="gridcell" className={styles.albumCell} title={track.album.title}>
          <Link href={albumPath(track.album.id)} className={classNames(styles.link)} tabIndex={-1}>
            {track.album.title}
          </Link>
        </div>
      )}
      {columns.bar && <MarkCell {...props} />}
      {columns.bar && (
        <div role="gridcell" aria-hidden>
          <div className={styles.bar} style={{ width: `${Math.max(props.share * 100, 2)}%` }} />
        </div>
      )}
      {columns.plays && columns.time && (
        <div role="gridcell" className={styles.plays}>
          {track.plays !== null && formatCount(track.plays)}
        </div>
      )}
      {!columns.bar && <MarkCell {...props} />}
      {!columns.bar && <HeartCell {...props} />}
      <MoreKey {...props} />
      {columns.time ? (
        <div role="gridcell" className={styles.figure}>
          {props.elsewhere !== undefined && (
            <span
              className={styles.elsewhere}
              role="img"
              aria-label={props.elsewhere}
              {...tooltip(props.elsewhere)}
            >
              <MonitorSmartphone size={14} aria-hidden />
            </span>
          )}
          {props.lastWords ?? formatDuration(track.durationMs)}
        </div>
      ) : (
        <div role="gridcell" className={styles.plays}>
          {track.plays !== null && formatCount(track.plays)}
        </div>
      )}
    </div>
  );
});
