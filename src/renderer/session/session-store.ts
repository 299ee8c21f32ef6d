import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { Account, SessionSnapshot } from '../../contract/session.ts';
import { host, subscribe } from '../host/host-client.ts';

const STARTING: SessionSnapshot = {
  session: { state: 'starting' },
  signIn: { step: 'idle' },
  accounts: [],
  offeredServiceUrl: null,
  keepsSignIn: 'system',
};

/** What the host last said of who listens. */
export const sessionStore = createStore<SessionSnapshot>(() => STARTING);

export function useSession<Part>(select: (snapshot: SessionSnapshot) => Part): Part {
  return useStore(sessionStore, select);
}

/** Whose music, queue and history the window shows; null while nobody is signed in, or nobody knows yet. */
export const currentAccount = ({ session }: SessionSnapshot): Account | null =>
  'account' in session ? session.account : null;

/**
 * Whether the listener may keep music offline on purpose, as their service last said. True while nobody is known: then nothing is
 * to be said about it.
 */
export const mayKeepOffline = (snapshot: SessionSnapshot): boolean =>
  currentAccount(snapshot)?.me.entitlement.offline ?? true;

let pushes = 0;

const takePushed = (snapshot: SessionSnapshot): void => {
  pushes += 1;
  sessionStore.setState(snapshot, true);
};

/**
 * Asks the host something that it answers with who listens now, and takes the answer. Every change is pushed as well: an answer
 * that a push has overtaken is older than what is known, and is dropped. Rejects as `ask` does.
 */
export async function askSession(ask: () => Promise<SessionSnapshot>): Promise<void> {
  const before = pushes;
  const snapshot = await ask();
  if (pushes === before) sessionStore.setState(snapshot, true);
}

/** Learns who listens and follows it. Gives its own unsubscribe. */
export async function followSession(onFailure: (failure: unknown) => void): Promise<() => void> {
  const stop = subscribe('session', takePushed);
  try {
    await askSession(() => host.session.get());
  } catch (failure) {
    onFailure(failure);
  }
  return stop;
}
