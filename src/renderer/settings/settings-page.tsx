import type { ComponentType } from 'react';
import { Link } from 'wouter';
import { useTexts } from '../i18n/use-texts.ts';
import { NotFoundPage } from '../frame/lost-pages.tsx';
import { usePageTitle } from '../frame/page-title.ts';
import { usePageArtwork } from '../theme/page-artwork.ts';
import { SleeveTitle } from '../ui/sleeve-title.tsx';
import { UpdateSettings } from '../update/update-settings.tsx';
import { AboutSettings } from './about-settings.tsx';
import { AccountSettings } from '../session/account-settings.tsx';
import { AppearanceSettings } from './appearance-settings.tsx';
import { LanguageSettings } from './language-settings.tsx';
import { PlaybackSettings } from './playback-settings.tsx';
import { PrivacySettings } from './privacy-settings.tsx';
import { QualitySettings } from './quality-settings.tsx';
import styles from './settings-page.module.css';
import { ShortcutSettings } from './shortcut-settings.tsx';
import { SoundSettings } from './sound-settings.tsx';
import { StorageSettings } from './storage-settings.tsx';

const PAGES = {
  playback: PlaybackSettings,
  quality: QualitySettings,
  sound: SoundSettings,
  storage: StorageSettings,
  appearance: AppearanceSettings,
  shortcuts: ShortcutSettings,
  language: LanguageSettings,
  privacy: PrivacySettings,
  account: AccountSettings,
  updates: UpdateSettings,
  about: AboutSettings,
} as const satisfies Record<string, ComponentType>;
type SettingsPageName = keyof typeof PAGES;

const PAGE_NAMES = Object.keys(PAGES) as SettingsPageName[];
const isPageName = (name: string): name is SettingsPageName => Object.hasOwn(PAGES, name);

/** `/settings` and its pages; without a name the first. */
export function SettingsPage({ page }: { readonly page: string | null }) {
  const name = page ?? 'playback';
  return isPageName(name) ? <KnownSettingsPage name={name} /> : <NotFoundPage />;
}

function KnownSettingsPage({ name }: { readonly name: SettingsPageName }) {
  const t = useTexts('settings');
  usePageArtwork(null);
  usePageTitle(t(`pages.${name}`));
  const Content = PAGES[name];
  return (
    <div className={styles.page}>
      <nav className={styles.navigation} aria-label={t('title')}>
        <h2 className={styles.heading}>{t('title')}</h2>
        <ul>
          {PAGE_NAMES.map((other) => (
            <li key={other}>
              <Link
                href={`/settings/${other}`}
                replace
                className={styles.link}
                aria-current={other === name ? 'page' : undefined}
              >
                {t(`pages.${other}`)}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      <div className={styles.content}>
        <SleeveTitle text={t(`pages.${name}`)} size="m" />
        <div className={styles.settings}>
          <Content />
        </div>
      </div>
    </div>
  );
}
