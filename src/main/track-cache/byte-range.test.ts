import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decideRange } from './byte-range.ts';

const ETAG = '"abc"';
const TOTAL = 1_000;

const part = (first: number, last: number) => ({ kind: 'part', range: { first, last } });
const whole = { kind: 'whole' };
const unsatisfiable = { kind: 'unsatisfiable' };

/** RFC 9110, 14.1.2 and 14.2: header, If-Range, what comes of it for 1,000 bytes. */
const VECTORS: readonly (readonly [range: string | null, ifRange: string | null, decision: unknown])[] = [
  [null, null, whole],
  ['bytes=0-', null, part(0, 999)],
  ['bytes=0-0', null, part(0, 0)],
  ['bytes=0-499', null, part(0, 499)],
  ['bytes=500-999', null, part(500, 999)],
  ['bytes=500-5000', null, part(500, 999)],
  ['bytes=999-', null, part(999, 999)],
  ['bytes=-1', null, part(999, 999)],
  ['bytes=-500', null, part(500, 999)],
  ['bytes=-5000', null, part(0, 999)],
  ['BYTES=1-2', null, part(1, 2)],
  [' bytes=1-2 ', null, part(1, 2)],
  ['bytes=1000-', null, unsatisfiable],
  ['bytes=1000-1001', null, unsatisfiable],
  ['bytes=99999999999999999999-', null, unsatisfiable],
  ['bytes=-0', null, unsatisfiable],
  ['bytes=2-1', null, whole],
  ['bytes=-', null, whole],
  ['bytes=', null, whole],
  ['bytes=a-b', null, whole],
  ['bytes=1-2,4-5', null, whole],
  ['items=0-1', null, whole],
  ['bytes 0-1', null, whole],
  ['bytes=0-1', ETAG, part(0, 1)],
  ['bytes=0-1', '"other"', whole],
  ['bytes=0-1', 'W/"abc"', whole],
  ['bytes=0-1', 'Wed, 21 Oct 2026 07:28:00 GMT', whole],
  ['bytes=1000-', '"other"', whole],
  [null, ETAG, whole],
];

describe('decideRange', () => {
  it.each(VECTORS)('answers Range %s with If-Range %s as RFC 9110 says', (range, ifRange, decision) => {
    expect(decideRange(range, ifRange, ETAG, TOTAL)).toEqual(decision);
  });

  it('finds no byte in an empty file', () => {
    expect(decideRange('bytes=0-', null, ETAG, 0)).toEqual(unsatisfiable);
    expect(decideRange('bytes=-1', null, ETAG, 0)).toEqual(unsatisfiable);
  });

  it('never leaves the file, whatever is asked', () => {
    fc.assert(
      fc.property(fc.string(), fc.nat(5_000), (text, totalBytes) => {
        const decision = decideRange(`bytes=${text}`, null, ETAG, totalBytes);
        if (decision.kind !== 'part') return;
        expect(decision.range.first).toBeGreaterThanOrEqual(0);
        expect(decision.range.first).toBeLessThanOrEqual(decision.range.last);
        expect(decision.range.last).toBeLessThan(totalBytes);
      }),
    );
  });

  it('gives what was asked for, as far as the file goes', () => {
    const start = fc.integer({ min: 0, max: 10_000 });
    fc.assert(
      fc.property(start, start, fc.integer({ min: 1, max: 5_000 }), (first, last, totalBytes) => {
        const expected =
          last < first
            ? whole
            : first >= totalBytes
              ? unsatisfiable
              : part(first, Math.min(last, totalBytes - 1));
        expect(decideRange(`bytes=${first}-${last}`, null, ETAG, totalBytes)).toEqual(expected);
      }),
    );
  });
});
