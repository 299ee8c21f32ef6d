import { useEffect, useRef, useState, type KeyboardEvent, type PointerEvent } from 'react';
import { formatDuration } from '../i18n/format.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { clockStore, type Clock } from './playback-store.ts';
import { shown } from './shown-playback.ts';
import { player } from './player.ts';
import styles from './seek-bar.module.css';
import { usePeaks } from './use-peaks.ts';
import { Waveform } from './waveform.tsx';

const BAR_HEIGHT_PX = 28;
const STEP_MS = 5000;
const LARGE_STEP_MS = 30_000;
const shareOf = (positionMs: number, durationMs: number): number =>
  durationMs > 0 ? Math.min(1, Math.max(0, positionMs / durationMs)) : 0;

/** Up to where the track is here without a gap, seen from the position. */
const fetchedShare = ({ buffered, positionMs, durationMs }: Clock): number => {
  const around = buffered.find((range) => range.startMs <= positionMs + 1 && positionMs <= range.endMs + 1);
  return shareOf(around?.endMs ?? 0, durationMs);
};

/** Where a key leads from a position; null when it is no key of a slider. */
const keyTarget = (key: string, { positionMs, durationMs }: Clock): number | null => {
  switch (key) {
    case 'ArrowLeft':
    case 'ArrowDown':
      return positionMs - STEP_MS;
    case 'ArrowRight':
    case 'ArrowUp':
      return positionMs + STEP_MS;
    case 'PageDown':
      return positionMs - LARGE_STEP_MS;
    case 'PageUp':
      return positionMs + LARGE_STEP_MS;
    case 'Home':
      return 0;
    case 'End':
      return durationMs;
    default:
      return null;
  }
};

const paint = (element: HTMLElement, clock: Clock, positionMs: number): void => {
  element.style.setProperty('--played', String(shareOf(positionMs, clock.durationMs)));
  element.style.setProperty('--fetched', String(fetchedShare(clock)));
};

type PlaybackTexts = ReturnType<typeof useTexts<'playback'>>;

/** In whole seconds: a screen reader need not hear every quarter of one, and the last tick is never left out. */
const speak = (element: HTMLElement, clock: Clock, positionMs: number, t: PlaybackTexts): void => {
  const [position, duration] = [formatDuration(positionMs), formatDuration(clock.durationMs)];
  const text = t('positionText', { position, duration });
  if (element.getAttribute('aria-valuetext') === text) return;
  element.setAttribute('aria-valuemax', String(Math.floor(clock.durationMs / 1000)));
  element.setAttribute('aria-valuenow', String(Math.floor(positionMs / 1000)));
  element.setAttribute('aria-valuetext', text);
};

export interface SeekBarProps {
  readonly trackId: string | null;
  /** Of the wave; as the player bar has it when left out. */
  readonly heightPx?: number;
  /** While a listener drags, the time that would be; null once they let go. */
  readonly onPreview: (positionMs: number | null) => void;
}

/** The waveform as a slider. Follows the clock without rendering: a tick sets two custom properties. */
export function SeekBar({ trackId, heightPx = BAR_HEIGHT_PX, onPreview }: SeekBarProps) {
  const t = useTexts('playback');
  const peaks = usePeaks(trackId);
  const slider = useRef<HTMLDivElement>(null);
  const drag = useRef<{ readonly pointerId: number; positionMs: number } | null>(null);
  const [hover, setHover] = useState<{ readonly share: number; readonly positionMs: number } | null>(null);
  const isEmpty = trackId === null;

  useEffect(() => {
    const element = slider.current;
    if (element === null) return undefined;
    const follow = (clock: Clock): void => {
      const positionMs = drag.current?.positionMs ?? clock.positionMs;
      paint(element, clock, positionMs);
      speak(element, clock, positionMs, t);
    };
    follow(shown.clock.getState());
    return shown.clock.subscribe(follow);
  }, [t]);

  const positionAt = (event: PointerEvent): { share: number; positionMs: number } => {
    const box = event.currentTarget.getBoundingClientRect();
    const share = box.width > 0 ? Math.min(1, Math.max(0, (event.clientX - box.left) / box.width)) : 0;
    return { share, positionMs: share * clockStore.getState().durationMs };
  };

  const preview = (positionMs: number | null): void => {
    onPreview(positionMs);
    refresh(positionMs ?? clockStore.getState().positionMs);
  };

  const refresh = (positionMs: number): void => {
    if (slider.current === null) return;
    paint(slider.current, clockStore.getState(), positionMs);
    speak(slider.current, clockStore.getState(), positionMs, t);
  };

  const onPointerDown = (event: PointerEvent<HTMLDivElement>): void => {
    if (event.button !== 0 || isEmpty) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    const { positionMs } = positionAt(event);
    drag.current = { pointerId: event.pointerId, positionMs };
    preview(positionMs);
  };

  const onPointerMove = (event: PointerEvent<HTMLDivElement>): void => {
    if (isEmpty) return;
    const place = positionAt(event);
    setHover(place);
    if (drag.current === null) return;
    drag.current.positionMs = place.positionMs;
    preview(place.positionMs);
  };

  const endDrag = (commit: boolean): void => {
    const ended = drag.current;
    if (ended === null) return;
    drag.current = null;
    if (commit) player.seekTo(ended.positionMs);
    preview(null);
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    if (isEmpty || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Escape' && drag.current !== null) {
      event.preventDefault();
      endDrag(false);
      return;
    }
    const target = keyTarget(event.key, clockStore.getState());
    if (target === null) return;
    event.preventDefault();
    player.seekTo(target);
    refresh(clockStore.getState().positionMs);
  };

  return (
    <div
      ref={slider}
      // A range input can hold neither the waveform nor a position that is only tried out while dragging.
      role="slider"
      tabIndex={isEmpty ? -1 : 0}
      className={styles.seekBar}
      aria-label={t('position')}
      aria-disabled={isEmpty}
      aria-valuemin={0}
      // Set by the clock; these two only stand until its first tick.
      aria-valuemax={undefined}
      aria-valuenow={0}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={() => endDrag(true)}
      onPointerCancel={() => endDrag(false)}
      onPointerLeave={() => setHover(null)}
      onKeyDown={onKeyDown}
    >
      <Waveform peaks={peaks} height={heightPx} playhead={!isEmpty} />
      {hover !== null && !isEmpty && (
        <>
          <div className={styles.hoverLine} style={{ left: `${hover.share * 100}%` }} />
          <div className={styles.hoverTime} style={{ left: `${hover.share * 100}%` }} aria-hidden>
            {formatDuration(hover.positionMs)}
          </div>
        </>
      )}
    </div>
  );
}
