import { CloudOff, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { BrokenLine } from './broken-line.tsx';
import styles from './page-message.module.css';
import { SleeveTitle } from './sleeve-title.tsx';

export interface PageMessageProps {
  readonly kind: 'empty' | 'error' | 'offline';
  readonly title: string;
  readonly help?: ReactNode;
  /** One or two buttons. */
  readonly actions?: ReactNode;
}

function Sign({ kind }: Pick<PageMessageProps, 'kind'>) {
  if (kind === 'empty') return <BrokenLine />;
  const Icon = kind === 'offline' ? CloudOff : TriangleAlert;
  return <Icon size={20} aria-hidden className={styles.attention} />;
}

/** A page with nothing to show: a sign, a sentence, a line of help, what to do. Set low and left, never centred. */
export function PageMessage({ kind, title, help, actions }: PageMessageProps) {
  return (
    <div className={styles.message} role={kind === 'empty' ? undefined : 'alert'}>
      <div className={styles.sign}>
        <Sign kind={kind} />
      </div>
      <SleeveTitle text={title} size="m" as="h1" />
      {help !== undefined && <p className={styles.help}>{help}</p>}
      {actions !== undefined && <div className={styles.actions}>{actions}</div>}
    </div>
  );
}
