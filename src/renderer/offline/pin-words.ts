import type { Lease, Pin } from '../../contract/offline.ts';
import { assertNever } from '../../core/playback/assert-never.ts';
import { formatCount } from '../i18n/format.ts';
import type { useTexts } from '../i18n/use-texts.ts';

type OfflineTexts = ReturnType<typeof useTexts<'offline'>>;

/** How far something is that is kept: "Keeping offline, 4 of 9". */
export const pinWords = (t: OfflineTexts, pin: Pin, lease: Lease): string => {
  const counts = { done: formatCount(pin.keptCount), total: formatCount(pin.trackCount) };
  switch (pin.state.kind) {
    case 'kept':
      return t(lease.state === 'over' ? 'keep.locked' : 'keep.kept');
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
