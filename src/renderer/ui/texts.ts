import type { SameTexts } from '../i18n/same-texts.ts';

export const en = {
  close: 'Close',
  cancel: 'Cancel',
  loading: 'Loading',
  notifications: 'Notifications',
  notificationsWithKey: 'Notifications ({hotkey})',
  keys: {
    control: 'Ctrl',
    shift: 'Shift',
    alt: 'Alt',
    space: 'Space',
    delete: 'Del',
    escape: 'Esc',
    enter: 'Enter',
  },
} as const;

export const de = {
  close: 'Schließen',
  cancel: 'Abbrechen',
  loading: 'Wird geladen',
  notifications: 'Meldungen',
  notificationsWithKey: 'Meldungen ({hotkey})',
  keys: {
    control: 'Strg',
    shift: 'Umschalt',
    alt: 'Alt',
    space: 'Leertaste',
    delete: 'Entf',
    escape: 'Esc',
    enter: 'Eingabe',
  },
} satisfies SameTexts<typeof en>;
