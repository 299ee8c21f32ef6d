import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { thumbPlace } from './scroll-thumb.tsx';

describe('the scroll thumb', () => {
  it('is as long as the share of the page that is in sight', () => {
    expect(thumbPlace({ clientHeight: 800, scrollHeight: 1600, scrollTop: 0 })).toMatchObject({
      lengthPx: 400,
      topPx: 0,
    });
  });

  it('is not there when everything is in sight', () => {
    expect(thumbPlace({ clientHeight: 800, scrollHeight: 800, scrollTop: 0 })).toBeNull();
  });

  it('stays inside its track, and a way along it is that way through the page', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 100, max: 2000 }),
        fc.integer({ min: 1, max: 4_000_000 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (clientHeight, hidden, share) => {
          const scrollTop = hidden * share;
          const place = thumbPlace({ clientHeight, scrollHeight: clientHeight + hidden, scrollTop });
          if (place === null) throw new Error('there is something to scroll');
          expect(place.topPx).toBeGreaterThanOrEqual(0);
          expect(place.topPx + place.lengthPx).toBeLessThanOrEqual(clientHeight + 1e-6);
          expect(Math.abs(place.topPx * place.scale - scrollTop)).toBeLessThan(1e-3);
        },
      ),
    );
  });
});
