import { CirclePlus, CircleUser, LogOut, Settings, Unplug } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useLocation } from 'wouter';
import type { Account } from '../../contract/session.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { DropdownMenu, type MenuEntry } from '../ui/menu.tsx';
import { tooltip } from '../ui/tooltip.tsx';
import { switchTo } from './account-actions.ts';
import styles from './account-button.module.css';
import { accountName, initialsOf } from './account-words.ts';
import { currentAccount, useSession } from './session-store.ts';
import { addAccount } from './sign-in-actions.ts';
import { SignOutDialog } from './sign-out-dialog.tsx';

const ACCOUNT_SETTINGS_PATH = '/settings/account';

function AccountMenu({ account }: { readonly account: Account }): ReactNode {
  const t = useTexts('session');
  const [, navigate] = useLocation();
  const [isAsked, setAsked] = useState(false);
  const accounts = useSession((snapshot) => snapshot.accounts);
  const name = accountName(account);
  const label = t(account.isPersonal ? 'account.button' : 'account.buttonOpen', { name });

  const others = accounts.filter(({ id }) => id !== account.id);
  const details = account.isPersonal
    ? [...(name === account.serviceName ? [] : [account.serviceName]), t(`account.tiers.${account.me.tier}`)]
    : [t('account.openService')];
  const entries: readonly MenuEntry[] = [
    { kind: 'heading', label: name, details },
    { kind: 'separator' },
    ...others.map((other): MenuEntry => {
      const otherName = accountName(other);
      return {
        kind: 'item',
        label:
          otherName === other.serviceName
            ? t('account.switchTo', { name: otherName })
            : t('account.switchToAt', { name: otherName, service: other.serviceName }),
        icon: CircleUser,
        onSelect: () => void switchTo(other),
      };
    }),
    {
      kind: 'item',
      label: t(account.isPersonal ? 'account.add' : 'account.connectOther'),
      icon: CirclePlus,
      onSelect: addAccount,
    },
    {
      kind: 'item',
      label: t('account.settings'),
      icon: Settings,
      onSelect: () => navigate(ACCOUNT_SETTINGS_PATH),
    },
    { kind: 'separator' },
    {
      kind: 'item',
      label: t(account.isPersonal ? 'account.signOut' : 'account.disconnect'),
      icon: account.isPersonal ? LogOut : Unplug,
      onSelect: () => setAsked(true),
    },
  ];
  return (
    <>
      <DropdownMenu
        label={t('account.menuOf')}
        align="end"
        trigger={
          <button type="button" className={styles.button} aria-label={label} {...tooltip(label)}>
            <span className={styles.initials} data-initials={initialsOf(name)} />
          </button>
        }
        entries={entries}
      />
      <SignOutDialog account={isAsked ? account : null} onClose={() => setAsked(false)} />
    </>
  );
}

/** Who listens, by initials; its menu has the other accounts of this computer, and the way out. */
export function AccountButton(): ReactNode {
  const account = useSession(currentAccount);
  return account === null ? null : <AccountMenu account={account} />;
}
