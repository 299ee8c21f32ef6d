import { formatCount, formatLongDuration } from '../i18n/format.ts';
import type { useTexts } from '../i18n/use-texts.ts';

const HOUR_MS = 3_600_000;

/** How long music lasts, in whole hours once there are several: `73 hours`, `1 h 12 min`. */
export function playingTime(t: ReturnType<typeof useTexts<'status'>>, durationMs: number): string {
  const hours = Math.floor(durationMs / HOUR_MS);
  return hours < 2
    ? formatLongDuration(durationMs)
    : t('hours', { count: hours, formatted: formatCount(hours) });
}
