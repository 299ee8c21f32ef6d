import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import type { PlaylistHead, PlaylistItem } from '../../contract/library.ts';
import { coverUrl } from '../host/media-address.ts';
import { formatCount, formatDate } from '../i18n/format.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { Button } from '../ui/button.tsx';
import { Cover } from '../ui/cover.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { VirtualList } from '../ui/virtual-list.tsx';
import styles from './duplicates-dialog.module.css';
import { removeDuplicates, surplusOf } from './duplicates.ts';
import { duplicatesQuery, orderQuery, OWN_VIEW } from './playlist-queries.ts';

const ROW_PX = 48;

/** Everything that stands in a playlist more than once, to be chosen from: the first of each stays. */
export function DuplicatesDialog(props: {
  readonly playlist: PlaylistHead;
  readonly open: boolean;
  readonly onClose: () => void;
}): ReactNode {
  const { playlist, open, onClose } = props;
  const t = useTexts('playlists');
  const { data: groups = [] } = useQuery({ ...duplicatesQuery(playlist.id), enabled: open });
  const { data: order = [] } = useQuery({ ...orderQuery(playlist.id, OWN_VIEW), enabled: open });
  const [kept, setKept] = useState<ReadonlySet<string>>(new Set());
  const [scroller, setScroller] = useState<HTMLElement | null>(null);
  const rows = groups.flatMap((group) => group.map((item, at) => ({ item, isFirst: at === 0 })));
  const chosen = surplusOf(groups).filter((itemId) => !kept.has(itemId));
  const places = new Map(order.map(({ itemId }, index) => [itemId, index + 1]));
  const toggle = (itemId: string): void => {
    const next = new Set(kept);
    if (!next.delete(itemId)) next.add(itemId);
    setKept(next);
  };
  return (
    <Dialog
      wide
      title={t('list.duplicates.title', { name: playlist.name })}
      open={open}
      onOpenChange={(isOpen) => !isOpen && onClose()}
      actions={
        <>
          <Button variant="bare" onClick={onClose}>
            {t('list.duplicates.close')}
          </Button>
          <Button
            variant="danger"
            disabled={chosen.length === 0}
            onClick={() => {
              onClose();
              void removeDuplicates(playlist.id, chosen);
            }}
          >
            {t('list.duplicates.removeChosen', {
              count: chosen.length,
              formatted: formatCount(chosen.length),
            })}
          </Button>
        </>
      }
    >
      <p>{t(rows.length === 0 ? 'list.duplicates.none' : 'list.duplicates.help')}</p>
      {rows.length > 0 && (
        <div ref={setScroller} className={styles.rows} data-scroll>
          <VirtualList
            count={rows.length}
            rowHeight={ROW_PX}
            label={t('list.duplicates.title', { name: playlist.name })}
            rowKey={(index) => rows[index]?.item.itemId ?? index}
            scrollElement={scroller}
            renderRow={(index) => {
              const row = rows[index];
              if (row === undefined) return null;
              const { item, isFirst } = row;
              return (
                <DuplicateRow
                  item={item}
                  place={places.get(item.itemId) ?? null}
                  isFirst={isFirst}
                  isChosen={!isFirst && !kept.has(item.itemId)}
                  onToggle={() => toggle(item.itemId)}
                />
              );
            }}
          />
        </div>
      )}
    </Dialog>
  );
}

function DuplicateRow(props: {
  readonly item: PlaylistItem;
  readonly place: number | null;
  readonly isFirst: boolean;
  readonly isChosen: boolean;
  readonly onToggle: () => void;
}): ReactNode {
  const { item, place, isFirst, isChosen, onToggle } = props;
  const t = useTexts('playlists');
  const { track } = item;
  const where = place === null ? '' : t('list.duplicates.place', { place: formatCount(place) });
  return (
    <div role="listitem" className={styles.row}>
      <label className={styles.label}>
        {isFirst ? (
          <span className={styles.keeps}>{t('list.duplicates.keeps')}</span>
        ) : (
          <span className={styles.box}>
            <input type="checkbox" checked={isChosen} onChange={onToggle} />
          </span>
        )}
        <Cover src={coverUrl(track?.artwork ?? null, 36)} alt="" size={36} />
        <span className={styles.words}>
          <span className={styles.title}>{track?.title ?? t('list.unknown')}</span>
          <span className={styles.second}>
            {[track?.artists.map(({ name }) => name).join(', '), track?.album.title]
              .filter((part) => part !== undefined)
              .join(' · ')}
          </span>
        </span>
        <span className={styles.place}>
          {where}
          <span className={styles.second}>{formatDate(item.addedAt, 'shortDay')}</span>
        </span>
      </label>
    </div>
  );
}
