import type { ReactNode } from 'react';
import { useTexts } from '../i18n/use-texts.ts';
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
}

/** Lines of text are never all of one length. */
const WIDTHS = ['46%', '62%', '38%', '54%'] as const;

/** A row whose track is not at hand yet: as high as the others, and already there for the keyboard. */
export function WaitingRow(props: WaitingRowProps): ReactNode {
  const t = useTexts('library');
  return (
    <div
      role="row"
      aria-rowindex={props.ariaRowIndex}
      aria-selected={props.selected}
      aria-busy
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
        <span className={textStyles.visuallyHidden}>{t('page.loading')}</span>
        <Skeleton height={12} width={WIDTHS[props.index % WIDTHS.length] ?? '46%'} />
      </div>
    </div>
  );
}
