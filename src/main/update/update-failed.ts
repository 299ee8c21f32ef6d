import type { UpdateFailure } from '../../contract/update.ts';

/** Why an update came to nothing, as the window is told it. The message is for logs. */
export class UpdateFailed extends Error {
  override readonly name = 'UpdateFailed';
  readonly reason: UpdateFailure;

  constructor(reason: UpdateFailure, message: string, options?: ErrorOptions) {
    super(message, options);
    this.reason = reason;
  }
}
