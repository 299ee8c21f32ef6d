import { assert, constantFrom, integer, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { placeAfterKey } from './grid-keys.ts';

const KEYS = ['ArrowDown', 'ArrowUp', 'ArrowLeft', 'ArrowRight', 'Home', 'End', 'a', 'toString'] as const;

describe('keys in a grid', () => {
  it('lead to a place there is, another one, or nowhere', () => {
    assert(
      property(
        constantFrom(...KEYS),
        integer({ min: 1, max: 500 }),
        integer({ min: 1, max: 12 }),
        (key, count, columns) => {
          for (const at of [0, Math.floor(count / 2), count - 1]) {
            const next = placeAfterKey(key, at, columns, count);
            if (next === null) continue;
            expect(next).toBeGreaterThanOrEqual(0);
            expect(next).toBeLessThan(count);
            expect(next).not.toBe(at);
          }
        },
      ),
    );
  });

  it('go down to the end of a line that is not full, and stay in the last one', () => {
    expect(placeAfterKey('ArrowDown', 4, 5, 7)).toBe(6);
    expect(placeAfterKey('ArrowDown', 5, 5, 7)).toBeNull();
    expect(placeAfterKey('ArrowUp', 6, 5, 7)).toBe(1);
  });

  it('leave the sideways arrows to the player where there is one column', () => {
    expect(placeAfterKey('ArrowRight', 0, 1, 5)).toBeNull();
    expect(placeAfterKey('ArrowRight', 0, 2, 5)).toBe(1);
  });
});
