/** Builders for tests of the window: who listens. */
import type { Account, Session, SessionSnapshot, SignIn } from '../../contract/session.ts';
import { entitlementOf, type Tier } from '../../core/entitlement/entitlement.ts';

const meOf = (tier: Tier): Account['me'] => ({
  id: 'nils',
  name: 'Nils Kramer',
  tier,
  roles: [],
  entitlement: entitlementOf(tier),
  upgradeUrl: null,
});

export interface AccountChanges extends Partial<Omit<Account, 'me'>> {
  readonly tier?: Tier;
  readonly name?: string | null;
  readonly upgradeUrl?: string;
}

/** Nils Kramer, premium, with Steinbruch Records, but for what is said otherwise. */
export const accountWith = ({
  tier = 'premium',
  name = 'Nils Kramer',
  upgradeUrl,
  ...rest
}: AccountChanges = {}): Account => ({
  id: 'account-nils',
  serviceUrl: 'https://music.steinbruch.example',
  serviceName: 'Steinbruch Records',
  isPersonal: true,
  ...rest,
  me: { ...meOf(tier), name, upgradeUrl: upgradeUrl ?? null },
});

export const snapshotWith = (changes: Partial<SessionSnapshot> = {}): SessionSnapshot => ({
  session: { state: 'signed_out' },
  signIn: { step: 'idle' },
  accounts: [],
  offeredServiceUrl: null,
  keepsSignIn: 'system',
  ...changes,
});

/** `account` listens, in a state that has one. */
export const listening = (
  account: Account = accountWith(),
  state: Exclude<Session['state'], 'starting' | 'signed_out'> = 'signed_in',
  changes: Partial<SessionSnapshot> = {},
): SessionSnapshot =>
  snapshotWith({
    session: state === 'unrenewed' ? { state, account, since: '2026-11-23T17:42:00Z' } : { state, account },
    accounts: [account],
    ...changes,
  });

/** Nobody is signed in, and a sign-in is at `signIn`. */
export const signingIn = (signIn: SignIn, changes: Partial<SessionSnapshot> = {}): SessionSnapshot =>
  snapshotWith({ signIn, ...changes });
