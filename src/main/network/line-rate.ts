import { afterTransfer, throughputBps, UNKNOWN_THROUGHPUT } from '../../core/entitlement/throughput.ts';

/** What the line to the edge can do, as far as it was used. */
export interface LineRate {
  readonly came: (bytes: number, elapsedMs: number) => void;
  /** Null while nothing is known. */
  bitsPerSecond(): number | null;
  /** It is another line now. */
  forget(): void;
}

export const createLineRate = (): LineRate => {
  let measured = UNKNOWN_THROUGHPUT;
  return {
    came(bytes, elapsedMs) {
      measured = afterTransfer(measured, bytes, elapsedMs);
    },
    bitsPerSecond: () => throughputBps(measured),
    forget() {
      measured = UNKNOWN_THROUGHPUT;
    },
  };
};
