import type { Lease, Pin } from '../../contract/offline.ts';
import { assertNever } from '../../core/playback/assert-never.ts';
import { formatCount, formatDate } from '../i18n/format.ts';
import type { useTexts } from '../i18n/use-texts.ts';

type SettingsTexts = ReturnType<typeof useTexts<'settings'>>;

const keptWords = (t: SettingsTexts, pin: Pin, lease: Lease, renews: boolean): string => {
  const all = { count: pin.trackCount, formatted: formatCount(pin.trackCount) };
  if (lease.state === 'over') return t('storage.keeps.locked', all);
  if (lease.state === 'none' || renews) return t('storage.keeps.tracks', all);
  return t('storage.keeps.tracksUntil', { ...all, date: formatDate(lease.validUntil, 'dayOfYear') });
};

/**
 * How a pin stands, in words: `11 tracks`, `4 of 9, waits for network`; without premium (`renews` is false) until when it plays.
 * A failed one says so with its own button.
 */
export function pinStateWords(t: SettingsTexts, pin: Pin, lease: Lease, renews: boolean): string {
  const part = t('storage.keeps.part', {
    done: formatCount(pin.keptCount),
    total: formatCount(pin.trackCount),
  });
  switch (pin.state.kind) {
    case 'kept':
      return keptWords(t, pin, lease, renews);
    case 'fetching':
      return part;
    case 'queued':
    case 'paused':
      return t(`storage.keeps.${pin.state.kind}`, { part });
    case 'waiting':
      return t(`storage.keeps.waiting.${pin.state.cause}`, { part });
    case 'failed':
      return t('storage.keeps.failed', {
        count: pin.failedCount,
        formatted: formatCount(pin.failedCount),
      });
    default:
      return assertNever(pin.state);
  }
}
