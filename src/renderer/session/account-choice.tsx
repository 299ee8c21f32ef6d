import type { ReactNode } from 'react';
import { useTexts } from '../i18n/use-texts.ts';
import { switchTo } from './account-actions.ts';
import styles from './account-choice.module.css';
import { accountName, initialsOf, shortAddress } from './account-words.ts';
import { useSession } from './session-store.ts';

/** The accounts of this computer, to go on with while none of them is the current one. Nothing where there is none. */
export function AccountChoice(): ReactNode {
  const t = useTexts('session');
  const accounts = useSession((snapshot) => snapshot.accounts);
  const isIdle = useSession((snapshot) => snapshot.signIn.step === 'idle');
  if (accounts.length === 0 || !isIdle) return null;
  return (
    <section className={styles.choice} aria-labelledby="go-on-as">
      <h2 id="go-on-as" className={styles.heading}>
        {t('signIn.goOnAs')}
      </h2>
      <ul className={styles.accounts}>
        {accounts.map((account) => {
          const name = accountName(account);
          return (
            <li key={account.id}>
              <button type="button" className={styles.account} onClick={() => void switchTo(account)}>
                <span className={styles.initials} aria-hidden>
                  {initialsOf(name)}
                </span>
                <span className={styles.name}>{name}</span>{' '}
                <span className={styles.place}>
                  {name === account.serviceName ? shortAddress(account.serviceUrl) : account.serviceName}
                </span>
              </button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
