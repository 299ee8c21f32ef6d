import { useId, type ReactNode } from 'react';
import { useTexts } from '../i18n/use-texts.ts';
import { tooltip } from '../ui/tooltip.tsx';
import { explainPremium } from './explain-premium.ts';
import styles from './free-badge.module.css';
import { currentAccount, useSession } from './session-store.ts';

/** Says that one listens for free; pressed, what premium adds. Nothing for anybody else. */
export function FreeBadge(): ReactNode {
  const t = useTexts('session');
  const descriptionId = useId();
  const isFree = useSession((snapshot) => {
    const account = currentAccount(snapshot);
    return account !== null && account.isPersonal && account.me.tier === 'free';
  });
  if (!isFree) return null;
  return (
    <>
      <button
        type="button"
        className={styles.button}
        aria-describedby={descriptionId}
        aria-haspopup="dialog"
        onClick={() => explainPremium('ads')}
        {...tooltip(t('premium.badge'))}
      >
        <span className={styles.badge}>{t('account.tiers.free')}</span>
      </button>
      <span id={descriptionId} hidden>
        {t('premium.badge')}
      </span>
    </>
  );
}
