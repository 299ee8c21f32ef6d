import { useEffectEvent, useLayoutEffect, useRef, type ReactNode } from 'react';
import { useTexts } from '../i18n/use-texts.ts';
import { RowHeart } from '../library/heart-button.tsx';
import { classNames } from '../ui/class-names.ts';
import { Skeleton } from '../ui/skeleton.tsx';
import textStyles from '../ui/text.module.css';
import type { TrackColumns } from './columns.ts';
import styles from './track-list.module.css';

export interface WaitingRowProps {
  readonly index: number;
  readonly columns: TrackColumns;
  readonly ariaRowIndex: number;
  readonly topPx: number;
  readonly selected: boolean;
  readonly isTabStop: boolean;
  /** Nothing more is to come: the catalog has it no longer, or it cannot be learnt now. */
  readonly lostId: string | null;
  /** It had the focus, and its track has come: the row that takes its place is to have it. */
  readonly onReplaced: () => void;
}

/** Lines of text are never all of one length. */
const WIDTHS = ['46%', '62%', '38%', '54%'] as const;

/** A row whose track is not at hand yet: as high as the others, and already there for the keyboard. */
export function WaitingRow(props: WaitingRowProps): ReactNode {
  const t = useTexts('library');
  const row = useRef<HTMLDivElement>(null);
  const replaced = useEffectEvent(props.onReplaced);
  useLayoutEffect(() => {
    const own = row.current;
    return () => {
      if (own !== null && own === document.activeElement) replaced();
    };
  }, []);
  return (
    <div
      ref={row}
      role="row"
      aria-rowindex={props.ariaRowIndex}
      aria-selected={props.selected}
      aria-busy={props.lostId === null}
      tabIndex={props.isTabStop ? 0 : -1}
      data-index={props.index}
      style={{ transform: `translateY(${props.topPx}px)` }}
      className={classNames(styles.line, styles.row, styles.columns, props.selected && styles.selected)}
    >
      {props.columns.number !== null && <span role="presentation" />}
      {props.columns.art && (
        <span role="presentation" className={styles.art}>
          <Skeleton height="min(36px, calc(var(--line-height) - 4px))" radius="var(--radius-art)" />
        </span>
      )}
      <div role="gridcell">
        {props.lostId === null ? (
          <>
            <span className={textStyles.visuallyHidden}>{t('page.loading')}</span>
            <Skeleton height={12} width={WIDTHS[props.index % WIDTHS.length] ?? '46%'} />
          </>
        ) : (
          <span className={styles.second}>{t('page.unknown')}</span>
        )}
      </div>
      {props.columns.album && <span role="presentation" />}
      <span role="presentation" />
      {props.lostId !== null && (
        <div role="gridcell" className={styles.heart} data-action="like">
          <RowHeart trackId={props.lostId} title={t('page.unknown')} isTabStop={props.isTabStop} />
        </div>
      )}
    </div>
  );
}
