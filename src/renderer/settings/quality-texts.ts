import type { SameTexts } from '../i18n/same-texts.ts';

export const en = {
  streaming: 'Streaming',
  streamingHelp: 'What is fetched while you listen. Another choice counts from the next track on.',
  download: 'Kept offline',
  downloadHelp: 'What you keep on this computer on purpose. What is here already stays as it is.',
  names: {
    automatic: 'Automatic',
    low: 'Low',
    normal: 'Normal',
    high: 'High',
    lossless: 'Lossless',
  },
  automaticCost: 'As much as the line gives',
  cost: 'about {{size}} an hour',
  premium: 'Premium',
  premiumFor: 'What premium adds: {{quality}}',
  atMost: 'You hear {{quality}}, the best there is without premium.',
  offlinePremium: 'Keeping music is for premium listeners. The choice waits for then.',
} as const;

export const de = {
  streaming: 'Streaming',
  streamingHelp: 'Was geholt wird, während du hörst. Eine andere Wahl gilt ab dem nächsten Titel.',
  download: 'Offline behalten',
  downloadHelp: 'Was du bewusst auf diesem Computer behältst. Was schon da ist, bleibt, wie es ist.',
  names: {
    automatic: 'Automatisch',
    low: 'Niedrig',
    normal: 'Normal',
    high: 'Hoch',
    lossless: 'Verlustfrei',
  },
  automaticCost: 'So viel, wie die Leitung hergibt',
  cost: 'etwa {{size}} in der Stunde',
  premium: 'Premium',
  premiumFor: 'Was Premium dazugibt: {{quality}}',
  atMost: 'Du hörst {{quality}}, das Beste ohne Premium.',
  offlinePremium: 'Musik zu behalten, gehört zu Premium. Die Wahl wartet so lange.',
} satisfies SameTexts<typeof en>;
