/** For developers: what went wrong without a person having to do anything about it. */
export function reportFailure(failure: unknown): void {
  // The console is where the shells collect what the window has to say.
  // oxlint-disable-next-line eslint/no-console
  console.error(failure);
}
