import { useLayoutEffect, useMemo, useState, type CSSProperties } from 'react';
import { barsIn, resamplePeaks } from '../../core/playback/waveform.ts';
import { classNames } from '../ui/class-names.ts';
import styles from './waveform.module.css';

const BAR_PX = 2;
const GAP_PX = 1;
/** Silence is still a line one can point at. */
const LOWEST_PX = 2;

export interface WaveformProps {
  /** 0 to 255 over the whole track; null shows a plain rail. */
  readonly peaks: readonly number[] | null;
  /** Px. */
  readonly height: number;
  /** How much was played, 0 to 1. Left out where an element around it carries `--played`. */
  readonly played?: number;
  readonly playhead?: boolean;
}

function useWidth(element: HTMLElement | null): number {
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    if (element === null) return undefined;
    const measure = (): void => setWidth(Math.floor(element.clientWidth));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [element]);
  return width;
}

/** One path for all bars: cheap to draw, sharp at any pixel ratio, coloured by the stylesheet. */
const pathOf = (bars: readonly number[], height: number): string =>
  bars
    .map((bar, index) => {
      const barHeight = Math.max(LOWEST_PX, Math.round((bar * height) / 2) * 2);
      return `M${index * (BAR_PX + GAP_PX) + BAR_PX / 2} ${(height - barHeight) / 2}v${barHeight}`;
    })
    .join('');

/**
 * A track as bars, played, fetched and unfetched told apart. What moves is two custom properties, `--played` and
 * `--fetched` (0 to 1), so that a tick costs neither a render nor a new path. Decoration: say the values beside it.
 */
export function Waveform({ peaks, height, played, playhead = true }: WaveformProps) {
  const [element, setElement] = useState<HTMLDivElement | null>(null);
  const width = useWidth(element);
  const path = useMemo(
    () => (peaks === null ? null : pathOf(resamplePeaks(peaks, barsIn(width, BAR_PX, GAP_PX)), height)),
    [peaks, width, height],
  );
  const layers = ['unfetched', 'fetched', 'played'] as const;
  const style: CSSProperties & Record<'--played', number | undefined> = { height, '--played': played };
  return (
    <div ref={setElement} className={classNames(styles.waveform, path === null && styles.rail)} style={style}>
      <div className={styles.layers} aria-hidden>
        {layers.map((layer) => (
          <div key={layer} className={classNames(styles.layer, styles[layer])}>
            {path !== null && (
              <svg width={width} height={height} stroke="currentColor" strokeWidth={BAR_PX}>
                <path d={path} shapeRendering="crispEdges" />
              </svg>
            )}
          </div>
        ))}
        {playhead && <div className={styles.playhead} />}
      </div>
    </div>
  );
}
