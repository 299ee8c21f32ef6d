import type { ReactNode } from 'react';
import { RowsSkeleton } from '../browse/skeletons.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import styles from './playlist-page.module.css';

/** Of the sizes of what is coming. */
export function PlaylistSkeleton(): ReactNode {
  return (
    <div>
      <div className={styles.hero}>
        <div className={styles.cover}>
          <Skeleton height="100%" radius="var(--radius-art)" />
        </div>
        <div className={styles.words}>
          <Skeleton height={14} width={72} />
          <div className={styles.title}>
            <Skeleton height={60} width="52%" radius="var(--radius-row)" />
          </div>
          <p className={styles.facts}>
            <Skeleton height={14} width={180} />
          </p>
        </div>
      </div>
      <div className={styles.tools}>
        <Skeleton height={36} width={112} radius="var(--radius-control)" />
        <Skeleton height={36} width={108} radius="var(--radius-control)" />
      </div>
      <RowsSkeleton rows={10} art />
    </div>
  );
}
