/** Why a file of other programs cannot be read. Closed; the sentence is made at the screen. */
export type ExchangeFault =
  /** Nothing that is known: no playlist and no export. */
  | 'unknown_format'
  /** The right kind of file, but broken there. */
  | 'malformed'
  /** More bytes, rows or nesting than any list of music has. */
  | 'too_large'
  /** A table without a column of titles. */
  | 'no_titles'
  /** Nothing in it that could be taken over. */
  | 'empty';

export class ExchangeError extends Error {
  override readonly name = 'ExchangeError';
  readonly fault: ExchangeFault;
  /** Counted from 1, where the file is one of lines. */
  readonly line: number | null;

  constructor(fault: ExchangeFault, detail: string, line: number | null = null, options?: ErrorOptions) {
    super(detail, options);
    this.fault = fault;
    this.line = line;
  }
}

/** A list of 20,000 tracks has about 5 MB in the longest of the formats; the library of a life on one computer up to 100. */
export const MOST_FILE_BYTES = 128 * 1024 ** 2;
