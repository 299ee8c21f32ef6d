import { HostFailure } from '../../contract/host-error.ts';

/**
 * Why the edge gave no audio.
 * - `refused`: 401 or 403; the signed address has expired, ask for a new one.
 * - `gone`: 404 or 410; the object is not there.
 * - `interrupted`: the connection failed, was cut, or stalled; worth another try.
 * - `busy`: 429 or 5xx; worth another try.
 * - `changed`: the object has another entity tag than what was fetched of it before; begin anew.
 * - `wrong`: an answer that cannot be what was asked for (other length, range or hash).
 */
export type EdgeFailureKind = 'refused' | 'gone' | 'interrupted' | 'busy' | 'changed' | 'wrong';

export class EdgeFailure extends Error {
  override readonly name = 'EdgeFailure';
  readonly kind: EdgeFailureKind;
  /** How long the edge asked to be left alone (Retry-After); null when it did not say. */
  readonly retryAfterMs: number | null;

  constructor(
    kind: EdgeFailureKind,
    message: string,
    options: ErrorOptions & { readonly retryAfterMs?: number | null } = {},
  ) {
    super(message, options);
    this.kind = kind;
    this.retryAfterMs = options.retryAfterMs ?? null;
  }
}

export const isWorthAnotherTry = (error: unknown): error is EdgeFailure =>
  error instanceof EdgeFailure && (error.kind === 'interrupted' || error.kind === 'busy');

/** As the window may hear of it. */
export const toHostFailure = (error: unknown): HostFailure =>
  error instanceof HostFailure
    ? error
    : new HostFailure('media_unavailable', error instanceof Error ? error.message : String(error), {
        cause: error,
      });
