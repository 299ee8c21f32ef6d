import type { Lease } from '../../contract/offline.ts';
import { assertNever } from '../../core/playback/assert-never.ts';
import { formatDate } from '../i18n/format.ts';
import type { useTexts } from '../i18n/use-texts.ts';

/**
 * Until when kept music plays without a network, as a sentence; null when nothing is kept. A listener who is no longer premium
 * (`renews` is false) is told that connecting does not move the date on.
 */
export function leaseWords(
  t: ReturnType<typeof useTexts<'status'>>,
  lease: Lease,
  renews: boolean,
): string | null {
  switch (lease.state) {
    case 'none':
      return null;
    case 'valid':
    case 'ending':
    case 'over':
      return t(renews ? `lease.${lease.state}` : `lease.free.${lease.state}`, {
        date: formatDate(lease.validUntil, 'shortDay'),
      });
    default:
      return assertNever(lease);
  }
}
