import type { SameTexts } from '../i18n/same-texts.ts';

export const en = {
  places: {
    title: 'What lies where',
    here: 'Only here',
    hereValue: 'Settings, the queue and what you played',
    history: 'Played lately',
    music: 'Music',
    musicValue: 'Sealed, in {{folder}}',
    keys: 'Keys and sign-in',
    keyPlaces: {
      system: 'In the key store of this system',
      file: 'In files that only you may read',
      memory: 'Nowhere: they are gone when you quit, since this system has no key store',
      unavailable: 'In the key store, which does not answer now',
    },
    service: 'The music service',
    serviceValue: '{{service}} learns what you search for, open and play, since it answers with it',
    serviceAds:
      '{{service}} learns what you search for, open and play, since it answers with it, and which ads were heard',
    updates: 'Updates',
    updatesValue: 'Asked for without a name. Whether a new version started is counted, not by whom',
  },
} as const;

export const de: SameTexts<typeof en> = {
  places: {
    title: 'Was wo liegt',
    here: 'Nur hier',
    hereValue: 'Einstellungen, die Warteschlange und was du gehört hast',
    history: 'Zuletzt gehört',
    music: 'Musik',
    musicValue: 'Versiegelt, in {{folder}}',
    keys: 'Schlüssel und Anmeldung',
    keyPlaces: {
      system: 'Im Schlüsselspeicher dieses Systems',
      file: 'In Dateien, die nur du lesen darfst',
      memory: 'Nirgends: Beim Beenden sind sie weg, weil dieses System keinen Schlüsselspeicher hat',
      unavailable: 'Im Schlüsselspeicher, der gerade nicht antwortet',
    },
    service: 'Der Musikdienst',
    serviceValue:
      '{{service}} erfährt, was du suchst, öffnest und abspielst, denn damit antwortet der Dienst',
    serviceAds:
      '{{service}} erfährt, was du suchst, öffnest und abspielst, denn damit antwortet der Dienst, und welche Werbung zu hören war',
    updates: 'Updates',
    updatesValue:
      'Werden ohne Namen erfragt. Gezählt wird, ob eine neue Version gestartet ist, nicht bei wem',
  },
};
