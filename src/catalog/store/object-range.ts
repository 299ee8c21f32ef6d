import { StoreError, type ByteRange } from './object-store.ts';

export const invalidRange = (key: string, range: ByteRange, options?: ErrorOptions): StoreError =>
  new StoreError(
    'invalid_range',
    `${key} has no bytes ${range.first} to ${range.last}`,
    'A range begins within the object and does not end before it begins.',
    options,
  );

/** Throws `invalid_range` for what is no range of anything. */
export const assertByteRange = (key: string, range: ByteRange): void => {
  const isRange =
    Number.isSafeInteger(range.first) &&
    Number.isSafeInteger(range.last) &&
    range.first >= 0 &&
    range.last >= range.first;
  if (!isRange) throw invalidRange(key, range);
};

/** Cuts a range at the object's end, as RFC 9110 §14.1.2 does. Throws `invalid_range` when it begins after it. */
export const rangeWithin = (key: string, range: ByteRange, objectBytes: number): ByteRange => {
  assertByteRange(key, range);
  if (range.first >= objectBytes) throw invalidRange(key, range);
  return { first: range.first, last: Math.min(range.last, objectBytes - 1) };
};
