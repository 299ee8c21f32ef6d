import { classNames } from './class-names.ts';
import styles from './ripple-icon.module.css';

/** Stands for the number of the row that plays; moves while it plays, still while it is paused or motion is reduced. */
export function RippleIcon({ moving, label }: { readonly moving: boolean; readonly label?: string }) {
  return (
    <svg
      className={classNames(styles.ripple, moving && styles.moving)}
      width="16"
      height="16"
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.75"
      strokeLinecap="round"
      {...(label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label })}
    >
      <path className={styles.upper} d="M-7 5.5c2-3 4-3 6 0s4 3 6 0 4-3 6 0 4 3 6 0 4-3 6 0" />
      <path
        className={styles.lower}
        d="M-3.500 11c1.500-2 3-2 4.500 0s3 2 4.500 0 3-2 4.500 0 3 2 4.500 0 3-2 4.500 0"
      />
    </svg>
  );
}
