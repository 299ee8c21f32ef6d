import type { Settings } from '../../contract/settings.ts';
import { decideUpdate, type Installation, type UpdateDecision } from '../../core/update/decide.ts';
import type { UpdateChannel, UpdateManifest, UpdateTarget } from '../../core/update/manifest.ts';
import type { Clock, Log } from '../ports.ts';
import { fetchManifest } from './fetch-manifest.ts';
import type { Offer } from './offer.ts';
import type { Feed } from './pinned-keys.ts';
import { UpdateFailed } from './update-failed.ts';
import type { UpdateRecordKeeper } from './update-record.ts';

export interface FeedQuestion {
  /** What the feed offers; null when that is nothing. Throws an `UpdateFailed`, or the signal's reason. */
  ask(channel: UpdateChannel, signal: AbortSignal): Promise<Offer | null>;
  /** Throws an `UpdateFailed` when what was offered would not be offered now: its time is over, the listener does not want it. */
  assertOffered(offer: Offer, channel: UpdateChannel): void;
}

/** Asks the feed, and remembers what was believed, so that nothing older is. */
export const createFeedQuestion = (options: {
  readonly feed: Feed;
  readonly record: UpdateRecordKeeper;
  /** What runs. */
  readonly version: string;
  readonly target: UpdateTarget;
  readonly settings: () => Settings;
  readonly fetch: typeof globalThis.fetch;
  readonly clock: Clock;
  readonly isOnline: () => boolean;
  readonly log: Log;
}): FeedQuestion => {
  const { feed, record, version, target, settings, clock, log } = options;

  const installation = (channel: UpdateChannel): Installation => {
    const { installationId, givenUp, seen } = record.get();
    const { skippedVersion } = settings();
    const lastSignedAt = seen[channel];
    return { version, channel, target, installationId, skippedVersion, givenUp, lastSignedAt };
  };
  const decide = (manifest: UpdateManifest, channel: UpdateChannel): UpdateDecision => {
    const decision = decideUpdate(manifest, installation(channel), clock.now());
    if (decision.kind === 'refuse')
      throw new UpdateFailed(decision.because, `a manifest was refused: ${decision.because}`);
    return decision;
  };

  return {
    async ask(channel, signal) {
      const manifest = await fetchManifest(feed, channel, { ...options, signal });
      const decision = decide(manifest, channel);
      await record.seen(channel, manifest.signedAt);
      if (decision.kind === 'offer') return { manifest, file: decision.file };
      if (decision.kind === 'nothing')
        log.info('no update', { because: decision.because, version: manifest.version });
      return null;
    },
    assertOffered({ manifest }, channel) {
      if (decide(manifest, channel).kind !== 'offer')
        throw new UpdateFailed('feed_differs', 'what was offered is no longer');
    },
  };
};
