/** Thrown for what an operator can mend: one sentence, and one about what to do. Nothing was changed that listeners see. */
export class ReleaseError extends Error {
  override readonly name: string = 'ReleaseError';
  readonly hint: string;

  constructor(message: string, hint: string, options?: ErrorOptions) {
    super(message, options);
    this.hint = hint;
  }
}

/** All is done and the feed is right; only the edge was not told to ask again, which it does by itself. */
export class EdgeUntold extends ReleaseError {
  override readonly name = 'EdgeUntold';
}
