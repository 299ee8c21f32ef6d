import type { Account, SignIn } from '../../src/contract/session.ts';
import type { SessionService } from '../../src/main/session/session-contract.ts';
import { createIssuerBrowser } from './issuer-browser.ts';

/** Where the browser is to go. */
export const addressOf = (signIn: SignIn): string => {
  if (signIn.step === 'in_browser') return signIn.address;
  throw new Error(`nobody is to go to the browser: ${JSON.stringify(signIn)}`);
};

/** Signs in in the browser as whoever the issuer takes everybody for, and gives the account. */
export const signInAs = async (
  session: SessionService,
  serviceUrl: string,
  accountId?: string,
): Promise<Account> => {
  const { signIn } = await session.api.signIn({ serviceUrl, via: 'browser', accountId });
  await createIssuerBrowser().open(addressOf(signIn));
  const now = session.snapshot();
  if (now.session.state !== 'signed_in') throw new Error(`not signed in: ${JSON.stringify(now.signIn)}`);
  return now.session.account;
};
