import type { SameTexts } from '../i18n/same-texts.ts';

/** What free and premium are, said where the difference is met. */
export const en = {
  badge: 'What premium adds',
  titles: {
    ads: 'Listen without ads',
    offline: 'Keep music offline',
    quality: 'Hear it as it was made',
  },
  reasons: {
    ads: 'The short breaks between tracks pay for free listening. Premium has none.',
    offline:
      'What you play stays on this computer for a while either way. Keeping a record on purpose, for certain, is premium.',
    quality: 'Free plays in low and normal quality. Premium plays everything the label delivered.',
  },
  table: 'What free and premium can do',
  what: 'What',
  ads: 'Ads',
  adsFree_one: 'After {{minutes}} minutes of music, at most one',
  adsFree_other: 'After {{minutes}} minutes of music, at most {{count}}',
  none: 'None',
  quality: 'Quality',
  upTo: 'Up to {{quality}}',
  qualities: { low: 'low', normal: 'normal', high: 'high', lossless: 'lossless' },
  offline: 'Without a network',
  offlineFree: 'What was played lately',
  offlinePremium: 'Whatever you keep',
  everything: 'The catalog',
  all: 'All of it',
  get: 'Get premium',
  ask: 'Ask whoever runs {{service}} for premium.',
  isPremium: 'You are premium. All of this is yours.',
  notOpened: 'The page could not be opened',
} as const;

export const de = {
  badge: 'Was Premium dazugibt',
  titles: {
    ads: 'Ohne Werbung hören',
    offline: 'Musik offline behalten',
    quality: 'Hören, wie es gemacht wurde',
  },
  reasons: {
    ads: 'Die kurzen Pausen zwischen Titeln bezahlen das Hören mit Free. Premium hat keine.',
    offline:
      'Was du spielst, bleibt so oder so eine Weile auf diesem Computer. Ein Album bewusst und sicher zu behalten, gehört zu Premium.',
    quality:
      'Free spielt in niedriger und normaler Qualität. Premium spielt alles, was das Label geliefert hat.',
  },
  table: 'Was Free und Premium können',
  what: 'Was',
  ads: 'Werbung',
  adsFree_one: 'Nach {{minutes}} Minuten Musik, höchstens eine',
  adsFree_other: 'Nach {{minutes}} Minuten Musik, höchstens {{count}}',
  none: 'Keine',
  quality: 'Qualität',
  upTo: 'Bis {{quality}}',
  qualities: { low: 'niedrig', normal: 'normal', high: 'hoch', lossless: 'verlustfrei' },
  offline: 'Ohne Netz',
  offlineFree: 'Was du zuletzt gespielt hast',
  offlinePremium: 'Alles, was du behältst',
  everything: 'Der Katalog',
  all: 'Ganz',
  get: 'Premium holen',
  ask: 'Frag, wer {{service}} betreibt, nach Premium.',
  isPremium: 'Du hast Premium. Das alles gehört dir.',
  notOpened: 'Die Seite ließ sich nicht öffnen',
} satisfies SameTexts<typeof en>;
