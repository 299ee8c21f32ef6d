import { CloudOff, CopyPlus, Library } from 'lucide-react';
import type { ReactNode } from 'react';
import type { PlaylistHead } from '../../contract/library.ts';
import { formatMoment } from '../i18n/format.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { useIsOnShelf } from '../library/library-queries.ts';
import { Button } from '../ui/button.tsx';
import { classNames } from '../ui/class-names.ts';
import { putOnShelf, saveCopy } from './playlist-actions.ts';
import styles from './playlist-page.module.css';

/** Why nothing can be changed in somebody else's playlist, what can be done instead, and of when it is where nobody can ask now. */
export function VisitorLine({ playlist }: { readonly playlist: PlaylistHead }): ReactNode {
  const t = useTexts('playlists');
  const isOnShelf = useIsOnShelf(playlist.id);
  const { oldSince, visibility } = playlist;
  return (
    <>
      {oldSince !== null && (
        <output className={styles.line}>
          <CloudOff size={14} aria-hidden />
          {t('visitor.old', { date: formatMoment(oldSince) })}
        </output>
      )}
      <p className={classNames(styles.line, styles.visitor)}>
        <span>{t('visitor.readOnly')}</span>
        <span className={styles.visitorKeys}>
          <Button variant="bare" icon={CopyPlus} onClick={() => void saveCopy(playlist)}>
            {t('visitor.copy')}
          </Button>
          {visibility === 'public' && !isOnShelf && (
            <Button variant="bare" icon={Library} onClick={() => void putOnShelf(playlist)}>
              {t('visitor.follow')}
            </Button>
          )}
        </span>
      </p>
    </>
  );
}
