/** Who is who: passwords, counted before they are looked at, and the demo's listeners. */
import type { Account, Accounts } from './accounts.ts';
import { demoListener } from './demo-listeners.ts';
import type { Guesses } from './guesses.ts';
import type { IdentityLog } from './identity-log.ts';
import type { Listener } from './listeners.ts';
import { accountIdOf, normaliseLogin } from './login-name.ts';
import type { SignInProblem } from './pages/pages.ts';
import { TooBusyError, type Passwords } from './password-hash.ts';
import type { Tier } from '../../core/entitlement/entitlement.ts';

export type SignInAnswer =
  | { readonly state: 'is'; readonly listener: Listener }
  | { readonly state: 'refused'; readonly problem: SignInProblem };

export interface SignIn {
  /** Rejects with a `StoreError`. */
  withPassword(
    typed: { readonly login: string; readonly password: string },
    address: string,
  ): Promise<SignInAnswer>;
  /** Null while there is no demo. */
  asDemo(tier: Tier): Listener | null;
}

export interface SignInOptions {
  readonly accounts: Accounts;
  readonly passwords: Passwords;
  readonly guesses: Guesses;
  readonly demo: boolean;
  readonly log: IdentityLog;
}

const refused = (problem: SignInProblem): SignInAnswer => ({ state: 'refused', problem });

export const createSignIn = ({ accounts, passwords, guesses, demo, log }: SignInOptions): SignIn => {
  /** The right password is the only occasion to hash it again as dearly as today. */
  const renewHash = async (account: Account, password: string): Promise<void> => {
    if (!passwords.isOutdated(account.passwordHash)) return;
    const passwordHash = await passwords.hash(password);
    await accounts.change(account.login, (now) =>
      now.passwordHash === account.passwordHash ? { ...now, passwordHash } : now,
    );
  };

  return {
    withPassword: async ({ login: typed, password }, address) => {
      if (typed.trim() === '' || password === '') return refused({ kind: 'missing' });
      // What is no name is counted and takes its time like one that nobody has.
      const login = normaliseLogin(typed);
      const counted = await guesses.count(login ?? 'no name', address);
      if (counted.state === 'wait') {
        log.warn({ seconds: counted.seconds, address }, 'a sign-in has to wait after wrong passwords');
        return refused({ kind: 'wait', seconds: counted.seconds });
      }
      const account = login === null ? null : await accounts.find(accountIdOf(login));
      try {
        if (!(await passwords.verify(password, account?.passwordHash ?? null)) || account === null) {
          // Not the name: people type their passwords there.
          log.warn({ account: account?.id ?? null, address }, 'a wrong password or an unknown name');
          return refused({ kind: 'wrong' });
        }
        await counted.guess.wasRight();
        if (account.isDisabled) return refused({ kind: 'disabled' });
        await renewHash(account, password);
      } catch (error) {
        if (!(error instanceof TooBusyError)) throw error;
        await counted.guess.withdraw();
        return refused({ kind: 'busy' });
      }
      return { state: 'is', listener: account };
    },
    asDemo: (tier) => (demo ? demoListener(tier) : null),
  };
};
