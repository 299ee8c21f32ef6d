import { formatBytes } from '../i18n/format.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { useStatus } from '../status/status-store.ts';
import styles from './storage-settings.module.css';

function Figure({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <div>
      <dt className={styles.name}>{name}</dt>
      <dd className={styles.value}>{value}</dd>
    </div>
  );
}

const percent = (part: number, whole: number): string => `${(100 * part) / whole}%`;

/** What music takes: kept on purpose in the accent, kept while playing in grey, and how much may still come. */
export function StorageMeter() {
  const t = useTexts('settings');
  const { pinned, cache, storage } = useStatus((status) => status);
  const used = pinned.bytes + cache.bytes;
  const roomForPinned = pinned.limitBytes ?? pinned.bytes + (storage.freeBytes ?? 0);
  const whole = Math.max(1, used, roomForPinned + cache.limitBytes);
  const ofLimit = (bytes: number, limit: number | null): string =>
    limit === null
      ? formatBytes(bytes)
      : t('storage.ofLimit', { bytes: formatBytes(bytes), limit: formatBytes(limit) });
  return (
    <>
      <div
        className={styles.meter}
        role="img"
        aria-label={t('storage.meter', {
          kept: formatBytes(pinned.bytes),
          played: formatBytes(cache.bytes),
          whole: formatBytes(whole),
        })}
      >
        {pinned.bytes > 0 && (
          <span className={styles.pinnedPart} style={{ width: percent(pinned.bytes, whole) }} />
        )}
        {cache.bytes > 0 && (
          <span className={styles.cachedPart} style={{ width: percent(cache.bytes, whole) }} />
        )}
      </div>
      <dl className={styles.figures}>
        <Figure name={t('storage.pinned')} value={ofLimit(pinned.bytes, pinned.limitBytes)} />
        <Figure name={t('storage.kept')} value={ofLimit(cache.bytes, cache.limitBytes)} />
        <Figure
          name={t('storage.free')}
          value={storage.freeBytes === null ? t('storage.freeUnknown') : formatBytes(storage.freeBytes)}
        />
      </dl>
    </>
  );
}
