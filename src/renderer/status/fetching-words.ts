import type { Downloads, Pin } from '../../contract/offline.ts';
import { formatCount, formatLongDuration } from '../i18n/format.ts';
import type { useTexts } from '../i18n/use-texts.ts';

type WaitCause = Extract<Pin['state'], { kind: 'waiting' }>['cause'];

const causeOf = (pins: readonly Pin[]): WaitCause | null => {
  for (const { state } of pins) if (state.kind === 'waiting') return state.cause;
  return null;
};

/** How fetching what is to be kept goes, and why it waits; null when there is nothing to fetch. */
export function fetchingWords(
  t: ReturnType<typeof useTexts<'status'>>,
  { waitingTracks, isPaused, pins, remainingMs }: Downloads,
): string | null {
  if (waitingTracks === 0) return null;
  const figures = { count: waitingTracks, formatted: formatCount(waitingTracks) };
  if (isPaused) return t('fetching.paused', figures);
  const cause = causeOf(pins);
  if (cause !== null) return t(`fetching.${cause}`, figures);
  return remainingMs === null
    ? t('fetching.going', figures)
    : t('fetching.goingFor', { ...figures, time: formatLongDuration(remainingMs) });
}
