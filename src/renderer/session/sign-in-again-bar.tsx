import { KeyRound } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTexts } from '../i18n/use-texts.ts';
import { useRootMark } from '../ui/root-mark.ts';
import { useSession } from './session-store.ts';
import styles from './sign-in-again-bar.module.css';
import { signInAgain } from './sign-in-actions.ts';

/** Stays while the issuer has taken the sign-in back, and is in nobody's way: everything on this computer plays on. */
export function SignInAgainBar(): ReactNode {
  const t = useTexts('session');
  const account = useSession(({ session }) => (session.state === 'sign_in_again' ? session.account : null));
  useRootMark('notice', account !== null);
  if (account === null) return null;
  return (
    <div role="status" className={styles.bar}>
      <KeyRound size={16} aria-hidden className={styles.icon} />
      <p className={styles.words}>
        <strong>{t('account.again')}</strong> <span>{t('account.againHelp')}</span>
      </p>
      <button type="button" className={styles.button} onClick={() => void signInAgain(account)}>
        {t('account.signIn')}
      </button>
    </div>
  );
}
