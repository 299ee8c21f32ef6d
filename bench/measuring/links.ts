/** Links as listeners have them. */
import type { LinkShape } from '../../tests/network-link/shaped-link.ts';

export const bytesPerSecond = (kilobits: number): number => (kilobits * 1000) / 8;

/** 20 ms there and back, 50 Mbit/s: a good home line to a near edge. */
export const GOOD_LINK: Partial<LinkShape> = {
  delayMs: 10,
  jitterMs: 0,
  connectMs: 20,
  downBytesPerSecond: bytesPerSecond(50_000),
  upBytesPerSecond: bytesPerSecond(10_000),
};

/** 100 ms there and back on average, 80 to 120, at so many kbit/s. */
export const farLink = (kilobits: number): Partial<LinkShape> => ({
  delayMs: 40,
  jitterMs: 20,
  connectMs: 100,
  downBytesPerSecond: bytesPerSecond(kilobits),
  upBytesPerSecond: bytesPerSecond(1_000),
});
