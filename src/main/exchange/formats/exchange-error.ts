import { MOST_IMPORT_BYTES, type ExchangeFault } from '../../../contract/exchange.ts';

/** A file of another program that cannot be read. */
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
export const MOST_FILE_BYTES = MOST_IMPORT_BYTES;
