import { currentLanguage } from './i18n.ts';

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;

/** What stands between a figure and its unit so that the two never part. */
const NO_BREAK_SPACE = '\u00A0';

const numberFormats = new Map<string, Intl.NumberFormat>();

/** Kept: to make one takes a hundred times as long as to use it, and a page may show a hundred figures. */
const numberFormat = (options: Intl.NumberFormatOptions = {}): Intl.NumberFormat => {
  const language = currentLanguage();
  const key = `${language} ${JSON.stringify(options)}`;
  const format = numberFormats.get(key) ?? new Intl.NumberFormat(language, options);
  numberFormats.set(key, format);
  return format;
};

const twoDigits = (value: number): string => String(value).padStart(2, '0');

/** `3:42`, `1:08:21`; whole seconds are cut, not rounded, as clocks do. */
export function formatDuration(durationMs: number): string {
  const seconds = Math.max(0, Math.floor(durationMs / SECOND_MS));
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  const rest = twoDigits(seconds % 60);
  return hours > 0 ? `${hours}:${twoDigits(minutes)}:${rest}` : `${minutes}:${rest}`;
}

/** `9 h 24 min`, `47 min`; rounded to the minute, at least one. */
export function formatLongDuration(durationMs: number): string {
  const minutes = Math.max(1, Math.round(durationMs / MINUTE_MS));
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  const parts = [
    ...(hours > 0 ? [`${hours}${NO_BREAK_SPACE}h`] : []),
    ...(rest > 0 ? [`${rest}${NO_BREAK_SPACE}min`] : []),
  ];
  return parts.join(' ');
}

/** `1,204` or `1.204`. */
export function formatCount(count: number): string {
  return numberFormat().format(count);
}

/** `72 %` in German, `72%` in English; `share` from 0 to 1. */
export function formatPercent(share: number): string {
  return numberFormat({ style: 'percent', maximumFractionDigits: 0 }).format(share);
}

/** `1.25 ×`, `1,25 ×`. */
export function formatSpeed(speed: number): string {
  const figure = numberFormat({ maximumFractionDigits: 2 }).format(speed);
  return `${figure}${NO_BREAK_SPACE}×`;
}

/** `+3.5`, `0`, `−2`: a figure that says which way, one digit after the point at most. */
export function formatSigned(value: number): string {
  const figure = numberFormat({ maximumFractionDigits: 1, signDisplay: 'exceptZero' }).format(value);
  return figure.replace('-', '\u2212');
}

/** `5.9 GB`, `5,9 GB`: decimal units, as disks are sold. */
export function formatBytes(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  const power = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1000 ** power;
  const digits = power > 1 && value < 100 ? 1 : 0;
  const figure = numberFormat({ maximumFractionDigits: digits }).format(value);
  return `${figure}${NO_BREAK_SPACE}${units[power]}`;
}

/** How exactly a date is shown: `2024`, `Nov 2024`, `21 Nov`, `21 Nov 2024`, `21 November 2024`. */
export type DatePrecision = 'year' | 'month' | 'dayOfYear' | 'shortDay' | 'day';

const DATE_OPTIONS: Readonly<Record<DatePrecision, Intl.DateTimeFormatOptions>> = {
  year: { year: 'numeric' },
  month: { month: 'short', year: 'numeric' },
  dayOfYear: { day: 'numeric', month: 'short' },
  shortDay: { day: 'numeric', month: 'short', year: 'numeric' },
  day: { day: 'numeric', month: 'long', year: 'numeric' },
};

/** English dates put the day first, as the look does. */
const dateLocale = (): string => (currentLanguage() === 'de' ? 'de' : 'en-GB');

/** What an ISO date says by its length: a release may be known by the year or the month alone. */
const precisionOf = (iso: string): DatePrecision => {
  if (iso.length <= 4) return 'year';
  return iso.length <= 7 ? 'month' : 'day';
};

/**
 * A date in the listener's language. A release date (`1999`, `1999-04`, `1999-04-30`) is a day of the calendar, not a
 * moment, and is never moved by the time zone; it is never shown more exactly than it is known.
 */
export function formatDate(iso: string, precision: DatePrecision = precisionOf(iso)): string {
  const known = precisionOf(iso);
  const rank: readonly DatePrecision[] = ['year', 'month', 'dayOfYear', 'shortDay', 'day'];
  const shown = rank.indexOf(precision) > rank.indexOf(known) ? known : precision;
  const isMoment = iso.includes('T');
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return iso;
  return new Intl.DateTimeFormat(dateLocale(), {
    ...DATE_OPTIONS[shown],
    ...(isMoment ? {} : { timeZone: 'UTC' }),
  }).format(date);
}

/** `17:42`. */
export function formatTimeOfDay(iso: string): string {
  return new Intl.DateTimeFormat(dateLocale(), { hour: '2-digit', minute: '2-digit' }).format(new Date(iso));
}

/** A moment near now: `17:42` today, `21 Nov, 17:42` on another day. */
export function formatMoment(iso: string, now: Date = new Date()): string {
  const isToday = new Date(iso).toDateString() === now.toDateString();
  return isToday ? formatTimeOfDay(iso) : `${formatDate(iso, 'dayOfYear')}, ${formatTimeOfDay(iso)}`;
}
