import type { ReactNode } from 'react';
import { currentLanguage, LANGUAGES, type Language } from '../i18n/i18n.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { useChangeSettings } from '../settings/use-change-settings.ts';
import styles from './language-switch.module.css';

/** Languages are called by their own names, so that one finds home from any of them. */
const OWN_NAMES: Readonly<Record<Language, string>> = { en: 'English', de: 'Deutsch' };

/** All the languages there are, side by side. */
export function LanguageSwitch(): ReactNode {
  const t = useTexts('session');
  const change = useChangeSettings();
  const now = currentLanguage();
  return (
    <div role="group" aria-label={t('signIn.language')} className={styles.languages}>
      {LANGUAGES.map((language) => (
        <button
          key={language}
          type="button"
          lang={language}
          className={styles.language}
          aria-pressed={language === now}
          onClick={() => change({ language })}
        >
          {OWN_NAMES[language]}
        </button>
      ))}
    </div>
  );
}
