import { useQuery } from '@tanstack/react-query';
import { RefreshCw } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useLocation } from 'wouter';
import { appInfoQuery } from '../host/app-info.ts';
import { formatBytes, formatCount, formatDuration, formatTimeOfDay } from '../i18n/format.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { Button } from '../ui/button.tsx';
import { showToast } from '../ui/toast.ts';
import styles from './status-place.module.css';
import { checkService, useStatus } from './status-store.ts';
import { STATUS_ICONS, statusKind } from './status-words.ts';
import { useCountdown } from './use-countdown.ts';

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div className={styles.fact}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** Counts down to the next time the host asks by itself. */
function NextTry({ retryAt }: { readonly retryAt: string }) {
  const t = useTexts('status');
  const remainingMs = useCountdown(retryAt);
  // Rounded up, as clocks that count down are.
  return remainingMs === 0 ? t('tryingNow') : t('tryingAgainIn', { time: formatDuration(remainingMs + 999) });
}

/** A fact a line, then two actions. */
export function StatusPlace({ onLeave }: { readonly onLeave: () => void }) {
  const t = useTexts('status');
  const [, navigate] = useLocation();
  const [asking, setAsking] = useState(false);
  const { service, cache } = useStatus((status) => status);
  const { data: app } = useQuery(appInfoQuery());
  const kind = statusKind(service);
  const Icon = STATUS_ICONS[kind];
  const serviceName = app?.serviceName ?? app?.serviceUrl ?? '';

  const help = (): string => {
    if (kind === 'online') {
      const name = app?.serviceName ?? null;
      return name === null ? t('onlineUnnamed') : t('online.help', { service: name });
    }
    if (kind === 'offline') {
      return t('offline.help', { count: cache.tracks, formatted: formatCount(cache.tracks) });
    }
    return t(`${kind}.help`);
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
          <h2 className={styles.title}>{t(`${kind}.title`)}</h2>
          <p className={styles.help}>{help()}</p>
        </div>
      </div>
      <dl className={styles.facts}>
        <Fact name={t('facts.service')}>
          {service.state === 'unreachable' ? <NextTry retryAt={service.retryAt} /> : serviceName}
        </Fact>
        {service.state === 'reachable' && (
          <Fact name={t('facts.checked')}>{formatTimeOfDay(service.checkedAt)}</Fact>
        )}
        {service.state === 'unreachable' && (
          <Fact name={t('facts.since')}>{t('sinceValue', { time: formatTimeOfDay(service.since) })}</Fact>
        )}
        {cache.limitBytes > 0 && (
          <Fact name={t('facts.cache')}>
            {t('cacheValue', {
              tracks: t('tracks', { count: cache.tracks, formatted: formatCount(cache.tracks) }),
              bytes: formatBytes(cache.bytes),
              limit: formatBytes(cache.limitBytes),
            })}
          </Fact>
        )}
        {cache.failure !== null && <Fact name={t('facts.folder')}>{t('cacheFailed')}</Fact>}
      </dl>
      <div className={styles.actions}>
        {kind !== 'online' && (
          <Button icon={RefreshCw} disabled={asking} onClick={() => void tryAgain()}>
            {t('tryNow')}
          </Button>
        )}
        <Button
          variant={kind === 'online' ? 'outline' : 'bare'}
          onClick={() => {
            onLeave();
            navigate('/settings/storage');
          }}
        >
          {t('storage')}
        </Button>
      </div>
    </div>
  );
}
