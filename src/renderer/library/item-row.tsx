import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { Skeleton } from '../ui/skeleton.tsx';
import styles from './library.module.css';

export interface ItemRowProps {
  readonly href: string;
  readonly title: string;
  readonly second: string;
  /** In a column of its own. */
  readonly note: string;
  readonly art: ReactNode;
  /** At the end, above the link that the rest of the row is. */
  readonly tools: ReactNode;
}

/** A record, a person or a playlist in one line. All of it leads there. */
export function ItemRow({ href, title, second, note, art, tools }: ItemRowProps): ReactNode {
  return (
    <div className={styles.row}>
      <span className={styles.rowArt}>{art}</span>
      <div className={styles.rowWords}>
        <Link href={href} className={styles.rowTitle ?? ''} title={title}>
          {title}
        </Link>
        <p className={styles.rowSecond}>{second}</p>
      </div>
      <span className={styles.rowNote}>{note}</span>
      <div className={styles.rowTools}>{tools}</div>
    </div>
  );
}

/** What stands where something is not at hand yet. */
export function WaitingItem({ as }: { readonly as: 'grid' | 'list' }): ReactNode {
  if (as === 'list') {
    return (
      <div className={styles.row}>
        <span className={styles.rowArt}>
          <Skeleton height="100%" radius="var(--radius-art)" />
        </span>
        <Skeleton height={12} width="46%" />
      </div>
    );
  }
  return (
    <div>
      <div style={{ aspectRatio: 1 }}>
        <Skeleton height="100%" radius="var(--radius-art)" />
      </div>
      <div style={{ paddingTop: 14 }}>
        <Skeleton height={12} width="72%" />
      </div>
    </div>
  );
}
