import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { PlaylistHead } from '../../contract/library.ts';
import { formatCount } from '../i18n/format.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { Button } from '../ui/button.tsx';
import { removeDuplicates, surplusOf } from './duplicates.ts';
import styles from './playlist-page.module.css';
import { duplicatesQuery } from './playlist-queries.ts';

/** How many tracks stand in it more than once, if any do, and what can be done about it. */
export function DuplicatesLine(props: {
  readonly playlist: PlaylistHead;
  readonly onShow: () => void;
}): ReactNode {
  const { playlist, onShow } = props;
  const t = useTexts('playlists');
  const { data = [] } = useQuery(duplicatesQuery(playlist.id));
  const surplus = surplusOf(data);
  if (surplus.length === 0) return null;
  return (
    <p className={styles.line}>
      {t('list.duplicates.found', { count: surplus.length, formatted: formatCount(surplus.length) })}
      <Button variant="bare" onClick={onShow}>
        {t('list.duplicates.show')}
      </Button>
      <Button variant="bare" onClick={() => void removeDuplicates(playlist.id, surplus)}>
        {t('list.duplicates.remove')}
      </Button>
    </p>
  );
}
