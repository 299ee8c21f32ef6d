import type { ReactNode } from 'react';
import { HeadingSkeleton, RowsSkeleton } from '../browse/skeletons.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import styles from './search-page.module.css';

const CHIP_WIDTHS = [44, 84, 88, 82] as const;

/** Chips, best match and tracks, as they will stand. */
export function SearchSkeleton(): ReactNode {
  return (
    <>
      <div className={styles.chips}>
        {CHIP_WIDTHS.map((width) => (
          <Skeleton key={width} height={30} width={width} radius={15} />
        ))}
      </div>
      <div className={styles.results}>
        <div className={styles.top}>
          <div>
            <HeadingSkeleton />
            <Skeleton height={250} radius="var(--radius-surface)" />
          </div>
          <div>
            <HeadingSkeleton />
            <RowsSkeleton rows={5} art />
          </div>
        </div>
      </div>
    </>
  );
}
