import { describe, expect, it } from 'vitest';
import { dayGroups } from './history-days.ts';

describe('the days of the history', () => {
  it('stand above their first plays, the last two by name, over the turn of a year', () => {
    const groups = dayGroups(
      [
        { day: '2026-01-01', plays: 3 },
        { day: '2025-12-31', plays: 1 },
        { day: '2025-12-30', plays: 7 },
      ],
      {
        today: 'Today',
        yesterday: 'Yesterday',
        dateOf: (day) => `on ${day}`,
        now: new Date(2026, 0, 1, 12),
      },
    );

    expect(groups.map(({ title, firstIndex }) => [title, firstIndex])).toEqual([
      ['Today', 0],
      ['Yesterday', 3],
      ['on 2025-12-30', 4],
    ]);
  });
});
