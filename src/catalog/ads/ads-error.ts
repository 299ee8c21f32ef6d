/** What an operator can mend: `message` names every spot and field, `hint` says what to do. Nothing was changed. */
export class AdsError extends Error {
  override readonly name = 'AdsError';
  readonly hint: string;

  constructor(message: string, hint: string, options?: ErrorOptions) {
    super(message, options);
    this.hint = hint;
  }
}

/** What is wrong with one field of one spot. */
export interface SpotProblem {
  /** Place in the list, from 0. */
  readonly index: number;
  readonly sender: string;
  readonly field: string;
  readonly reason: string;
}

const HINT =
  'Nothing was published. Mend this and run it again; "riffle-catalog ads publish --help" shows an ads.json.';

/** All of them at once: one run shows everything there is to mend. */
export const spotProblems = (problems: readonly SpotProblem[]): AdsError =>
  new AdsError(
    problems
      .map(({ index, sender, field, reason }) => {
        const who = sender === '' ? '' : ` (${sender})`;
        return `ads.json: spot ${index + 1}${who}: ${field}: ${reason}`;
      })
      .join('\n'),
    HINT,
  );
