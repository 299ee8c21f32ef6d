/** Where ads lie in the store. Audio and pictures of spots lie where those of tracks do (`segments/keys.ts`). */

/** The versioned document of all spots. */
export const SPOTS_LOG = 'ads/spots';

export const EVENTS_PREFIX = 'ads/events/';
/** What listeners heard on a day, as the app reported it: named by its content, so that sending again writes nothing new. */
export const eventsKey = (day: string, sha256: string): string => `${EVENTS_PREFIX}${day}/${sha256}.json`;
/** The day of such a key, or null when it is none. */
export const dayOfEventsKey = (key: string): string | null =>
  /^ads\/events\/(\d{4}-\d{2}-\d{2})\/[0-9a-f]{64}\.json$/.exec(key)?.[1] ?? null;

export const TOTALS_PREFIX = 'ads/totals/';
/** The counts of a day that nothing is added to any more. */
export const totalsKey = (day: string): string => `${TOTALS_PREFIX}${day}.json`;
export const dayOfTotalsKey = (key: string): string | null =>
  /^ads\/totals\/(\d{4}-\d{2}-\d{2})\.json$/.exec(key)?.[1] ?? null;
