import type { LucideIcon } from 'lucide-react';
import type { KeyboardEvent, MouseEvent, PointerEvent, ReactNode, Ref } from 'react';
import styles from './button.module.css';
import { classNames } from './class-names.ts';

export interface ButtonProps {
  /** One `primary` a view; `danger` is outlined, never filled. */
  readonly variant?: 'primary' | 'outline' | 'bare' | 'danger';
  readonly icon?: LucideIcon;
  /** In place of an icon, what is drawn otherwise, such as a ring that fills. */
  readonly sign?: ReactNode;
  /** Transport icons and the heart are filled. */
  readonly filled?: boolean;
  readonly children: ReactNode;
  /** What it says at other times: it is wide enough for both, so that nothing beside it moves. */
  readonly otherText?: string;
  readonly onClick?: (event: MouseEvent<HTMLButtonElement>) => void;
  readonly onKeyDown?: ((event: KeyboardEvent<HTMLButtonElement>) => void) | undefined;
  readonly onPointerDown?: ((event: PointerEvent<HTMLButtonElement>) => void) | undefined;
  readonly disabled?: boolean;
  readonly type?: 'button' | 'submit';
  readonly 'aria-pressed'?: boolean;
  /** Where the words on it do not say of what: begins with them. */
  readonly 'aria-label'?: string;
  readonly 'aria-describedby'?: string;
  readonly 'aria-haspopup'?: 'menu' | undefined;
  readonly 'aria-expanded'?: boolean | undefined;
  readonly buttonRef?: Ref<HTMLButtonElement>;
}

export function Button({
  variant = 'outline',
  icon: Icon,
  sign,
  filled = false,
  children,
  otherText,
  buttonRef,
  type = 'button',
  ...rest
}: ButtonProps) {
  return (
    <button ref={buttonRef} type={type} className={classNames(styles.button, styles[variant])} {...rest}>
      {sign}
      {Icon !== undefined && <Icon size={16} aria-hidden fill={filled ? 'currentColor' : 'none'} />}
      <span className={styles.text} data-other={otherText}>
        {children}
      </span>
    </button>
  );
}
