import type { ReactNode } from 'react';
import styles from './setting-rows.module.css';

/** Settings below each other, with a hairline between. */
export function SettingRows({ children }: { readonly children: ReactNode }) {
  return <div className={styles.rows}>{children}</div>;
}

export interface SettingRowProps {
  readonly label: string;
  readonly description?: string;
  /** What is at the right. */
  readonly children: ReactNode;
}

/** A setting whose control is not a primitive with words of its own. */
export function SettingRow({ label, description, children }: SettingRowProps) {
  return (
    <div className={styles.row}>
      <div>
        <p className={styles.label}>{label}</p>
        {description !== undefined && <p className={styles.description}>{description}</p>}
      </div>
      {children}
    </div>
  );
}
