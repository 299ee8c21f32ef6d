import { Trash2 } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import type { Account } from '../../contract/session.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { Button } from '../ui/button.tsx';
import styles from './account-settings.module.css';
import { DeleteAccountDialog } from './delete-account-dialog.tsx';
import { TakeOutButton } from './take-out-button.tsx';

/** Everything of the listener as a file, and the end of the account. */
export function AccountDataSection({ account }: { readonly account: Account }): ReactNode {
  const t = useTexts('session');
  const [isAsking, setAsking] = useState(false);
  return (
    <section className={styles.section} aria-labelledby="account-data">
      <h2 id="account-data" className={styles.heading}>
        {t('data.title')}
      </h2>
      <p className={styles.help}>{t('data.out.help')}</p>
      <TakeOutButton />
      <p className={styles.help}>{t('data.remove.help', { service: account.serviceName })}</p>
      <Button variant="danger" icon={Trash2} onClick={() => setAsking(true)}>
        {t('data.remove.ask')}
      </Button>
      {isAsking && <DeleteAccountDialog account={account} onClose={() => setAsking(false)} />}
    </section>
  );
}
