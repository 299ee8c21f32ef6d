import type { HistoryDay } from '../../contract/history.ts';

export interface DayGroup {
  readonly id: string;
  readonly title: string;
  readonly durationMs: null;
  readonly firstIndex: number;
}

/** `2026-01-31` of the local calendar. */
export const dayOf = (date: Date): string =>
  [date.getFullYear(), date.getMonth() + 1, date.getDate()]
    .map((part) => String(part).padStart(2, '0'))
    .join('-');

/** A heading for each day, above the first of its plays. */
export const dayGroups = (
  days: readonly HistoryDay[],
  words: {
    readonly today: string;
    readonly yesterday: string;
    readonly dateOf: (day: string) => string;
    readonly now: Date;
  },
): readonly DayGroup[] => {
  const { now } = words;
  const today = dayOf(now);
  const yesterday = dayOf(new Date(now.getFullYear(), now.getMonth(), now.getDate() - 1));
  const titleOf = (day: string): string => {
    if (day === today) return words.today;
    return day === yesterday ? words.yesterday : words.dateOf(day);
  };
  let firstIndex = 0;
  return days.map(({ day, plays }) => {
    const group: DayGroup = { id: day, title: titleOf(day), durationMs: null, firstIndex };
    firstIndex += plays;
    return group;
  });
};
