import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { Account } from '../../contract/session.ts';

/** Where in the window one signs in while somebody is signed in already. */
export type SignInPlace =
  | { readonly kind: 'closed' }
  /** Another account, or another service. */
  | { readonly kind: 'add' }
  /** The issuer took the sign-in of this one back. */
  | { readonly kind: 'again'; readonly account: Account };

interface SignInState {
  readonly dialog: SignInPlace;
  /** The sign-in page that this window has opened; null while it has not, or was kept from it. */
  readonly openedAddress: string | null;
}

export const signInStore = createStore<SignInState>(() => ({
  dialog: { kind: 'closed' },
  openedAddress: null,
}));

export const useSignInStore = <Part>(select: (state: SignInState) => Part): Part =>
  useStore(signInStore, select);
