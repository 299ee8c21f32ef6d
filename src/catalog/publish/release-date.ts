const EARLIEST_YEAR = 1860;
const LATEST_YEAR = 2199;

const twoDigits = (value: number): string => String(value).padStart(2, '0');

/**
 * `1999`, `1999-04` or `1999-04-30` from what tags hold (`1999`, `1999-04-30T00:00:00Z`, `19990430`, `1999/4/30`,
 * `30.04.1999`), as precise as it is sound; null when there is no year in it.
 */
export function releaseDateOf(value: string | null): string | null {
  if (value === null) return null;
  const yearFirst = /^\s*(\d{4})(?:[-/.]?(\d{1,2}))?(?:[-/.]?(\d{1,2}))?(?!\d)/.exec(value);
  const dayFirst = /^\s*(\d{1,2})\.(\d{1,2})\.(\d{4})\b/.exec(value);
  const [year, month, day] = dayFirst
    ? [dayFirst[3], dayFirst[2], dayFirst[1]]
    : [yearFirst?.[1], yearFirst?.[2], yearFirst?.[3]];
  const yearNumber = Number(year ?? 0);
  if (yearNumber < EARLIEST_YEAR || yearNumber > LATEST_YEAR) return null;
  const monthNumber = Number(month ?? 0);
  if (monthNumber < 1 || monthNumber > 12) return String(yearNumber);
  const yearAndMonth = `${yearNumber}-${twoDigits(monthNumber)}`;
  const dayNumber = Number(day ?? 0);
  const daysInMonth = new Date(Date.UTC(yearNumber, monthNumber, 0)).getUTCDate();
  return dayNumber >= 1 && dayNumber <= daysInMonth
    ? `${yearAndMonth}-${twoDigits(dayNumber)}`
    : yearAndMonth;
}

/** The most precise of several dates, the earlier in the list when they are alike. */
export function bestReleaseDate(values: readonly (string | null)[]): string | null {
  const first = values.map(releaseDateOf).find((date) => date !== null) ?? null;
  if (first === null) return null;
  const finer = values
    .map(releaseDateOf)
    .find((date) => date !== null && date.startsWith(first) && date.length > first.length);
  return finer ?? first;
}
