/**
 * Turns bytes into a stream that has begun: the first chunk is there when this resolves, so that a failure before it is still
 * a plain answer and not a torn one. Nothing is read ahead of the consumer. It gives exactly `expectedBytes` or fails.
 */
export const startedStream = async (
  bytes: AsyncGenerator<Uint8Array, void>,
  expectedBytes: number,
  hooks: {
    /** Interrupts whatever `bytes` waits for. */
    readonly abort: () => void;
    /** Called once, when nothing is read any more. */
    readonly ended: () => void;
  },
): Promise<ReadableStream<Uint8Array>> => {
  let next: IteratorResult<Uint8Array, void>;
  try {
    next = await bytes.next();
  } catch (error) {
    hooks.ended();
    throw error;
  }
  let first: typeof next | null = next;
  let givenBytes = 0;
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const result = first ?? (await bytes.next());
          first = null;
          if (result.done !== true) {
            givenBytes += result.value.byteLength;
            controller.enqueue(result.value);
            return;
          }
          if (givenBytes !== expectedBytes)
            throw new Error(`ended after ${givenBytes} of ${expectedBytes} bytes`);
          controller.close();
        } catch (error) {
          controller.error(error);
        }
        hooks.ended();
      },
      async cancel() {
        hooks.abort();
        try {
          await bytes.return();
        } finally {
          hooks.ended();
        }
      },
    },
    { highWaterMark: 0 },
  );
};
