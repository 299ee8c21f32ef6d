/**
 * The feed of one store, and all that is done to it. What was decided stands in the logs of the channels, signed; the feed is made from
 * them. So a kill at any step leaves what was there before, whole, and two who publish at once lose nothing.
 */
import type { UpdateChannel, UpdateManifest } from '../../src/core/update/manifest.ts';
import type { ObjectStore } from '../../src/catalog/store/object-store.ts';
import type { PinnedKey } from '../../src/main/update/pinned-keys.ts';
import { openChannelLog, type ChannelLog, type ChannelState, type ReleaseAction } from './channel-log.ts';
import type { EdgeCache } from './edge-cache.ts';
import {
  haltedManifest,
  offerManifest,
  raisedManifest,
  renewedManifest,
  type Offer,
  type Signing,
} from './manifest-changes.ts';
import { ReleaseError } from './release-error.ts';
import type { Release } from './release-folder.ts';
import { isSettled, settle } from './settle.ts';
import { openManifest, signManifest } from './signed-manifest.ts';
import type { SigningKey } from './signing-key.ts';
import { uploadOnce } from './upload.ts';

export interface FeedOptions {
  readonly store: ObjectStore;
  /** Who signs; none for looking only. */
  readonly keys: readonly SigningKey[];
  /** Whose signatures apps believe. */
  readonly pinned: readonly PinnedKey[];
  readonly validDays: number;
  /** Null where no edge is to be told. */
  readonly edge: EdgeCache | null;
  readonly nowMs?: () => number;
}

/** What a channel offers. */
export interface Standing {
  readonly channel: UpdateChannel;
  readonly revision: number;
  readonly manifest: UpdateManifest;
  readonly state: ChannelState;
  /** False while the feed still says what was before: a run was cut off, and the next one finishes it. */
  readonly isSettled: boolean;
}

export interface PublishReport {
  readonly version: string;
  readonly channels: readonly UpdateChannel[];
  readonly sent: number;
  readonly alreadyThere: number;
}

/** Applied to what a channel offers; must depend on nothing else that changes. */
type Change = (manifest: UpdateManifest, signing: Signing) => UpdateManifest | 'unchanged';

export interface ChangeRequest {
  readonly channel: UpdateChannel;
  readonly action: ReleaseAction;
  readonly reason: string | null;
  readonly change: Change;
}

export interface Feed {
  publish(release: Release, minimumVersion: string | null): Promise<PublishReport>;
  /** Offers to stable what beta offers. */
  promote(): Promise<void>;
  /** To the next step, or to a percentage. With `from`, only while the channel still stands there. */
  raise(
    channel: UpdateChannel,
    to: { readonly percent: number | null; readonly from?: Standing },
  ): Promise<void>;
  halt(channel: UpdateChannel, halted: boolean, reason: string | null): Promise<void>;
  renew(channel: UpdateChannel): Promise<void>;
  /** Null when the channel offers nothing. Throws when what it offers is signed by nobody who is known. */
  standing(channel: UpdateChannel): Promise<Standing | null>;
}

