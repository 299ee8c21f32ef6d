import type { ReactNode } from 'react';
import { useTexts } from '../i18n/use-texts.ts';
import listStyles from '../track-list/track-list.module.css';
import { classNames } from '../ui/class-names.ts';
import textStyles from '../ui/text.module.css';
import styles from './item-list.module.css';

/** What the columns are. */
export function ItemListHead({ withPeople }: { readonly withPeople: boolean }): ReactNode {
  const t = useTexts('playlists');
  const listTexts = useTexts('trackList');
  const offlineTexts = useTexts('offline');
  return (
    <div
      role="row"
      aria-rowindex={1}
      className={classNames(listStyles.columns, listStyles.head, styles.head)}
    >
      <span role="columnheader" className={listStyles.headEnd}>
        {listTexts('number')}
      </span>
      <span role="presentation" />
      <span role="columnheader">{listTexts('title')}</span>
      <span role="columnheader">{listTexts('album')}</span>
      {withPeople && (
        <span role="columnheader">
          <span className={textStyles.visuallyHidden}>{t('list.addedBy')}</span>
        </span>
      )}
      <span role="columnheader" className={styles.addedHead}>
        {t('list.added')}
      </span>
      <span role="columnheader">
        <span className={textStyles.visuallyHidden}>{offlineTexts('column')}</span>
      </span>
      <span role="columnheader">
        <span className={textStyles.visuallyHidden}>{t('list.heart')}</span>
      </span>
      <span role="presentation" />
      <span role="columnheader" className={listStyles.headEnd}>
        {listTexts('time')}
      </span>
    </div>
  );
}
