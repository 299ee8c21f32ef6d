import type { ReactNode } from 'react';
import { useTexts } from '../i18n/use-texts.ts';
import { classNames } from '../ui/class-names.ts';
import textStyles from '../ui/text.module.css';
import type { TrackColumns } from './columns.ts';
import styles from './track-list.module.css';

/** The line of labels over a list; its columns are those of the rows. */
export function TrackListHead({
  columns,
  lastTitle,
}: {
  readonly columns: TrackColumns;
  /** In place of "Time". */
  readonly lastTitle: string | undefined;
}): ReactNode {
  const t = useTexts('trackList');
  const offlineTexts = useTexts('offline');
  const libraryTexts = useTexts('library');
  return (
    <div role="row" aria-rowindex={1} className={classNames(styles.columns, styles.head)}>
      {columns.number !== null && (
        <span role="columnheader" className={styles.headEnd}>
          {t('number')}
        </span>
      )}
      {columns.art && <span role="presentation" />}
      <span role="columnheader">{t('title')}</span>
      {columns.album && <span role="columnheader">{t('album')}</span>}
      {columns.plays && (
        <span role="columnheader" className={styles.headEnd}>
          {t('plays')}
        </span>
      )}
      <span role="columnheader">
        <span className={textStyles.visuallyHidden}>{offlineTexts('column')}</span>
      </span>
      <span role="columnheader">
        <span className={textStyles.visuallyHidden}>{libraryTexts('column')}</span>
      </span>
      <span role="presentation" />
      {columns.time && (
        <span role="columnheader" className={styles.headEnd}>
          {lastTitle ?? t('time')}
        </span>
      )}
    </div>
  );
}
