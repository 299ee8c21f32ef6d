/** Thrown for what an operator can mend: one sentence, and one about what to do. Nothing was changed that listeners see. */
export class ReleaseError extends Error {
  override readonly name = 'ReleaseError';
  readonly hint: string;

  constructor(message: string, hint: string, options?: ErrorOptions) {
    super(message, options);
    this.hint = hint;
  }
}
