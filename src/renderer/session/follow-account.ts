import { currentAccount, sessionStore } from './session-store.ts';

export interface AccountChanges {
  /** There is an account: what needs one begins. Called once. */
  readonly start: () => void;
  /** The account is signed in again after it was not: what failed for want of it may work now. */
  readonly renewed: () => void;
  /** Another account is the current one, or none: nothing of the old one may stay. Called once, and then nothing any more. */
  readonly startOver: () => void;
}

/**
 * The window shows one account for as long as it lives. An account that waits for its issuer, or is to sign in again, is the
 * same account, and its music plays on. Gives its own stop.
 */
export function followAccount({ start, renewed, startOver }: AccountChanges): () => void {
  let shownId: string | null = null;
  let isSignedIn = false;
  const look = (): void => {
    const snapshot = sessionStore.getState();
    const { state } = snapshot.session;
    if (state === 'starting') return;
    const id = currentAccount(snapshot)?.id ?? null;
    const wasSignedIn = isSignedIn;
    isSignedIn = state === 'signed_in';
    if (id !== shownId && shownId !== null) {
      stop();
      startOver();
    } else if (id !== shownId) {
      shownId = id;
      start();
    } else if (isSignedIn && !wasSignedIn) renewed();
  };
  const stop = sessionStore.subscribe(look);
  look();
  return stop;
}
