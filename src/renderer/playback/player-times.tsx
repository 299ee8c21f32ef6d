import { formatDuration } from '../i18n/format.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { reportFailure } from '../report-failure.ts';
import { changeSettings, useSettings } from '../settings/settings-store.ts';
import { tooltip } from '../ui/tooltip.tsx';
import { useClock } from './playback-hooks.ts';
import styles from './player-bar.module.css';

/** Renders once a second, and alone. */
export function PositionTime({ previewMs }: { readonly previewMs: number | null }) {
  const seconds = useClock((clock) => Math.floor(clock.positionMs / 1000));
  return <span className={styles.position}>{formatDuration(previewMs ?? seconds * 1000)}</span>;
}

/** The length, or the time left; a press changes which, for good. */
export function LengthTime({ previewMs }: { readonly previewMs: number | null }) {
  const t = useTexts('playback');
  const shows = useSettings((settings) => settings.timeDisplay);
  const durationMs = useClock((clock) => clock.durationMs);
  // Whole seconds of the position, so that both figures change at the same moment.
  const positionSeconds = useClock((clock) => Math.floor(clock.positionMs / 1000));
  const positionMs = previewMs === null ? positionSeconds * 1000 : Math.floor(previewMs / 1000) * 1000;
  const leftMs = Math.max(0, Math.floor(durationMs / 1000) * 1000 - positionMs);
  const isLeft = shows === 'left';
  const label = isLeft
    ? t('timeLeft', { time: formatDuration(leftMs) })
    : t('timeTotal', { time: formatDuration(durationMs) });
  return (
    <button
      type="button"
      className={styles.length}
      aria-label={label}
      {...tooltip(label)}
      onClick={() => {
        changeSettings({ timeDisplay: isLeft ? 'total' : 'left' }).catch(reportFailure);
      }}
    >
      {isLeft ? `−${formatDuration(leftMs)}` : formatDuration(durationMs)}
    </button>
  );
}
