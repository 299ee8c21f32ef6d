import type { LucideIcon } from 'lucide-react';
import type { MouseEvent, ReactNode, Ref } from 'react';
import styles from './button.module.css';
import { classNames } from './class-names.ts';

export interface ButtonProps {
  /** One `primary` a view; `danger` is outlined, never filled. */
  readonly variant?: 'primary' | 'outline' | 'bare' | 'danger';
  readonly icon?: LucideIcon;
  /** Transport icons and the heart are filled. */
  readonly filled?: boolean;
  readonly children: ReactNode;
  /** What it says at other times: it is wide enough for both, so that nothing beside it moves. */
  readonly otherText?: string;
  readonly onClick?: (event: MouseEvent<HTMLButtonElement>) => void;
  readonly disabled?: boolean;
  readonly type?: 'button' | 'submit';
  readonly 'aria-pressed'?: boolean;
  readonly 'aria-describedby'?: string;
  readonly buttonRef?: Ref<HTMLButtonElement>;
}

export function Button({
  variant = 'outline',
  icon: Icon,
  filled = false,
  children,
  otherText,
  buttonRef,
  type = 'button',
  ...rest
}: ButtonProps) {
  return (
    <button ref={buttonRef} type={type} className={classNames(styles.button, styles[variant])} {...rest}>
      {Icon !== undefined && <Icon size={16} aria-hidden fill={filled ? 'currentColor' : 'none'} />}
      <span className={styles.text} data-other={otherText}>
        {children}
      </span>
    </button>
  );
}
