import type { Lease, Pin } from '../../contract/offline.ts';
import { assertNever } from '../../core/playback/assert-never.ts';
import { formatCount } from '../i18n/format.ts';
import type { useTexts } from '../i18n/use-texts.ts';

/** How a pin stands, in words: `11 tracks`, `4 of 9, waits for network`. A failed one says so with its own button. */
export function pinStateWords(t: ReturnType<typeof useTexts<'settings'>>, pin: Pin, lease: Lease): string {
  const all = { count: pin.trackCount, formatted: formatCount(pin.trackCount) };
  const part = t('storage.keeps.part', {
    done: formatCount(pin.keptCount),
    total: formatCount(pin.trackCount),
  });
  switch (pin.state.kind) {
    case 'kept':
      return lease.state === 'over' ? t('storage.keeps.locked', all) : t('storage.keeps.tracks', all);
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
