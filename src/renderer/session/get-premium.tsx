import { ExternalLink, RotateCw } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import type { Account } from '../../contract/session.ts';
import { host } from '../host/host-client.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { reportFailure } from '../report-failure.ts';
import { Button } from '../ui/button.tsx';
import { showToast } from '../ui/toast.ts';
import { refreshAccount } from './account-actions.ts';

/** "I have upgraded": asks the service what the listener is now. */
export function UpgradedButton(): ReactNode {
  const t = useTexts('session');
  const [isAsking, setAsking] = useState(false);
  const ask = async (): Promise<void> => {
    setAsking(true);
    await refreshAccount();
    setAsking(false);
  };
  return (
    <Button icon={RotateCw} disabled={isAsking} onClick={() => void ask()}>
      {t('account.upgraded')}
    </Button>
  );
}

/** "Get premium": the operator's page, in the browser. Nothing where there is none. */
export function GetPremiumButton({ account }: { readonly account: Account }): ReactNode {
  const t = useTexts('session');
  const url = account.me.upgradeUrl;
  if (url === null) return null;
  const open = async (): Promise<void> => {
    try {
      await host.app.openExternal({ url });
    } catch (failure) {
      reportFailure(failure);
      showToast({ tone: 'failed', text: t('premium.notOpened') });
    }
  };
  return (
    <Button variant="primary" icon={ExternalLink} onClick={() => void open()}>
      {t('premium.get')}
    </Button>
  );
}
