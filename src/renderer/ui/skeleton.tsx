import styles from './skeleton.module.css';

export interface SkeletonProps {
  readonly width?: number | string;
  readonly height: number | string;
  readonly radius?: number | string;
}

/** Keeps the place of what is coming. Still; appears after 150 ms, so that what comes at once leaves no flicker. */
export function Skeleton({ width = '100%', height, radius = 'var(--radius-badge)' }: SkeletonProps) {
  return <span className={styles.skeleton} style={{ width, height, borderRadius: radius }} aria-hidden />;
}
