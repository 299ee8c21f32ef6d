import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { isNameTyped, nameToType, type Account } from '../../contract/session.ts';
import { host } from '../host/host-client.ts';
import { formatBytes, formatCount } from '../i18n/format.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { useStatus } from '../status/status-store.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { TextInput } from '../ui/text-input.tsx';
import { deleteAccount } from './account-data-actions.ts';
import styles from './delete-account-dialog.module.css';
import { TakeOutButton } from './take-out-button.tsx';

function WhatGoes({ account }: { readonly account: Account }): ReactNode {
  const t = useTexts('session');
  const { pinned, cache } = useStatus((status) => status);
  const { data: issuer } = useQuery({
    queryKey: ['issuer-elsewhere', account.id],
    queryFn: () => host.session.issuerElsewhere({ accountId: account.id }),
  });
  const tracks = pinned.tracks + cache.tracks;
  const size = {
    count: tracks,
    formatted: formatCount(tracks),
    bytes: formatBytes(pinned.bytes + cache.bytes),
  };
  return (
    <>
      <p>{t('data.remove.goes', { service: account.serviceName })}</p>
      <ul className={styles.list}>
        <li>{t('data.remove.library')}</li>
        <li>{t('data.remove.playlists')}</li>
        <li>{t('data.remove.plays')}</li>
        {tracks > 0 && <li>{t('data.remove.kept', size)}</li>}
      </ul>
      <p>{t('data.remove.others')}</p>
      {issuer !== null && issuer !== undefined && <p>{t('data.remove.issuer', { issuer })}</p>}
    </>
  );
}

export interface DeleteAccountDialogProps {
  readonly account: Account;
  readonly onClose: () => void;
}

/** What goes with the account and what does not, a copy of it first, and the name typed before anything happens. */
export function DeleteAccountDialog({ account, onClose }: DeleteAccountDialogProps): ReactNode {
  const t = useTexts('session');
  const ui = useTexts('ui');
  const [typed, setTyped] = useState('');
  const [failure, setFailure] = useState<string | null>(null);
  const [isGoing, setGoing] = useState(false);
  const name = nameToType(account);
  const isConfirmed = isNameTyped(account, typed);
  const go = async (): Promise<void> => {
    if (!isConfirmed || isGoing) return;
    setGoing(true);
    setFailure(null);
    const said = await deleteAccount(account, typed);
    setGoing(false);
    setFailure(said);
    if (said === null) onClose();
  };
  return (
    <Dialog
      title={t('data.remove.title', { name })}
      open
      onOpenChange={(open) => {
        if (!open && !isGoing) onClose();
      }}
      actions={
        <>
          <Button variant="bare" disabled={isGoing} onClick={onClose}>
            {ui('cancel')}
          </Button>
          <Button variant="danger" disabled={!isConfirmed || isGoing} onClick={() => void go()}>
            {isGoing ? t('data.remove.going') : t('data.remove.button')}
          </Button>
        </>
      }
    >
      <WhatGoes account={account} />
      <div className={styles.first}>
        <p>{t('data.remove.first')}</p>
        <TakeOutButton />
      </div>
      <TextInput
        label={t('data.remove.type', { name })}
        labelShown
        value={typed}
        error={failure}
        onChange={(value) => {
          setTyped(value);
          setFailure(null);
        }}
      />
    </Dialog>
  );
}
