import { EyeOff } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTexts } from '../i18n/use-texts.ts';
import { tooltip } from '../ui/tooltip.tsx';
import styles from './private-badge.module.css';
import { setPrivate, useIsPrivate } from './privacy-store.ts';

/** Says in the title bar that the session is private; pressed, it ends. Nothing otherwise. */
export function PrivateBadge(): ReactNode {
  const t = useTexts('privacy');
  if (!useIsPrivate()) return null;
  return (
    <button
      type="button"
      className={styles.button}
      aria-label={t('session.explain')}
      onClick={() => void setPrivate(false)}
      {...tooltip(t('session.explain'))}
    >
      <span className={styles.badge}>
        <EyeOff size={12} aria-hidden />
        {t('session.badge')}
      </span>
    </button>
  );
}
