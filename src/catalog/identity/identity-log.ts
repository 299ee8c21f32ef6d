/** What is told of sign-ins: never a token, a code, a password, what was typed as a name, or an address with one of these. */
export interface IdentityLog {
  info(facts: object, message: string): void;
  warn(facts: object, message: string): void;
  error(facts: object, message: string): void;
}
