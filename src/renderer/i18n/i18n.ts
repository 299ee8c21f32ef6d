import { createInstance } from 'i18next';
import { resources } from './resources.ts';

export const LANGUAGES = ['en', 'de'] as const;
export type Language = (typeof LANGUAGES)[number];

/** Ready as soon as it is imported: the texts travel with the window. */
export const i18n = createInstance();

void i18n.init({
  resources,
  lng: 'en',
  fallbackLng: 'en',
  supportedLngs: [...LANGUAGES],
  ns: Object.keys(resources.en),
  defaultNS: 'ui',
  // React escapes by itself.
  interpolation: { escapeValue: false },
  initAsync: false,
});

/** The language the window speaks now. */
export const currentLanguage = (): Language => (i18n.language === 'de' ? 'de' : 'en');

/** The language for a setting: `system` follows the first of the system's languages that Riffle speaks. */
export function languageFor(
  setting: 'system' | Language,
  systemLanguages: readonly string[] = navigator.languages,
): Language {
  if (setting !== 'system') return setting;
  const known = systemLanguages
    .map((tag) => tag.toLowerCase().split('-')[0])
    .find((tag) => LANGUAGES.some((language) => language === tag));
  return known === 'de' ? 'de' : 'en';
}

/** Changes the texts and `<html lang>`. */
export function speak(language: Language): void {
  document.documentElement.lang = language;
  if (i18n.language !== language) void i18n.changeLanguage(language);
}
