/** Who asks. One implementation for each way to run a service: without sign-in, or with an issuer's access tokens. */
import type { Me, SignInOffer } from '../../../contract/account-http.ts';

/** Whom the service takes an asker for: `me` without what is the same for all. */
export type Listener = Omit<Me, 'upgradeUrl'>;

export interface AccessControl {
  /** Whether askers differ. False: nobody signs in, and all are one. */
  readonly isPersonal: boolean;
  /** What the app needs to sign in; null where nobody has to. Throws a `ProblemError`, `not_ready`, while it is not known. */
  offer(): SignInOffer | null;
  /**
   * Whom the token speaks for; null is a request without one. Throws a `ProblemError`: `sign_in_required` for none or one that
   * is not good (any more), `not_ready` when it cannot be told at present.
   */
  listenerOf(token: string | null): Promise<Listener>;
  /** Whether the token was good a short while ago, so that `listenerOf` is cheap. */
  knows(token: string): boolean;
  /** Why no token can be checked at present; null when it can. */
  unready(): string | null;
}
