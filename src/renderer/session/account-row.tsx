import type { ReactNode } from 'react';
import type { Account } from '../../contract/session.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { Badge } from '../ui/badge.tsx';
import { switchTo } from './account-actions.ts';
import { accountName, initialsOf, shortAddress } from './account-words.ts';
import styles from './account-settings.module.css';

export interface AccountRowProps {
  readonly account: Account;
  readonly isCurrent: boolean;
  readonly onSignOut: () => void;
}

/** One account of this computer: who, where, and the ways to it and out of it. */
export function AccountRow({ account, isCurrent, onSignOut }: AccountRowProps): ReactNode {
  const t = useTexts('session');
  const name = accountName(account);
  const { isPersonal } = account;
  return (
    <li className={styles.account}>
      <span className={styles.initials} aria-hidden>
        {initialsOf(name)}
      </span>
      <div className={styles.names}>
        <span className={styles.name}>{name}</span>
        <span className={styles.place}>
          {name === account.serviceName ? '' : `${account.serviceName}, `}
          {shortAddress(account.serviceUrl)}
        </span>
      </div>
      {isCurrent ? (
        <Badge>{t('account.inUse')}</Badge>
      ) : (
        <button
          type="button"
          className={styles.small}
          aria-label={t('account.switchNamed', { name })}
          onClick={() => void switchTo(account)}
        >
          {t('account.switch')}
        </button>
      )}
      <button
        type="button"
        className={styles.small}
        data-danger
        aria-label={t(isPersonal ? 'account.signOutNamed' : 'account.disconnectNamed', { name })}
        onClick={onSignOut}
      >
        {t(isPersonal ? 'account.signOut' : 'account.disconnect')}
      </button>
    </li>
  );
}
