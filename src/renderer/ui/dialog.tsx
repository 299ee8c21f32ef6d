import { Dialog as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';
import styles from './dialog.module.css';

export interface DialogProps {
  readonly title: string;
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly children: ReactNode;
  /** The buttons, the one with the verb last. */
  readonly actions?: ReactNode;
  readonly wide?: boolean;
}

/** 440 wide, the rest of the window out of reach until it is answered or closed with Escape. */
export function Dialog({ title, open, onOpenChange, children, actions, wide = false }: DialogProps) {
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        {/* Not Radix's own overlay: that one locks the scrolling of the document, which never scrolls here. */}
        <div className={styles.veil} data-state={open ? 'open' : 'closed'} />
        <Radix.Content
          className={classNames(styles.dialog, wide && styles.wide)}
          aria-describedby={undefined}
        >
          <Radix.Title className={styles.title}>{title}</Radix.Title>
          <div className={styles.body}>{children}</div>
          {actions !== undefined && <div className={styles.actions}>{actions}</div>}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
