import { AD_EVENTS, type AdReport } from '../../contract/ads-http.ts';
import type { SpotCounts, SpotRecord } from './ad-records.ts';
import { NEVER_HEARD } from './hearings.ts';

/** What became of each spot that was ever published. What was reported of spots that there never were counts nowhere. */
export const adReportOf = (spots: readonly SpotRecord[], counts: SpotCounts): AdReport => ({
  spots: spots.map(({ id, sender, title }) => {
    const heard = counts.get(id) ?? NEVER_HEARD;
    return {
      spotId: id,
      sender,
      title,
      counts: Object.fromEntries(
        AD_EVENTS.map((kind) => [kind, heard[kind]]),
      ) as AdReport['spots'][number]['counts'],
    };
  }),
});
