import { Disc3, Pause, Play, RotateCw } from 'lucide-react';
import { useLocation } from 'wouter';
import type { Downloads } from '../../contract/offline.ts';
import { formatBytes } from '../i18n/format.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { useDownloads } from '../offline/downloads-store.ts';
import { pausePins, resumePins, retryPins } from '../offline/pin-actions.ts';
import { mayKeepOffline, useSession } from '../session/session-store.ts';
import { fetchingWords } from '../status/fetching-words.ts';
import { leaseWords } from '../status/lease-words.ts';
import { BrokenLine } from '../ui/broken-line.tsx';
import { Button } from '../ui/button.tsx';
import { SleeveTitle } from '../ui/sleeve-title.tsx';
import styles from './kept-music.module.css';
import { PinList } from './pin-list.tsx';

function NothingKept() {
  const t = useTexts('settings');
  const [, navigate] = useLocation();
  return (
    <div className={styles.empty}>
      <BrokenLine />
      <SleeveTitle text={t('storage.keeps.empty')} size="s" as="h3" />
      <p>{t('storage.keeps.emptyHelp')}</p>
      <Button icon={Disc3} onClick={() => navigate('/albums')}>
        {t('storage.keeps.browse')}
      </Button>
    </div>
  );
}

/** How fetching goes as a whole, and what can be done with all of it. */
function Overall({ downloads }: { readonly downloads: Downloads }) {
  const t = useTexts('settings');
  const status = useTexts('status');
  const words = fetchingWords(status, downloads);
  const remainingBytes = downloads.pins.reduce((sum, pin) => sum + pin.remainingBytes, 0);
  const hasFailed = downloads.pins.some((pin) => pin.failedCount > 0);
  if (words === null && !hasFailed && !downloads.isPaused) return null;
  const isSized = words !== null && remainingBytes > 0;
  return (
    <div className={styles.overall}>
      <p className={styles.overallWords}>
        {words ?? (downloads.isPaused ? t('storage.keeps.isPaused') : '')}
        {isSized && t('storage.keeps.remaining', { bytes: formatBytes(remainingBytes) })}
        {downloads.bytesPerSecond !== null &&
          t('storage.keeps.rate', { bytes: formatBytes(downloads.bytesPerSecond) })}
      </p>
      {hasFailed && (
        <Button variant="bare" icon={RotateCw} onClick={() => void retryPins(null)}>
          {t('storage.keeps.againAll')}
        </Button>
      )}
      {(words !== null || downloads.isPaused) && (
        <Button
          icon={downloads.isPaused ? Play : Pause}
          onClick={() => void (downloads.isPaused ? resumePins(null) : pausePins(null))}
        >
          {t(downloads.isPaused ? 'storage.keeps.resumeAll' : 'storage.keeps.pauseAll')}
        </Button>
      )}
    </div>
  );
}

/** Everything that is kept offline, in the order in which it is fetched. */
export function KeptMusic() {
  const t = useTexts('settings');
  const status = useTexts('status');
  const downloads = useDownloads((all) => all);
  const renews = useSession(mayKeepOffline);
  const { pins, lease } = downloads;
  const words = leaseWords(status, lease, renews);
  return (
    <section className={styles.kept} aria-label={t('storage.keeps.title')}>
      <div className={styles.head}>
        <h2 className={styles.heading}>{t('storage.keeps.title')}</h2>
        {words !== null && (
          <p className={lease.state === 'valid' && renews ? styles.note : styles.warningNote}>{words}</p>
        )}
        {pins.length > 0 && renews && <p className={styles.renewed}>{t('storage.keeps.renewed')}</p>}
      </div>
      <Overall downloads={downloads} />
      {pins.length === 0 ? <NothingKept /> : <PinList downloads={downloads} />}
    </section>
  );
}
