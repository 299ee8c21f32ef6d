import { HostFailure } from '../../contract/host-error.ts';

/**
 * Why the edge gave no audio.
 * - `refused`: 401 or 403; the signed address has expired, ask for a new one.
 * - `gone`: 404 or 410; the object is not there.
 * - `interrupted`: the connection failed, was cut, or stalled; worth another try.
 * - `busy`: 429 or 5xx; worth another try.
 * - `wrong`: an answer that cannot be what was asked for (other length, range, entity tag or hash).
 */
export type EdgeFailureKind = 'refused' | 'gone' | 'interrupted' | 'busy' | 'wrong';

export class EdgeFailure extends Error {
  override readonly name = 'EdgeFailure';
  readonly kind: EdgeFailureKind;

  constructor(kind: EdgeFailureKind, message: string, options?: ErrorOptions) {
    super(message, options);
    this.kind = kind;
  }
}

export const isWorthAnotherTry = (error: unknown): boolean =>
  error instanceof EdgeFailure && (error.kind === 'interrupted' || error.kind === 'busy');

/** As the window may hear of it. */
export const toHostFailure = (error: unknown): HostFailure =>
  error instanceof HostFailure
    ? error
    : new HostFailure('media_unavailable', error instanceof Error ? error.message : String(error), {
        cause: error,
      });
