import type { UpdateChannel, UpdateFile, UpdateManifest, UpdateTarget } from './manifest.ts';
import { isInRollout } from './staging.ts';
import { compareVersions } from './version.ts';

/** What is asked for an installation. */
export interface Installation {
  /** What runs. */
  readonly version: string;
  readonly channel: UpdateChannel;
  readonly target: UpdateTarget;
  /** Random, kept, never told to anybody. */
  readonly installationId: string;
  /** By the listener. */
  readonly skippedVersion: string | null;
  /** Installed once, and taken back because they did not start. */
  readonly givenUp: readonly string[];
  /** When the newest manifest of this channel that was ever believed was signed; null before the first. */
  readonly lastSignedAt: string | null;
}

export type UpdateDecision =
  /** Urgent: the running version is below the minimum, so nobody waits for their turn. */
  | { readonly kind: 'offer'; readonly file: UpdateFile; readonly isUrgent: boolean }
  /** Nothing is wrong, and nothing is to be done. */
  | {
      readonly kind: 'nothing';
      readonly because:
        'current' | 'older' | 'halted' | 'withheld' | 'not_yet' | 'skipped' | 'given_up' | 'no_file';
    }
  /** The manifest is not to be believed. */
  | {
      readonly kind: 'refuse';
      readonly because: 'bad_manifest' | 'wrong_channel' | 'expired' | 'out_of_order';
    };

/** Clocks of computers are wrong by minutes and time zones, rarely by days. */
const CLOCK_TOLERANCE_MS = 86_400_000;

const refuse = (because: Extract<UpdateDecision, { kind: 'refuse' }>['because']): UpdateDecision => ({
  kind: 'refuse',
  because,
});
const nothing = (because: Extract<UpdateDecision, { kind: 'nothing' }>['because']): UpdateDecision => ({
  kind: 'nothing',
  because,
});

const isSameTarget = (file: UpdateFile, { platform, arch, kind }: UpdateTarget): boolean =>
  file.platform === platform && file.arch === arch && file.kind === kind;

/** Whether a manifest whose signature is good may be believed now; null when it may. */
const reasonToRefuse = (
  manifest: UpdateManifest,
  { channel, lastSignedAt }: Installation,
  wallMs: number,
): UpdateDecision | null => {
  const signedMs = Date.parse(manifest.signedAt);
  const expiresMs = Date.parse(manifest.expiresAt);
  const lastSignedMs = lastSignedAt === null ? Number.NEGATIVE_INFINITY : Date.parse(lastSignedAt);
  if ([signedMs, expiresMs, lastSignedMs, wallMs].some(Number.isNaN)) return refuse('bad_manifest');
  if (manifest.channel !== channel) return refuse('wrong_channel');
  if (signedMs < lastSignedMs || signedMs > wallMs + CLOCK_TOLERANCE_MS) return refuse('out_of_order');
  // A clock that was set back does not give an old manifest a new life.
  if (Math.max(wallMs, lastSignedMs) >= expiresMs) return refuse('expired');
  return null;
};

/**
 * What to do about a manifest whose signature was found good. Fails closed: what cannot be compared is refused, what is no newer is never
 * offered. A halt stands above everything, a version that did not start here above the listener's wish.
 */
export const decideUpdate = (
  manifest: UpdateManifest,
  installation: Installation,
  wallMs: number,
): UpdateDecision => {
  const refused = reasonToRefuse(manifest, installation, wallMs);
  if (refused !== null) return refused;
  const order = compareVersions(manifest.version, installation.version);
  const toMinimum = compareVersions(installation.version, manifest.minimumVersion);
  const releasedMs = Date.parse(manifest.releasedAt);
  if (order === null || toMinimum === null || Number.isNaN(releasedMs)) return refuse('bad_manifest');
  if (order === 0) return nothing('current');
  if (order < 0) return nothing('older');
  if (manifest.halted) return nothing('halted');
  if (installation.givenUp.includes(manifest.version)) return nothing('given_up');
  if (installation.skippedVersion === manifest.version) return nothing('skipped');
  if (releasedMs > wallMs + CLOCK_TOLERANCE_MS) return nothing('not_yet');
  const file = manifest.files.find((each) => isSameTarget(each, installation.target));
  if (file === undefined) return nothing('no_file');
  const isUrgent = toMinimum < 0;
  if (!isUrgent && !isInRollout(installation.installationId, manifest.rollout)) return nothing('withheld');
  return { kind: 'offer', file, isUrgent };
};
