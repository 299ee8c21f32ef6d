import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { move } from '../../core/playback/queue-edit.ts';
import { entryRowFrom, gapAt, placeAfterStep, placeAtGap, queueRows, type QueueRows } from './queue-rows.ts';
import { queueOf } from './test-support.ts';

/** Headings as `-`. */
const textOf = (rows: QueueRows): string =>
  Array.from({ length: rows.length }, (_, index) => {
    const row = rows.at(index);
    return row?.kind === 'entry' ? row.entry.entryId : '-';
  }).join('');

const parts = queueOf({ played: ['P'], current: 'C', requested: ['R', 'S'], upcoming: ['U', 'V'] });
const rows = queueRows(parts, false);

it('lists what plays, what was asked for and the rest under headings, what was played only on request', () => {
  expect(textOf(rows)).toBe('--C-RS-UV');
  expect(textOf(queueRows(parts, true))).toBe('-P-C-RS-UV');
  expect(queueRows(parts, true).at(1)).toMatchObject({ kind: 'entry', section: 'played' });
  expect(queueRows(queueOf({ current: 'C' }), false)).toMatchObject({ length: 2 });
});

it('finds the row of each entry that shows, and none of what does not', () => {
  const letters = fc.uniqueArray(fc.constantFrom(...'ABCDEFGHIJ'), { minLength: 1 });
  fc.assert(
    fc.property(letters, fc.nat(10), fc.nat(10), fc.boolean(), (names, first, second, showsPlayed) => {
      const [from, to] = [Math.min(first, second), Math.max(first, second)];
      const played = names.slice(0, from);
      const current = names[from] ?? null;
      const queue = queueOf({
        played,
        current,
        requested: names.slice(from + 1, to),
        upcoming: names.slice(Math.max(from + 1, to)),
      });
      const some = queueRows(queue, showsPlayed);
      for (const name of names) {
        const row = some.rowOf(name);
        const isHidden = !showsPlayed && played.includes(name);
        expect(textOf(some)[row] ?? null).toBe(isHidden ? null : name);
      }
      expect([some.rowOf('other'), some.rowOf(null)]).toEqual([-1, -1]);
      expect([some.at(-1), some.at(some.length)]).toEqual([undefined, undefined]);
    }),
  );
});

describe('dropping', () => {
  const dropped = (gap: number): string => {
    const queue = move(parts, new Set(['V']), placeAtGap(rows, gap));
    const ids = (entries: typeof queue.upcoming): string => entries.map((entry) => entry.entryId).join('');
    return `${ids(queue.requested)}|${ids(queue.upcoming)}`;
  };

  it('puts an entry before the row below the gap', () => {
    expect(dropped(4)).toBe('VRS|U');
    expect(dropped(5)).toBe('RVS|U');
    expect(dropped(7)).toBe('RS|VU');
  });

  it('between two sections means the end of the upper one', () => {
    expect(dropped(6)).toBe('RSV|U');
  });

  it('at the end of the list means the end of the rest', () => {
    expect(dropped(rows.length)).toBe('RS|UV');
  });

  it('right behind what plays means next, also with nothing asked for yet', () => {
    expect(dropped(3)).toBe('VRS|U');
    const few = queueRows(queueOf({ current: 'C', upcoming: ['U', 'V'] }), false);
    expect(placeAtGap(few, 2)).toEqual({ section: 'requested', beforeEntryId: null });
  });

  it('finds the nearest gap and never one above what plays', () => {
    expect(gapAt(rows, 0, 48)).toBe(3);
    expect(gapAt(rows, 5 * 48 + 10, 48)).toBe(5);
    expect(gapAt(rows, 5 * 48 + 40, 48)).toBe(6);
    expect(gapAt(rows, 10_000, 48)).toBe(rows.length);
  });
});

describe('moving by a step', () => {
  const walk = (entryId: string, step: 'up' | 'down', times: number): string => {
    let queue = parts;
    for (let time = 0; time < times; time += 1) {
      const place = placeAfterStep(queueRows(queue, false), entryId, step);
      if (place !== null) queue = move(queue, new Set([entryId]), place);
    }
    const ids = (entries: typeof queue.upcoming): string => entries.map((entry) => entry.entryId).join('');
    return `${ids(queue.requested)}|${ids(queue.upcoming)}`;
  };

  it('goes up through the rest and through what was asked for, and stops there', () => {
    const steps = [1, 2, 3, 4, 5].map((times) => walk('V', 'up', times));
    expect(steps).toEqual(['RS|VU', 'RSV|U', 'RVS|U', 'VRS|U', 'VRS|U']);
  });

  it('goes down the same way', () => {
    const steps = [1, 2, 3, 4, 5].map((times) => walk('R', 'down', times));
    expect(steps).toEqual(['SR|UV', 'S|RUV', 'S|URV', 'S|UVR', 'S|UVR']);
  });

  it('leaves what plays and what was played where it is', () => {
    expect(placeAfterStep(rows, 'C', 'down')).toBeNull();
    expect(placeAfterStep(queueRows(parts, true), 'P', 'down')).toBeNull();
  });
});

it('goes from entry to entry past the headings', () => {
  expect(entryRowFrom(rows, 2, 1)).toBe(4);
  expect(entryRowFrom(rows, 4, -1)).toBe(2);
  expect(entryRowFrom(rows, 2, -1)).toBe(2);
});
