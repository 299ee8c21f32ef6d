import { useId, type ReactNode } from 'react';
import { SectionHeading } from './section-heading.tsx';
import styles from './shelf.module.css';

export interface ShelfProps {
  readonly title: string;
  readonly action?: ReactNode;
  /** One element a record. */
  readonly children: ReactNode;
  /** One row, the rest left out (default), or as many rows as there are records. */
  readonly rows?: 'one' | 'all';
}

/** A titled row of covers; how many stand in it follows the window and the side panel. */
export function Shelf({ title, action, children, rows = 'one' }: ShelfProps) {
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <SectionHeading id={id} title={title} action={action} />
      <div className={rows === 'one' ? styles.one : styles.all}>{children}</div>
    </section>
  );
}

/** The same grid without a title, for pages that are one. */
export function CoverGrid({ children }: { readonly children: ReactNode }) {
  return <div className={styles.all}>{children}</div>;
}
