import type { SameTexts } from '../i18n/same-texts.ts';

export const en = {
  places: {
    title: 'What lies where',
    here: 'Only here',
    hereValue: 'Settings and the queue',
    history: 'What you played',
    historyValue: 'On this computer. It goes elsewhere only where you connected something yourself',
    historyShared:
      'On this computer and, for your other devices, at {{service}}. It goes elsewhere only where you connected something yourself',
    historyPage: 'Played lately',
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
    serviceValue:
      '{{service}} learns what you search for, open and play, since it answers with it. With an account, it keeps what you save and play',
    serviceAds:
      '{{service}} learns what you search for, open and play, since it answers with it, and which ads were heard. With an account, it keeps what you save and play',
    updates: 'Updates',
    updatesValue: 'Asked for without a name. Whether a new version started is counted, not by whom',
  },
} as const;

export const de: SameTexts<typeof en> = {
  places: {
    title: 'Was wo liegt',
    here: 'Nur hier',
    hereValue: 'Einstellungen und die Warteschlange',
    history: 'Was du gehört hast',
    historyValue: 'Auf diesem Computer. Anderswohin kommt es nur, wenn du selbst etwas verbunden hast',
    historyShared:
      'Auf diesem Computer und, für deine anderen Geräte, bei {{service}}. Anderswohin kommt es nur, wenn du selbst etwas verbunden hast',
    historyPage: 'Zuletzt gehört',
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
      '{{service}} erfährt, was du suchst, öffnest und abspielst, denn damit antwortet der Dienst. Mit einem Konto bewahrt er auf, was du dir merkst und hörst',
    serviceAds:
      '{{service}} erfährt, was du suchst, öffnest und abspielst, denn damit antwortet der Dienst, und welche Werbung zu hören war. Mit einem Konto bewahrt er auf, was du dir merkst und hörst',
    updates: 'Updates',
    updatesValue:
      'Werden ohne Namen erfragt. Gezählt wird, ob eine neue Version gestartet ist, nicht bei wem',
  },
};
