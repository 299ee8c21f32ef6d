import { HostFailure, type HostErrorCode } from '../contract/host-error.ts';

/** What comes of calls between two accounts, and of a window that starts over: nothing went wrong. */
const BETWEEN_ACCOUNTS: ReadonlySet<HostErrorCode> = new Set<HostErrorCode>([
  'sign_in_required',
  'cancelled',
]);

/** For developers: what went wrong without a person having to do anything about it. */
export function reportFailure(failure: unknown): void {
  if (failure instanceof HostFailure && BETWEEN_ACCOUNTS.has(failure.code)) return;
  // The console is where the shells collect what the window has to say.
  // oxlint-disable-next-line eslint/no-console
  console.error(failure);
}
