import type { SignInFailure } from '../../contract/session.ts';

/** A sign-in that came to nothing, for a reason that is not the issuer's. The message is for logs, and holds no secret. */
export class SignInFailed extends Error {
  override readonly name = 'SignInFailed';
  readonly failure: SignInFailure;

  constructor(failure: SignInFailure, message: string) {
    super(message);
    this.failure = failure;
  }
}
