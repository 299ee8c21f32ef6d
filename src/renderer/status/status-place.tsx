import { RefreshCw } from 'lucide-react';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { computerPath } from '../browse/paths.ts';
import { formatCount } from '../i18n/format.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { currentAccount, useSession } from '../session/session-store.ts';
import { Button } from '../ui/button.tsx';
import { showToast } from '../ui/toast.ts';
import { playingTime } from './playing-time.ts';
import { StatusFacts } from './status-facts.tsx';
import styles from './status-place.module.css';
import { checkService, useStatus } from './status-store.ts';
import { STATUS_ICONS, statusKind } from './status-words.ts';

/** The service answers, but not to this listener. */
const isBehind = (state: string): state is 'unrenewed' | 'sign_in_again' =>
  state === 'unrenewed' || state === 'sign_in_again';

/** A fact a line, then two actions. */
export function StatusPlace({ onLeave }: { readonly onLeave: () => void }) {
  const t = useTexts('status');
  const [, navigate] = useLocation();
  const [asking, setAsking] = useState(false);
  const { service, playable } = useStatus((status) => status);
  const serviceName = useSession((snapshot) => currentAccount(snapshot)?.serviceName ?? null);
  const kind = statusKind(service);
  const session = useSession((snapshot) => snapshot.session.state);
  const head = kind === 'online' && isBehind(session) ? session : kind;
  const Icon = STATUS_ICONS[kind];

  const help = (): string => {
    if (kind === 'online') {
      return serviceName === null ? t('onlineUnnamed') : t('online.help', { service: serviceName });
    }
    if (kind === 'unknown') return t('unknown.help');
    if (playable.tracks === 0) return t('playsNothing');
    return t('playsAnyway', {
      count: playable.tracks,
      formatted: formatCount(playable.tracks),
      time: playingTime(t, playable.durationMs),
    });
  };
  const leaveFor = (path: string): void => {
    onLeave();
    navigate(path);
  };
  const tryAgain = async (): Promise<void> => {
    setAsking(true);
    try {
      await checkService();
    } catch {
      showToast({ text: t('checkFailed'), tone: 'failed' });
    } finally {
      setAsking(false);
    }
  };

  return (
    <div className={styles.place}>
      <div className={styles.head}>
        <Icon size={20} aria-hidden />
        <div>
          <h2 className={styles.title}>{t(`${head}.title`)}</h2>
          <p className={styles.help}>{isBehind(head) ? t(`${head}.help`) : help()}</p>
        </div>
      </div>
      <StatusFacts onOpenUpdates={() => leaveFor('/settings/updates')} />
      <div className={styles.actions}>
        {head !== 'online' && head !== 'sign_in_again' && (
          <Button icon={RefreshCw} disabled={asking} onClick={() => void tryAgain()}>
            {t('tryNow')}
          </Button>
        )}
        {kind === 'online' && head !== 'unrenewed' && (
          <Button onClick={() => leaveFor('/settings/storage')}>{t('storage')}</Button>
        )}
        <Button variant="bare" onClick={() => leaveFor(computerPath())}>
          {t('showWhatPlays')}
        </Button>
      </div>
    </div>
  );
}
