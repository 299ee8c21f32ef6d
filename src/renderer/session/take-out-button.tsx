import { useQuery } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { host } from '../host/host-client.ts';
import { formatPercent } from '../i18n/format.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { Button } from '../ui/button.tsx';
import { takeEverythingOut } from './account-data-actions.ts';

const ASK_EVERY_MS = 400;

/** Gives everything of the listener as a file; says how far it is meanwhile. */
export function TakeOutButton(): ReactNode {
  const t = useTexts('session');
  const [isBusy, setBusy] = useState(false);
  const { data: progress } = useQuery({
    queryKey: ['take-out-progress'],
    queryFn: () => host.accountData.progress(),
    enabled: isBusy,
    refetchInterval: ASK_EVERY_MS,
    gcTime: 0,
  });
  const run = async (): Promise<void> => {
    setBusy(true);
    await takeEverythingOut();
    setBusy(false);
  };
  const share = progress === null || progress === undefined ? 0 : progress.done / progress.total;
  const busyText = t('data.out.busy', { share: formatPercent(share) });
  return (
    <Button
      icon={Download}
      disabled={isBusy}
      onClick={() => void run()}
      otherText={isBusy ? t('data.out.button') : t('data.out.busy', { share: formatPercent(1) })}
    >
      {isBusy ? busyText : t('data.out.button')}
    </Button>
  );
}
