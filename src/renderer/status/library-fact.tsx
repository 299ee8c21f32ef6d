import { RefreshCw } from 'lucide-react';
import type { ReactNode } from 'react';
import type { LibraryState } from '../../contract/library.ts';
import { assertNever } from '../../core/playback/assert-never.ts';
import { host } from '../host/host-client.ts';
import { formatCount } from '../i18n/format.ts';
import { i18n } from '../i18n/i18n.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { takeLibrary } from '../library/library-store.ts';
import { sayNotDone } from '../library/undoable.ts';
import { tooltip } from '../ui/tooltip.tsx';
import styles from './status-place.module.css';

type LibraryTexts = ReturnType<typeof useTexts<'library'>>;

/** How far the library is the same everywhere, in words. */
export const syncWords = (t: LibraryTexts, sync: LibraryState['sync']): string => {
  const counted = (changes: number) => ({ count: changes, formatted: formatCount(changes) });
  switch (sync.state) {
    case 'local':
      return t('sync.local');
    case 'synced':
      return t('sync.synced');
    case 'sending':
      return t('sync.sending', counted(sync.changes));
    case 'waiting':
      return sync.changes === 0 ? t('sync.waitingNone') : t('sync.waiting', counted(sync.changes));
    case 'blocked':
      return sync.cause === 'storage_failed'
        ? t('sync.blockedStorage')
        : t('sync.blockedSignIn', counted(sync.changes));
    default:
      return assertNever(sync);
  }
};

const sendNow = async (): Promise<void> => {
  try {
    takeLibrary(await host.library.sync());
  } catch (failure) {
    sayNotDone(i18n.t('toast.notDone', { ns: 'library' }), failure);
  }
};

/** What of the library waits to be sent, and what was not accepted; the rest is as it should be, and is said shortly. */
export function LibraryFact({ library }: { readonly library: LibraryState }): ReactNode {
  const t = useTexts('library');
  const { sync, refused } = library;
  const words = syncWords(t, sync);
  const canSend = sync.state === 'waiting' && sync.changes > 0;
  return (
    <>
      {canSend ? (
        <button
          type="button"
          className={styles.again}
          {...tooltip(t('sync.again'))}
          onClick={() => void sendNow()}
        >
          <RefreshCw size={14} aria-hidden />
          {words}
        </button>
      ) : (
        <span className={sync.state === 'blocked' ? styles.attention : undefined}>{words}</span>
      )}
      {refused > 0 && (
        <span className={styles.attention}>
          {' · '}
          {t('sync.refused', { count: refused, formatted: formatCount(refused) })}
        </span>
      )}
    </>
  );
}
