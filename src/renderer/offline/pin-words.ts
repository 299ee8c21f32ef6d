import type { Lease, Pin } from '../../contract/offline.ts';
import { assertNever } from '../../core/playback/assert-never.ts';
import { formatCount, formatDate } from '../i18n/format.ts';
import type { useTexts } from '../i18n/use-texts.ts';

type OfflineTexts = ReturnType<typeof useTexts<'offline'>>;

const keptWords = (t: OfflineTexts, lease: Lease, renews: boolean): string => {
  if (lease.state === 'over') return t(renews ? 'keep.locked' : 'keep.lockedFree');
  if (lease.state === 'none' || renews) return t('keep.kept');
  return t('keep.keptUntil', { date: formatDate(lease.validUntil, 'dayOfYear') });
};

/**
 * How far something is that is kept: "Keeping offline, 4 of 9". `renews`: its date moves on by itself; to a listener who is no
 * longer premium it is said until when it plays.
 */
export const pinWords = (t: OfflineTexts, pin: Pin, lease: Lease, renews: boolean): string => {
  const counts = { done: formatCount(pin.keptCount), total: formatCount(pin.trackCount) };
  switch (pin.state.kind) {
    case 'kept':
      return keptWords(t, lease, renews);
    case 'waiting':
      return t(`keep.waiting.${pin.state.cause}`, counts);
    case 'failed':
      return t('keep.failed', { count: pin.failedCount, formatted: formatCount(pin.failedCount) });
    case 'fetching':
    case 'queued':
    case 'paused':
      return t(`keep.${pin.state.kind}`, counts);
    default:
      return assertNever(pin.state);
  }
};

/** The words that take most room while all goes well. */
export const widestPinWords = (t: OfflineTexts, { trackCount }: Pin): string =>
  t('keep.fetching', { done: formatCount(trackCount), total: formatCount(trackCount) });
