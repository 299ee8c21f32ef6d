import type { ReactNode } from 'react';
import styles from './progress-ring.module.css';

export interface ProgressRingProps {
  /** 0 to 1. A little of it is always shown, so that the ring is seen to be one. */
  readonly share: number;
  /** Px. */
  readonly size?: 14 | 16;
}

const RADIUS = 9;
const LENGTH = 2 * Math.PI * RADIUS;
const LEAST_SHARE = 0.04;

/** How much of something is done, as an arc; drawn like the icons beside it. It has no name: whoever shows it says it in words. */
export function ProgressRing({ share, size = 16 }: ProgressRingProps): ReactNode {
  const shown = Math.min(1, Math.max(LEAST_SHARE, share));
  return (
    <svg className={styles.ring} width={size} height={size} viewBox="0 0 24 24" aria-hidden>
      <circle className={styles.rail} cx="12" cy="12" r={RADIUS} />
      <circle
        className={styles.done}
        cx="12"
        cy="12"
        r={RADIUS}
        strokeDasharray={LENGTH}
        strokeDashoffset={LENGTH * (1 - shown)}
      />
    </svg>
  );
}
