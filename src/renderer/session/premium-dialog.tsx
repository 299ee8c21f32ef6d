import type { ReactNode } from 'react';
import type { Account } from '../../contract/session.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { closePremiumExplanation, useExplainedPremium, type PremiumReason } from './explain-premium.ts';
import { GetPremiumButton, UpgradedButton } from './get-premium.tsx';
import styles from './premium-dialog.module.css';
import { currentAccount, useSession } from './session-store.ts';
import { TierTable } from './tier-table.tsx';

const close = (open: boolean): void => {
  if (!open) closePremiumExplanation();
};

function Explanation({ account, reason }: { readonly account: Account; readonly reason: PremiumReason }) {
  const t = useTexts('session');
  const ui = useTexts('ui');
  const isPremium = account.me.tier === 'premium';
  return (
    <Dialog
      title={t(`premium.titles.${reason}`)}
      open
      onOpenChange={close}
      wide
      actions={
        <>
          <Button variant="bare" onClick={closePremiumExplanation}>
            {ui('close')}
          </Button>
          {!isPremium && (
            <>
              <UpgradedButton />
              <GetPremiumButton account={account} />
            </>
          )}
        </>
      }
    >
      <p className={styles.reason}>{t(isPremium ? 'premium.isPremium' : `premium.reasons.${reason}`)}</p>
      <TierTable me={account.me} />
      {!isPremium && account.me.upgradeUrl === null && (
        <p className={styles.ask}>{t('premium.ask', { service: account.serviceName })}</p>
      )}
    </Dialog>
  );
}

/** What premium is, after the listener met the difference (`explainPremium`). */
export function PremiumDialog(): ReactNode {
  const reason = useExplainedPremium();
  const account = useSession(currentAccount);
  if (reason === null || account === null) return null;
  return <Explanation account={account} reason={reason} />;
}