export const createFeed = (options: FeedOptions): Feed => {
  const { store, keys, pinned, validDays, edge } = options;
  const nowMs = options.nowMs ?? Date.now;
  const logs: Readonly<Record<UpdateChannel, ChannelLog>> = {
    stable: openChannelLog(store, 'stable'),
    beta: openChannelLog(store, 'beta'),
  };

  const settleChannels = async (channels: readonly UpdateChannel[]): Promise<void> => {
    const written: string[] = [];
    for (const channel of channels) written.push(...(await settle(store, channel, logs[channel])));
    await edge?.forget(written);
  };

  const assertKeyFits = (): void => {
    if (keys.length === 0)
      throw new ReleaseError(
        'There is no key to sign with.',
        'Name its file with --key, or put it into RIFFLE_RELEASE_KEY.',
      );
    if (keys.some((key) => pinned.some((pin) => isSameKey(key, pin)))) return;
    throw new ReleaseError(
      'No app believes the key that would sign this.',
      'Sign with one whose public half is in RIFFLE_UPDATE_KEYS, as builds are made with it.',
    );
  };

  /** Signs and decides; the feed follows by `settleChannels`. */
  const decide = async (
    channel: UpdateChannel,
    { action, reason }: Pick<ChangeRequest, 'action' | 'reason'>,
    next: (before: UpdateManifest | null, signing: Signing) => UpdateManifest | 'unchanged',
    updateFiles: ChannelState['updateFiles'] | null = null,
  ): Promise<void> => {
    assertKeyFits();
    await logs[channel].update((state) => {
      const before = state === null ? null : openManifest(state.signed, pinned);
      const at = nowMs();
      const manifest = next(before, { nowMs: at, validDays });
      if (manifest === 'unchanged') return 'unchanged';
      const isAtSame =
        before?.version === manifest.version && before.rollout.percent === manifest.rollout.percent;
      const moment = new Date(at).toISOString();
      return {
        format: 1,
        action,
        reason,
        at: moment,
        percentSince: isAtSame && state !== null ? state.percentSince : moment,
        signed: signManifest(manifest, keys),
        updateFiles: updateFiles ?? state?.updateFiles ?? [],
      };
    });
  };

  const standing = async (channel: UpdateChannel): Promise<Standing | null> => {
    const latest = await logs[channel].latest();
    if (latest === null) return null;
    const manifest = openManifest(latest.value.signed, pinned);
    return {
      channel,
      revision: latest.revision,
      manifest,
      state: latest.value,
      isSettled: await isSettled(store, channel, latest.value),
    };
  };

  const needed = async (channel: UpdateChannel): Promise<Standing> => {
    const found = await standing(channel);
    if (found !== null) return found;
    throw new ReleaseError(`${channel} offers nothing yet.`, 'Publish something first.');
  };

  /** Beta offers what stable offers, so that nobody on beta stays behind; what is done to one of them is done to both. */
  const withFollower = async ({ channel, manifest }: Standing): Promise<readonly UpdateChannel[]> => {
    if (channel === 'beta') return ['beta'];
    const beta = await standing('beta');
    return beta?.manifest.version === manifest.version ? ['stable', 'beta'] : ['stable'];
  };

  const apply = async ({ channel, action, reason, change }: ChangeRequest): Promise<void> => {
    const channels = await withFollower(await needed(channel));
    for (const each of channels)
      await decide(each, { action, reason }, (before, signing) =>
        before === null ? 'unchanged' : change(before, signing),
      );
    await settleChannels(channels);
  };

  const offer = (
    channel: UpdateChannel,
    action: ReleaseAction,
    what: Omit<Offer, 'channel'>,
    files: ChannelState['updateFiles'],
  ) =>
    decide(
      channel,
      { action, reason: null },
      (before, signing) => offerManifest(before, { channel, ...what }, signing),
      files,
    );

  const isBehind = async (channel: UpdateChannel, release: Release): Promise<boolean> => {
    const now = await standing(channel);
    if (now === null) return true;
    try {
      offerManifest(now.manifest, { channel, release, minimumVersion: null }, { nowMs: nowMs(), validDays });
      return true;
    } catch (error) {
      if (error instanceof ReleaseError) return false;
      throw error;
    }
  };

  return {
    standing,

    async publish(release, minimumVersion) {
      const { channel, version, installers, blockmaps, updateFiles } = release;
      assertKeyFits();
      const now = await standing(channel);
      // Refused before anything is sent.
      offerManifest(
        now?.manifest ?? null,
        { channel, release, minimumVersion },
        { nowMs: nowMs(), validDays },
      );
      let sent = 0;
      for (const file of [...installers, ...blockmaps])
        if ((await uploadOnce(store, file)) === 'sent') sent += 1;
      const channels: readonly UpdateChannel[] =
        channel === 'stable' && (await isBehind('beta', release)) ? ['stable', 'beta'] : [channel];
      for (const each of channels) await offer(each, 'publish', { release, minimumVersion }, updateFiles);
      await settleChannels(channels);
      return { version, channels, sent, alreadyThere: installers.length + blockmaps.length - sent };
    },

    async promote() {
      const beta = await needed('beta');
      if (beta.manifest.halted)
        throw new ReleaseError(
          `${beta.manifest.version} is halted on beta.`,
          'Publish a version that is not.',
        );
      await offer(
        'stable',
        'promote',
        { release: beta.manifest, minimumVersion: null },
        beta.state.updateFiles,
      );
      await settleChannels(['stable']);
    },

    async raise(channel, { percent, from }) {
      const seen = from ?? (await needed(channel));
      const raised = raisedManifest(seen.manifest, percent, { nowMs: nowMs(), validDays }).rollout.percent;
      await apply({
        channel,
        action: 'raise',
        reason: null,
        change: (manifest, signing) => {
          const isAsSeen = manifest.version === seen.manifest.version && !manifest.halted;
          return isAsSeen && manifest.rollout.percent < raised
            ? raisedManifest(manifest, raised, signing)
            : 'unchanged';
        },
      });
    },

    halt: (channel, halted, reason) =>
      apply({
        channel,
        action: halted ? 'halt' : 'resume',
        reason,
        change: (manifest, signing) => haltedManifest(manifest, halted, signing),
      }),

    renew: (channel) => apply({ channel, action: 'renew', reason: null, change: renewedManifest }),
  };
};

const isSameKey = ({ publicHalf }: SigningKey, pin: PinnedKey): boolean =>
  pin.publicKey.export({ format: 'der', type: 'spki' }).equals(publicHalf);
