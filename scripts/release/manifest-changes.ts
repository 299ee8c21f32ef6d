/** What becomes of a channel's manifest, without a store: each change gives the next manifest, or refuses in a sentence. */
import { randomBytes } from 'node:crypto';
import type { UpdateChannel, UpdateManifest } from '../../src/core/update/manifest.ts';
import { FIRST_ROLLOUT_PERCENT, nextRolloutPercent } from '../../src/core/update/rollout-rule.ts';
import { compareVersions } from '../../src/core/update/version.ts';
import type { Release } from './release-folder.ts';
import { ReleaseError } from './release-error.ts';

const DAY_MS = 86_400_000;

export interface Signing {
  readonly nowMs: number;
  readonly validDays: number;
}

/**
 * When it is signed, and until when it may be believed. Apps take what was signed before another that they saw for a replay; so it
 * never goes back, even when the clock does: a halt always counts.
 */
const signedNow = (
  before: Pick<UpdateManifest, 'signedAt'> | null,
  { nowMs, validDays }: Signing,
): Pick<UpdateManifest, 'signedAt' | 'expiresAt'> => {
  const signedMs = Math.max(nowMs, before === null ? 0 : Date.parse(before.signedAt) + 1);
  return {
    signedAt: new Date(signedMs).toISOString(),
    expiresAt: new Date(signedMs + validDays * DAY_MS).toISOString(),
  };
};

const isSameRelease = (one: UpdateManifest, files: UpdateManifest['files']): boolean => {
  const lines = (list: UpdateManifest['files']): string =>
    list
      .map(({ platform, arch, kind, name, sha512 }) => [platform, arch, kind, name, sha512].join('\t'))
      .sort()
      .join('\n');
  return lines(one.files) === lines(files);
};

export interface Offer {
  readonly channel: UpdateChannel;
  readonly release: Pick<Release, 'version' | 'files' | 'notes'>;
  /** Null: as before, or none. */
  readonly minimumVersion: string | null;
}

/** A channel begins to offer a version. `unchanged` when it does so already. */
export const offerManifest = (
  before: UpdateManifest | null,
  { channel, release: { version, files, notes }, minimumVersion }: Offer,
  signing: Signing,
): UpdateManifest | 'unchanged' => {
  const order = before === null ? 1 : compareVersions(version, before.version);
  if (order === null)
    throw new ReleaseError(`${version} is no version.`, 'Versions are as in Semantic Versioning: 1.2.3.');
  if (before !== null && order === 0) {
    if (isSameRelease(before, files)) return 'unchanged';
    throw new ReleaseError(
      `${channel} offers ${version} already, of other files.`,
      'A version is published once, whole: give the build another version.',
    );
  }
  if (before !== null && order < 0)
    throw new ReleaseError(
      `${channel} offers ${before.version} already, which is newer than ${version}.`,
      'Apps never go back by themselves: halt the newer one, and publish a version above it.',
    );
  const lowest = minimumVersion ?? before?.minimumVersion ?? '0.0.0';
  if ((compareVersions(lowest, version) ?? 1) > 0)
    throw new ReleaseError(
      `The minimum version ${lowest} is no version, or above ${version} itself.`,
      'Name one that listeners may have, such as the last that was safe.',
    );
  return {
    format: 1,
    version,
    channel,
    releasedAt: new Date(signing.nowMs).toISOString(),
    ...signedNow(before, signing),
    minimumVersion: lowest,
    rollout: { percent: FIRST_ROLLOUT_PERCENT, seed: randomBytes(12).toString('hex') },
    halted: false,
    files,
    notes,
  };
};

/** More installations get it: the next step, or as many as are named. */
export const raisedManifest = (
  before: UpdateManifest,
  toPercent: number | null,
  signing: Signing,
): UpdateManifest => {
  const { version, rollout, halted } = before;
  if (halted)
    throw new ReleaseError(`${version} is halted.`, 'See why; "resume" lets it go on where it stood.');
  const percent = toPercent ?? nextRolloutPercent(rollout.percent);
  if (percent === null)
    throw new ReleaseError(`Everybody gets ${version} already.`, '"renew" makes its manifest last longer.');
  if (percent <= rollout.percent)
    throw new ReleaseError(
      `${version} is at ${rollout.percent} % already.`,
      'Who has it keeps it: to stop it for the others, halt it.',
    );
  return { ...before, ...signedNow(before, signing), rollout: { ...rollout, percent } };
};

/** Nobody gets it any more, or those who did before. `unchanged` when it is so already. */
export const haltedManifest = (
  before: UpdateManifest,
  halted: boolean,
  signing: Signing,
): UpdateManifest | 'unchanged' =>
  before.halted === halted ? 'unchanged' : { ...before, ...signedNow(before, signing), halted };

/** The same for longer, by the keys that sign now. */
export const renewedManifest = (before: UpdateManifest, signing: Signing): UpdateManifest => ({
  ...before,
  ...signedNow(before, signing),
});
