import { useState, type ReactNode } from 'react';
import type { Account } from '../../contract/session.ts';
import { formatBytes, formatCount } from '../i18n/format.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { useStatus } from '../status/status-store.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { signOut } from './account-actions.ts';
import { accountName } from './account-words.ts';
import { currentAccount, useSession } from './session-store.ts';
import styles from './sign-out-dialog.module.css';

/** Everything of the account that goes. Sizes are known of the current one alone. */
function WhatGoes({ account }: { readonly account: Account }): ReactNode {
  const t = useTexts('session');
  const { pinned, cache } = useStatus((status) => status);
  const isCurrent = useSession((snapshot) => currentAccount(snapshot)?.id === account.id);
  const sized = ({ tracks, bytes }: { tracks: number; bytes: number }) => ({
    count: tracks,
    formatted: formatCount(tracks),
    bytes: formatBytes(bytes),
  });
  return (
    <>
      <p>{t('account.out.gone')}</p>
      <ul className={styles.list}>
        {isCurrent ? (
          <>
            {pinned.tracks > 0 && <li>{t('account.out.kept', sized(pinned))}</li>}
            {cache.tracks > 0 && <li>{t('account.out.played', sized(cache))}</li>}
          </>
        ) : (
          <li>{t('account.out.keptUnsized')}</li>
        )}
        <li>{t('account.out.lists')}</li>
        <li>{t('account.out.key')}</li>
      </ul>
      <p>{t('account.out.final')}</p>
    </>
  );
}

interface AskedProps {
  readonly account: Account;
  readonly onClose: () => void;
}

function Asked({ account, onClose }: AskedProps): ReactNode {
  const t = useTexts('session');
  const ui = useTexts('ui');
  const [isGoing, setGoing] = useState(false);
  const name = accountName(account);
  const go = async (): Promise<void> => {
    setGoing(true);
    await signOut(account);
    onClose();
  };
  const verb = t(account.isPersonal ? 'account.signOut' : 'account.disconnect');
  return (
    <Dialog
      title={t(account.isPersonal ? 'account.out.title' : 'account.out.titleOpen', { name })}
      open
      onOpenChange={(open) => {
        if (!open && !isGoing) onClose();
      }}
      actions={
        <>
          <Button variant="bare" disabled={isGoing} onClick={onClose}>
            {ui('cancel')}
          </Button>
          <Button variant="danger" disabled={isGoing} onClick={() => void go()}>
            {isGoing ? t('account.out.going') : verb}
          </Button>
        </>
      }
    >
      <WhatGoes account={account} />
    </Dialog>
  );
}

export interface SignOutDialogProps {
  /** Null: it is closed. */
  readonly account: Account | null;
  readonly onClose: () => void;
}

/** A second word before everything of an account is deleted: what exactly goes, and that it does not come back. */
export function SignOutDialog({ account, onClose }: SignOutDialogProps): ReactNode {
  return account === null ? null : <Asked account={account} onClose={onClose} />;
}
