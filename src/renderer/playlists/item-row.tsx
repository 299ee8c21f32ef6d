import { Check, CircleAlert, Ellipsis, Pause, Play } from 'lucide-react';
import { memo, type ReactNode } from 'react';
import { Link } from 'wouter';
import type { Track } from '../../contract/catalog-http.ts';
import type { HostErrorCode } from '../../contract/host-error.ts';
import type { PlaylistItem } from '../../contract/library.ts';
import { albumPath } from '../browse/paths.ts';
import { coverUrl } from '../host/media-address.ts';
import { formatCount, formatDate, formatDuration } from '../i18n/format.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { RowHeart } from '../library/heart-button.tsx';
import { useIsAway } from '../offline/use-is-away.ts';
import { RowMark } from '../track-list/row-mark.tsx';
import listStyles from '../track-list/track-list.module.css';
import { Badge } from '../ui/badge.tsx';
import { classNames } from '../ui/class-names.ts';
import { Cover } from '../ui/cover.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { RippleIcon } from '../ui/ripple-icon.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import styles from './item-list.module.css';
import { MemberMark } from './member-mark.tsx';

const ART_PX = 40;

export interface ItemRowProps {
  /** Undefined: not had yet. */
  readonly item: PlaylistItem | undefined;
  readonly index: number;
  readonly topPx: number;
  readonly selected: boolean;
  readonly selectedAbove: boolean;
  readonly selectedBelow: boolean;
  readonly isTabStop: boolean;
  readonly isCut: boolean;
  readonly playing: 'no' | 'paused' | 'sounding' | 'awaited';
  readonly failure: HostErrorCode | null;
  /** Who added it, where several do; null where there is no such column. */
  readonly addedBy: string | null;
}

function Mark(props: ItemRowProps): ReactNode {
  const t = useTexts('trackList');
  if (props.failure !== null) return <CircleAlert size={16} aria-label={t(`failed.${props.failure}`)} />;
  if (props.selected) return <Check size={16} aria-hidden />;
  if (props.playing !== 'no') {
    return <RippleIcon moving={props.playing === 'sounding'} label={t('nowPlaying')} />;
  }
  return formatCount(props.index + 1);
}

function PlaceCell(props: ItemRowProps): ReactNode {
  const t = useTexts('trackList');
  const sounds = props.playing === 'sounding' || props.playing === 'awaited';
  const title = props.item?.track?.title;
  return (
    <div role="gridcell" className={listStyles.place}>
      <span className={listStyles.mark}>
        <Mark {...props} />
      </span>
      {title !== undefined && (
        <span className={listStyles.play} data-action="play">
          <IconButton
            size="small"
            icon={sounds ? Pause : Play}
            filled
            tabIndex={props.isTabStop ? 0 : -1}
            label={t(sounds ? 'pauseTrack' : 'playTrack', { title })}
          />
        </span>
      )}
    </div>
  );
}

function Titles({
  track,
  failure,
}: {
  readonly track: Track;
  readonly failure: HostErrorCode | null;
}): ReactNode {
  const t = useTexts('trackList');
  return (
    <div role="gridcell" className={listStyles.titles}>
      <div className={listStyles.titleLine}>
        <span className={listStyles.title} title={track.title}>
          {track.title}
        </span>
        {track.explicit && <Badge>{t('explicit')}</Badge>}
      </div>
      {failure === null ? (
        <div className={listStyles.second}>{track.artists.map(({ name }) => name).join(', ')}</div>
      ) : (
        <div className={classNames(listStyles.second, listStyles.reason)}>{t(`failed.${failure}`)}</div>
      )}
    </div>
  );
}

/** Until it is had, and where the catalog has none: the same place, said in words. */
function NoTrack({ item }: { readonly item: PlaylistItem | undefined }): ReactNode {
  const t = useTexts('playlists');
  return (
    <div role="gridcell" className={listStyles.titles} aria-busy={item === undefined}>
      {item === undefined ? (
        <Skeleton height={12} width="46%" />
      ) : (
        <span className={styles.unknown}>{t('list.unknown')}</span>
      )}
    </div>
  );
}

/** What rules found was never added by anybody; its time is the beginning of all times. */
const wasAdded = ({ addedAt }: PlaylistItem): boolean => Date.parse(addedAt) > 0;

function AddedCells({ item, addedBy }: Pick<ItemRowProps, 'item' | 'addedBy'>): ReactNode {
  const t = useTexts('playlists');
  return (
    <>
      {addedBy !== null && (
        <div role="gridcell" className={styles.by}>
          {item !== undefined && (
            <MemberMark name={addedBy} label={t('list.addedByName', { name: addedBy })} />
          )}
        </div>
      )}
      <div role="gridcell" className={styles.added}>
        {item !== undefined && wasAdded(item) && formatDate(item.addedAt, 'shortDay')}
      </div>
    </>
  );
}

/** One track of a playlist. It holds no handler: the list listens for all of its rows. */
export const ItemRow = memo(function ItemRow(props: ItemRowProps): ReactNode {
  const t = useTexts('trackList');
  const isAway = useIsAway();
  const { item, failure, playing } = props;
  const track = item?.track ?? null;
  return (
    <div
      role="row"
      aria-rowindex={props.index + 2}
      aria-selected={props.selected}
      aria-current={playing === 'no' ? undefined : 'true'}
      tabIndex={props.isTabStop ? 0 : -1}
      data-index={props.index}
      draggable={track !== null}
      style={{ transform: `translateY(${props.topPx}px)` }}
      className={classNames(
        listStyles.line,
        listStyles.row,
        listStyles.columns,
        props.selected && listStyles.selected,
        props.selected && props.selectedAbove && listStyles.joinedAbove,
        props.selected && props.selectedBelow && listStyles.joinedBelow,
        playing !== 'no' && listStyles.playing,
        failure !== null && listStyles.failed,
        isAway && listStyles.mayDim,
        props.isCut && styles.cut,
      )}
    >
      <PlaceCell {...props} />
      <div role="gridcell" className={listStyles.art}>
        <Cover src={coverUrl(track?.artwork ?? null, ART_PX)} alt="" />
      </div>
      {track === null ? <NoTrack item={item} /> : <Titles track={track} failure={failure} />}
      <div role="gridcell" className={listStyles.albumCell} title={track?.album.title}>
        {track !== null && (
          <Link href={albumPath(track.album.id)} className={classNames(listStyles.link)} tabIndex={-1}>
            {track.album.title}
          </Link>
        )}
      </div>
      <AddedCells {...props} />
      <div role="gridcell" className={listStyles.offline}>
        {track !== null && <RowMark trackId={track.id} />}
      </div>
      <div role="gridcell" className={listStyles.heart} data-action="like">
        {track !== null && <RowHeart trackId={track.id} title={track.title} isTabStop={props.isTabStop} />}
      </div>
      <div role="gridcell" className={listStyles.more} data-action="menu">
        <IconButton
          size="small"
          icon={Ellipsis}
          tabIndex={props.isTabStop ? 0 : -1}
          aria-haspopup="menu"
          label={t('moreAbout', { title: track?.title ?? formatCount(props.index + 1) })}
        />
      </div>
      <div role="gridcell" className={listStyles.figure}>
        {track !== null && formatDuration(track.durationMs)}
      </div>
    </div>
  );
});
