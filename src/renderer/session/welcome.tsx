import { useEffect, type ReactNode } from 'react';
import { usePageTitle } from '../frame/page-title.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { usePageArtwork } from '../theme/page-artwork.ts';
import { Logo } from '../ui/logo.tsx';
import { SleeveTitle } from '../ui/sleeve-title.tsx';
import { showToast } from '../ui/toast.ts';
import { AccountChoice } from './account-choice.tsx';
import { CoverMosaic } from './cover-mosaic.tsx';
import { takeFarewell } from './farewell.ts';
import { LanguageSwitch } from './language-switch.tsx';
import { useSession } from './session-store.ts';
import { cancelSignIn } from './sign-in-actions.ts';
import { SignInPanel } from './sign-in-panel.tsx';
import styles from './welcome.module.css';

/** In place of the frame while nobody is signed in. */
export function Welcome(): ReactNode {
  const t = useTexts('session');
  const offeredUrl = useSession((snapshot) => snapshot.offeredServiceUrl);
  usePageTitle(t('signIn.panel'));
  usePageArtwork(null);
  useEffect(() => {
    if (takeFarewell()) showToast({ tone: 'done', text: t('signIn.farewell') });
  }, [t]);
  return (
    <div className={styles.welcome}>
      <CoverMosaic />
      <div className={styles.right}>
        <div className={styles.drag} />
        <main className={styles.words} aria-label={t('signIn.panel')}>
          <div className={styles.mark}>
            <Logo shape="mark" height={54} />
          </div>
          <div className={styles.poster}>
            <SleeveTitle text={t('signIn.title')} size="l" balanced />
          </div>
          <p className={styles.lead}>{t('signIn.lead')}</p>
          <AccountChoice />
          <SignInPanel offeredUrl={offeredUrl} onCancel={() => void cancelSignIn()} />
        </main>
        <footer className={styles.foot}>
          <LanguageSwitch />
        </footer>
      </div>
    </div>
  );
}
