import type { SameTexts } from '../i18n/same-texts.ts';
import { de as accountDe, en as accountEn } from './account-texts.ts';
import { de as dataDe, en as dataEn } from './data-texts.ts';
import { de as premiumDe, en as premiumEn } from './premium-texts.ts';
import { de as signInDe, en as signInEn } from './sign-in-texts.ts';

/** What is said of who listens. */
export const en = { signIn: signInEn, account: accountEn, data: dataEn, premium: premiumEn } as const;

export const de = {
  signIn: signInDe,
  account: accountDe,
  data: dataDe,
  premium: premiumDe,
} satisfies SameTexts<typeof en>;
