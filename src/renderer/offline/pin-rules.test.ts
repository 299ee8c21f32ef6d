import { array, assert, constantFrom, nat, property, record } from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Pin, PinState } from '../../contract/offline.ts';
import { firstUnfinishedBefore, pinOf, shareOf } from './pin-rules.ts';

const state = constantFrom<PinState>(
  { kind: 'kept' },
  { kind: 'fetching' },
  { kind: 'queued' },
  { kind: 'paused' },
  { kind: 'failed', failure: 'not_found' },
);
const anyPins = array(
  record({ state, trackCount: nat(50), kept: nat(50), bytes: nat(1e9), remainingBytes: nat(1e9) }),
  { maxLength: 20 },
).map((parts) =>
  parts.map((part, index): Pin => ({
    source: { kind: 'album', id: String(index).padStart(20, '0') },
    title: `Platte ${index}`,
    artists: 'Halden',
    artwork: null,
    addedAt: '2026-11-21T10:00:00Z',
    failedCount: 0,
    keptCount: Math.min(part.kept, part.trackCount),
    ...part,
  })),
);

describe('pins', () => {
  it('have a share that is one', () => {
    assert(
      property(anyPins, (pins) => {
        for (const pin of pins) {
          expect(shareOf(pin)).toBeGreaterThanOrEqual(0);
          expect(shareOf(pin)).toBeLessThanOrEqual(1);
        }
      }),
    );
  });

  it('go first before the first that is unfinished, and only that', () => {
    assert(
      property(anyPins, (pins) => {
        const first = pins.find((pin) => pin.state.kind !== 'kept');
        for (const pin of pins) {
          const before = firstUnfinishedBefore(pins, pin.source);
          expect(before).toEqual(first === undefined || first === pin ? null : first.source);
        }
      }),
    );
  });

  it('are found by kind and id together', () => {
    assert(
      property(anyPins, (pins) => {
        for (const pin of pins) {
          expect(pinOf(pins, pin.source)).toBe(pin);
          expect(pinOf(pins, { kind: 'artist', id: pin.source.id })).toBeNull();
        }
      }),
    );
  });
});
