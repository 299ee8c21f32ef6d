import type { ReactNode } from 'react';
import styles from './about-settings.module.css';

/** A line of a list of facts: what it is of at the left. */
export function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div className={styles.fact}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
