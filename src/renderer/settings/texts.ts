import type { SameTexts } from '../i18n/same-texts.ts';

export const en = {} as const;

export const de = {} satisfies SameTexts<typeof en>;
