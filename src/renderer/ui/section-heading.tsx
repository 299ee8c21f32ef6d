import type { ReactNode } from 'react';
import styles from './section-heading.module.css';

export interface SectionHeadingProps {
  readonly title: string;
  /** A remark on the same line: `8, newest first`. */
  readonly note?: string;
  /** At the right end, a link or a bare button: `All`. */
  readonly action?: ReactNode;
  readonly as?: 'h2' | 'h3';
  readonly id?: string;
}

export function SectionHeading({ title, note, action, as: Heading = 'h2', id }: SectionHeadingProps) {
  return (
    <div className={styles.row}>
      <Heading id={id} className={styles.title}>
        {title}
      </Heading>
      {note !== undefined && <p className={styles.note}>{note}</p>}
      {action !== undefined && <div className={styles.action}>{action}</div>}
    </div>
  );
}
