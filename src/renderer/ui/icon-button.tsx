import type { LucideIcon } from 'lucide-react';
import type { MouseEvent, Ref } from 'react';
import { ariaChord } from '../shortcuts/chord.ts';
import { classNames } from './class-names.ts';
import styles from './icon-button.module.css';
import { tooltip } from './tooltip.tsx';

export interface IconButtonProps {
  /** Its name, also shown as the tooltip. */
  readonly label: string;
  readonly icon: LucideIcon;
  readonly onClick?: (event: MouseEvent<HTMLButtonElement>) => void;
  /** Set for a button that stays down; leave out for one that only acts. */
  readonly pressed?: boolean;
  /** 24, 32, 40 px; `transport` is the round play button of 38. */
  readonly size?: 'small' | 'normal' | 'large' | 'transport';
  readonly filled?: boolean;
  /** A chord (`Mod+K`), shown beside the name in the tooltip. */
  readonly shortcut?: string | null;
  readonly disabled?: boolean;
  /** A small point at its corner: there is something new behind it, which `label` says too. */
  readonly marked?: boolean;
  readonly tabIndex?: number;
  readonly buttonRef?: Ref<HTMLButtonElement>;
  readonly 'aria-expanded'?: boolean;
  readonly 'aria-controls'?: string;
  readonly 'aria-haspopup'?: 'menu' | 'dialog';
}

const ICON_PIXELS = { small: 14, normal: 16, large: 20, transport: 16 } as const;

export function IconButton({
  label,
  icon: Icon,
  pressed,
  size = 'normal',
  filled = false,
  marked = false,
  shortcut,
  buttonRef,
  // Radix hands further attributes to what it makes a trigger of.
  ...rest
}: IconButtonProps) {
  return (
    <button
      ref={buttonRef}
      type="button"
      aria-label={label}
      aria-pressed={pressed}
      aria-keyshortcuts={shortcut ? ariaChord(shortcut) : undefined}
      className={classNames(styles.button, styles[size], marked && styles.marked)}
      {...tooltip(label, shortcut)}
      {...rest}
    >
      <Icon size={ICON_PIXELS[size]} aria-hidden fill={filled ? 'currentColor' : 'none'} />
    </button>
  );
}
