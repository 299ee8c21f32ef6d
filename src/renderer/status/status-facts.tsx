import { KeyRound, RefreshCw } from 'lucide-react';
import type { ReactNode } from 'react';
import type { HostStatus } from '../../contract/host-api.ts';
import { assertNever } from '../../core/playback/assert-never.ts';
import { formatBytes, formatCount, formatDuration, formatPercent, formatTimeOfDay } from '../i18n/format.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { useKnownLibrary } from '../library/library-store.ts';
import { useDownloads } from '../offline/downloads-store.ts';
import { retryPins } from '../offline/pin-actions.ts';
import { useIsPrivate } from '../privacy/privacy-store.ts';
import { accountName } from '../session/account-words.ts';
import { currentAccount, mayKeepOffline, useSession } from '../session/session-store.ts';
import { signInAgain } from '../session/sign-in-actions.ts';
import { updateWords } from '../update/update-words.ts';
import { useUpdate } from '../update/update-store.ts';
import { failedTracksOf } from './attention.ts';
import { fetchingWords } from './fetching-words.ts';
import { LibraryFact } from './library-fact.tsx';
import { leaseWords } from './lease-words.ts';
import styles from './status-place.module.css';
import { useStatus } from './status-store.ts';
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

function ServiceFacts() {
  const t = useTexts('status');
  const serviceName = useSession((snapshot) => currentAccount(snapshot)?.serviceName ?? '');
  const service = useStatus((status) => status.service);
  return (
    <>
      <Fact name={t('facts.service')}>
        {service.state === 'unreachable' ? <NextTry retryAt={service.retryAt} /> : serviceName}
      </Fact>
      {service.state === 'reachable' && (
        <Fact name={t('facts.checked')}>{formatTimeOfDay(service.checkedAt)}</Fact>
      )}
      {service.state === 'unreachable' && (
        <Fact name={t('facts.since')}>{t('sinceValue', { time: formatTimeOfDay(service.since) })}</Fact>
      )}
    </>
  );
}

function SessionWords() {
  const t = useTexts('status');
  const session = useSession((snapshot) => snapshot.session);
  switch (session.state) {
    case 'starting':
    case 'signed_out':
      return null;
    case 'signed_in':
      return session.account.isPersonal
        ? t('session.signedIn', { name: accountName(session.account) })
        : t('session.open');
    case 'unrenewed':
      return t('session.unrenewed', {
        name: accountName(session.account),
        time: formatTimeOfDay(session.since),
      });
    case 'sign_in_again':
      return (
        <button type="button" className={styles.again} onClick={() => void signInAgain(session.account)}>
          <KeyRound size={14} aria-hidden />
          {t('session.again', { name: accountName(session.account) })}
        </button>
      );
    default:
      return assertNever(session);
  }
}

/** Who listens, and how far that holds. */
function SessionFact() {
  const t = useTexts('status');
  const hasAccount = useSession((snapshot) => currentAccount(snapshot) !== null);
  return hasAccount ? (
    <Fact name={t('facts.session')}>
      <SessionWords />
    </Fact>
  ) : null;
}

/** Only while it is so: that nothing is remembered. */
function PrivacyFact() {
  const t = useTexts('privacy');
  return useIsPrivate() ? <Fact name={t('session.fact')}>{t('session.factValue')}</Fact> : null;
}

/** Kept music: until when it is good, what is fetched, what could not be. */
function KeptFacts() {
  const t = useTexts('status');
  const downloads = useDownloads((all) => all);
  const renews = useSession(mayKeepOffline);
  const lease = leaseWords(t, downloads.lease, renews);
  const fetching = fetchingWords(t, downloads);
  const failed = failedTracksOf(downloads);
  return (
    <>
      {lease !== null && (
        <Fact name={t('facts.kept')}>
          <span className={downloads.lease.state === 'valid' && renews ? undefined : styles.attention}>
            {lease}
          </span>
        </Fact>
      )}
      {fetching !== null && <Fact name={t('facts.fetching')}>{fetching}</Fact>}
      {failed > 0 && (
        <Fact name={t('facts.failed')}>
          <button type="button" className={styles.again} onClick={() => void retryPins(null)}>
            <RefreshCw size={14} aria-hidden />
            {t('failedTracks', { count: failed, formatted: formatCount(failed) })}
          </button>
        </Fact>
      )}
    </>
  );
}

const shareOf = ({ doneBytes, totalBytes }: NonNullable<HostStatus['storage']['moving']>): number =>
  totalBytes === 0 ? 0 : doneBytes / totalBytes;

/** Whether what was liked and made here is everywhere. */
function LibraryFacts() {
  const t = useTexts('library');
  const library = useKnownLibrary();
  if (library === null) return null;
  return (
    <Fact name={t('sync.fact')}>
      <LibraryFact library={library} />
    </Fact>
  );
}

/** What lies on the disk, and what is wrong with it. */
function StorageFacts() {
  const t = useTexts('status');
  const { cache, storage } = useStatus((status) => status);
  return (
    <>
      {cache.limitBytes > 0 && (
        <Fact name={t('facts.cache')}>
          {t('cacheValue', {
            tracks: t('tracks', { count: cache.tracks, formatted: formatCount(cache.tracks) }),
            bytes: formatBytes(cache.bytes),
            limit: formatBytes(cache.limitBytes),
          })}
        </Fact>
      )}
      {storage.moving !== null && (
        <Fact name={t('facts.moving')}>{formatPercent(shareOf(storage.moving))}</Fact>
      )}
      {cache.failure !== null && storage.key !== 'unavailable' && (
        <Fact name={t('facts.folder')}>
          <span className={styles.attention}>{t('cacheFailed')}</span>
        </Fact>
      )}
      {(storage.key === 'memory' || storage.key === 'unavailable') && (
        <Fact name={t('facts.key')}>
          <span className={styles.attention}>{t(`keys.${storage.key}`)}</span>
        </Fact>
      )}
    </>
  );
}

/** How the app keeps itself up to date; leads to the page that says more. */
function UpdateFact({ onOpen }: { readonly onOpen: () => void }) {
  const t = useTexts('update');
  const words = updateWords(t, useUpdate());
  return words === null ? null : (
    <Fact name={t('fact.name')}>
      <button type="button" className={styles.more} onClick={onOpen}>
        {words}
      </button>
    </Fact>
  );
}

/** A fact a line: the service, the session, kept music and its date, fetching, what lies on the disk, updates. */
export function StatusFacts({ onOpenUpdates }: { readonly onOpenUpdates: () => void }) {
  return (
    <dl className={styles.facts}>
      <ServiceFacts />
      <SessionFact />
      <PrivacyFact />
      <KeptFacts />
      <LibraryFacts />
      <StorageFacts />
      <UpdateFact onOpen={onOpenUpdates} />
    </dl>
  );
}
