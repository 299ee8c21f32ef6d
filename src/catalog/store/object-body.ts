import { addAbortSignal, pipeline, Transform, type Readable } from 'node:stream';
import { StoreError } from './object-store.ts';

/**
 * The body as it is handed out: it ends with an error, never early. A connection that breaks, or a file cut short under
 * the reader, gives `corrupt` or what `translate` makes of the cause; an abort ends it with an `AbortError`.
 */
export const wholeBody = (
  source: Readable,
  expected: { readonly key: string; readonly bytes: number },
  translate: (cause: unknown) => StoreError,
  signal?: AbortSignal,
): Readable => {
  let received = 0;
  const endedEarly = (): StoreError =>
    new StoreError(
      'corrupt',
      `${expected.key} ended after ${received} of ${expected.bytes} bytes`,
      'The object was cut short on its way or at rest; ask again, then check the store.',
    );
  const body = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      received += chunk.length;
      done(null, chunk);
    },
    flush(done) {
      done(received === expected.bytes ? null : endedEarly());
    },
    destroy(cause, done) {
      const isOurs = cause === null || cause instanceof StoreError || cause.name === 'AbortError';
      done(isOurs ? cause : translate(cause));
    },
  });
  // Errors reach the reader through `body`; the callback is there because pipeline demands one.
  pipeline(source, body, () => {});
  return signal === undefined ? body : addAbortSignal(signal, body);
};
