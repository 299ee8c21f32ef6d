/** What the service counted of a version, read from its own store. */
import { NO_OUTCOMES, UPDATE_OUTCOMES, type OutcomeCounts } from '../../src/core/update/rollout-rule.ts';
import { UPDATE_CHANNELS, type UpdateChannel } from '../../src/core/update/manifest.ts';
import type { ObjectStore } from '../../src/catalog/store/object-store.ts';
import { createUpdateMetering } from '../../src/catalog/updates/update-metering.ts';

/** For stable also what beta's listeners met with it: it is the same version. */
const channelsOf = (channel: UpdateChannel): readonly UpdateChannel[] =>
  channel === 'stable' ? UPDATE_CHANNELS : [channel];

export const countsFrom = (
  store: ObjectStore,
  channel: UpdateChannel,
): ((version: string) => Promise<OutcomeCounts>) => {
  const metering = createUpdateMetering(store);
  return async (version) => {
    const sums = { ...NO_OUTCOMES };
    for (const each of channelsOf(channel)) {
      const counts = await metering.counts({ channel: each, version });
      for (const outcome of UPDATE_OUTCOMES) sums[outcome] += counts[outcome];
    }
    return sums;
  };
};
