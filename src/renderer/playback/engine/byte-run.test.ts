import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ByteRun } from './byte-run.ts';

describe('bytes received one after the other', () => {
  it('give back any part that they have, whatever pieces they came in and whatever was forgotten', () => {
    fc.assert(
      fc.property(
        fc.nat(1000),
        fc.array(fc.uint8Array({ minLength: 1, maxLength: 20 }), { minLength: 1, maxLength: 12 }),
        fc.nat(),
        fc.nat(),
        (start, chunks, one, other) => {
          const run = new ByteRun(start);
          for (const chunk of chunks) run.append(chunk);
          const all = Uint8Array.from(chunks.flatMap((chunk) => [...chunk]));
          const from = start + (one % (all.length + 1));
          const to = from + (other % (start + all.length - from + 1));
          run.forgetBefore(from);
          expect(run.has(from, to)).toBe(true);
          expect(run.end).toBe(start + all.length);
          expect(run.slice(from, to)).toEqual(all.slice(from - start, to - start));
        },
      ),
    );
  });

  it('do not have what was let go', () => {
    const run = new ByteRun(0);
    run.append(new Uint8Array(10));
    run.append(new Uint8Array(10));
    run.forgetBefore(12);
    expect(run.has(0, 5)).toBe(false);
    expect(run.has(10, 20)).toBe(true);
  });
});
