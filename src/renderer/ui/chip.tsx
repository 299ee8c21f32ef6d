import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { formatCount } from '../i18n/format.ts';
import styles from './chip.module.css';

export interface ChipProps {
  readonly selected: boolean;
  readonly onClick: () => void;
  readonly icon?: LucideIcon;
  readonly count?: number | string;
  readonly children: ReactNode;
}

/** Filters what is below it; the chosen one is reversed. */
export function Chip({ selected, onClick, icon: Icon, count, children }: ChipProps) {
  return (
    <button type="button" className={styles.chip} aria-pressed={selected} onClick={onClick}>
      {Icon !== undefined && <Icon size={14} aria-hidden />}
      <span>{children}</span>{' '}
      {count !== undefined && (
        <span className={styles.count}>{typeof count === 'number' ? formatCount(count) : count}</span>
      )}
    </button>
  );
}
