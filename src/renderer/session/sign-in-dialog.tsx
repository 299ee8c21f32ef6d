import type { ReactNode } from 'react';
import { useTexts } from '../i18n/use-texts.ts';
import { Dialog } from '../ui/dialog.tsx';
import { accountName } from './account-words.ts';
import { cancelSignIn, closeSignInDialog } from './sign-in-actions.ts';
import { SignInPanel } from './sign-in-panel.tsx';
import { useSignInStore } from './sign-in-store.ts';
import styles from './sign-in-dialog.module.css';

/** Signing in while somebody is signed in: another account, or the same again. Music plays on behind it. */
export function SignInDialog(): ReactNode {
  const t = useTexts('session');
  const dialog = useSignInStore((state) => state.dialog);
  const isAgain = dialog.kind === 'again';
  return (
    <Dialog
      title={t(isAgain ? 'account.againTitle' : 'account.addTitle')}
      open={dialog.kind !== 'closed'}
      onOpenChange={(open) => {
        if (!open) void closeSignInDialog();
      }}
    >
      {isAgain && (
        <p className={styles.who}>
          {t('account.againAs', {
            name: accountName(dialog.account),
            service: dialog.account.serviceName,
          })}
        </p>
      )}
      <SignInPanel
        offeredUrl={isAgain ? dialog.account.serviceUrl : null}
        onCancel={() => void (isAgain ? closeSignInDialog() : cancelSignIn())}
      />
    </Dialog>
  );
}
