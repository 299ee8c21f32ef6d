import type { ReactNode } from 'react';
import { useTexts } from '../i18n/use-texts.ts';
import { Mark } from '../ui/logo.tsx';
import styles from './opening.module.css';

/** While it is not known yet who listens: nothing, so that nothing jumps; after a moment a quiet mark. */
export function Opening(): ReactNode {
  const t = useTexts('session');
  return (
    <main className={styles.opening} aria-label={t('signIn.opening')} aria-busy>
      <Mark className={styles.mark ?? ''} />
    </main>
  );
}
