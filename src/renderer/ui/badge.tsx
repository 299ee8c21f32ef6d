import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';
import styles from './badge.module.css';

/** A word about a thing, outlined: `Lossless`, `Explicit`. `accent` is for what is new. */
export function Badge({
  children,
  tone = 'neutral',
}: {
  readonly children: ReactNode;
  readonly tone?: 'neutral' | 'accent';
}) {
  return <span className={classNames(styles.badge, tone === 'accent' && styles.accent)}>{children}</span>;
}
