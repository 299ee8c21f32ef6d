import { CirclePlus, KeyRound, TriangleAlert } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import type { Account, Session } from '../../contract/session.ts';
import { ExchangeLink } from '../exchange/exchange-link.tsx';
import { formatTimeOfDay } from '../i18n/format.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { Button } from '../ui/button.tsx';
import { accountName, shortAddress } from './account-words.ts';
import { AccountDataSection } from './account-data-section.tsx';
import { AccountRow } from './account-row.tsx';
import styles from './account-settings.module.css';
import { GetPremiumButton, UpgradedButton } from './get-premium.tsx';
import { currentAccount, useSession } from './session-store.ts';
import { addAccount, signInAgain } from './sign-in-actions.ts';
import { SignOutDialog } from './sign-out-dialog.tsx';
import { TierTable } from './tier-table.tsx';

function Warning({ text, help, children }: { text: string; help: string; children?: ReactNode }): ReactNode {
  return (
    <div className={styles.warning} role="note">
      <TriangleAlert size={16} aria-hidden />
      <p>
        <strong>{text}</strong> {help}
      </p>
      {children}
    </div>
  );
}

/** What is not as it should be about the sign-in, and what helps. */
function SessionWarnings({ session }: { readonly session: Session }): ReactNode {
  const t = useTexts('session');
  const isInMemory = useSession((snapshot) => snapshot.keepsSignIn === 'memory');
  return (
    <>
      {session.state === 'sign_in_again' && (
        <Warning text={t('account.again')} help={t('account.againHelp')}>
          <Button icon={KeyRound} onClick={() => void signInAgain(session.account)}>
            {t('account.signIn')}
          </Button>
        </Warning>
      )}
      {session.state === 'unrenewed' && (
        <Warning
          text={t('account.since', { time: formatTimeOfDay(session.since) })}
          help={t('account.sinceHelp')}
        />
      )}
      {isInMemory && currentAccountIsPersonal(session) && (
        <Warning text={t('account.memory')} help={t('account.memoryHelp')} />
      )}
    </>
  );
}

const currentAccountIsPersonal = (session: Session): boolean =>
  'account' in session && session.account.isPersonal;

function Who({ account }: { readonly account: Account }): ReactNode {
  const t = useTexts('session');
  return (
    <dl className={styles.facts}>
      {account.isPersonal && (
        <div className={styles.fact}>
          <dt>{t('account.who')}</dt>
          <dd>{accountName(account)}</dd>
        </div>
      )}
      <div className={styles.fact}>
        <dt>{t('account.service')}</dt>
        <dd>
          {account.serviceName} <span className={styles.address}>{shortAddress(account.serviceUrl)}</span>
        </dd>
      </div>
      {account.isPersonal && (
        <div className={styles.fact}>
          <dt>{t('account.tier')}</dt>
          <dd>{t(`account.tiers.${account.me.tier}`)}</dd>
        </div>
      )}
    </dl>
  );
}

/** What the tier means; for a free listener also how to become premium. */
function Tier({ account }: { readonly account: Account }): ReactNode {
  const t = useTexts('session');
  return (
    <section className={styles.section} aria-label={t('premium.table')}>
      <h2 className={styles.heading}>{t('premium.table')}</h2>
      <TierTable me={account.me} />
      {account.me.tier === 'free' && (
        <>
          {account.me.upgradeUrl === null && (
            <p className={styles.ask}>{t('premium.ask', { service: account.serviceName })}</p>
          )}
          <div className={styles.actions}>
            <GetPremiumButton account={account} />
            <UpgradedButton />
          </div>
        </>
      )}
    </section>
  );
}

/** Settings → Account: who listens, what the tier means, and every account of this computer. */
export function AccountSettings(): ReactNode {
  const t = useTexts('session');
  const session = useSession((snapshot) => snapshot.session);
  const accounts = useSession((snapshot) => snapshot.accounts);
  const account = useSession(currentAccount);
  const [leavingId, setLeavingId] = useState<string | null>(null);
  if (account === null) return null;
  return (
    <>
      <SessionWarnings session={session} />
      <Who account={account} />
      {account.isPersonal ? <Tier account={account} /> : <p className={styles.open}>{t('account.open')}</p>}
      <section className={styles.section} aria-labelledby="accounts-here">
        <h2 id="accounts-here" className={styles.heading}>
          {t('account.accounts')}
        </h2>
        <ul className={styles.accounts}>
          {accounts.map((each) => (
            <AccountRow
              key={each.id}
              account={each}
              isCurrent={each.id === account.id}
              onSignOut={() => setLeavingId(each.id)}
            />
          ))}
        </ul>
        <Button icon={CirclePlus} onClick={addAccount}>
          {t('account.add')}
        </Button>
      </section>
      <section className={styles.section} aria-labelledby="account-music">
        <h2 id="account-music" className={styles.heading}>
          {t('account.music')}
        </h2>
        <ExchangeLink />
      </section>
      {account.isPersonal && <AccountDataSection account={account} />}
      <SignOutDialog
        account={accounts.find(({ id }) => id === leavingId) ?? null}
        onClose={() => setLeavingId(null)}
      />
    </>
  );
}
