/** The log of manifests: which segments are the catalog, as a versioned document that services follow. */
import { setTimeout as wait } from 'node:timers/promises';
import { StoreError, type ObjectStore } from '../store/object-store.ts';
import { manifestSchema, type Manifest, type SegmentRef } from './catalog-records.ts';
import { MANIFEST_LOG } from './keys.ts';
import { createVersionedDocument, type Versioned } from './versioned-document.ts';

/** What a follower knows of the store; told when it changes and at every failed attempt. */
export type FollowState =
  | { readonly state: 'following' }
  | {
      readonly state: 'failing';
      readonly error: StoreError;
      readonly failures: number;
      readonly retryInMs: number;
    };

export interface FollowOptions {
  readonly intervalMs: number;
  /** Ends it. */
  readonly signal: AbortSignal;
  /** What the caller has already; the first call of `onManifest` is for a newer one. */
  readonly knownRevision?: number;
  readonly onState?: (state: FollowState) => void;
}

export interface ManifestLog {
  /** Null when nothing was ever published, or nothing but the revision that is known. */
  latest(knownRevision?: number): Promise<Manifest | null>;
  /**
   * Adds segments at the end; those of publishers that come first in a race stay. Appending again what already stands at the
   * end changes nothing. The list only grows at its end, so a reader that has applied a beginning of it applies the rest; and
   * it may name a segment twice, when music was changed and changed back.
   */
  append(segments: readonly SegmentRef[]): Promise<Manifest>;
  /**
   * Calls `onManifest` with the newest manifest at once, and then with each that is found to be newer, one call at a time;
   * revisions in between may be passed over. Each look costs one LIST. A store that fails (a `StoreError`, from
   * `onManifest` as well) is asked again, less and less often, up to once a minute; any other error ends it and is thrown.
   * Resolves when the signal aborts.
   */
  follow(options: FollowOptions, onManifest: (manifest: Manifest) => void | Promise<void>): Promise<void>;
}

const LONGEST_BACKOFF_MS = 60_000;

/** Replicas that started together must not ask together for ever. */
const spread = (intervalMs: number): number => intervalMs * (0.9 + Math.random() * 0.2);

const endsWith = (segments: readonly SegmentRef[], ending: readonly SegmentRef[]): boolean => {
  const start = segments.length - ending.length;
  return start >= 0 && ending.every(({ sha256 }, index) => segments[start + index]?.sha256 === sha256);
};

/** Throws `corrupt` when a manifest does not stand where it says it does: copied or renamed by hand. */
const checked = ({ revision, value }: Versioned<Manifest>): Manifest => {
  if (value.revision === revision) return value;
  throw new StoreError(
    'corrupt',
    `manifest ${revision} says that it is revision ${value.revision}`,
    'Manifests cannot be copied or renamed: restore the log as it was.',
  );
};

export const createManifestLog = (store: ObjectStore): ManifestLog => {
  const document = createVersionedDocument({ store, log: MANIFEST_LOG, schema: manifestSchema });

  const latest: ManifestLog['latest'] = async (knownRevision) => {
    const found = await document.latest(knownRevision);
    return found === null ? null : checked(found);
  };

  const append: ManifestLog['append'] = async (segments) => {
    const appended = await document.update((current) => {
      if (current !== null && endsWith(current.segments, segments)) return 'unchanged';
      return {
        format: 1,
        revision: (current?.revision ?? 0) + 1,
        createdAt: new Date().toISOString(),
        segments: [...(current?.segments ?? []), ...segments],
      };
    });
    // There is one: without any the change above writes the first.
    if (appended === null) throw new Error('the manifest log lost what was just written');
    return checked(appended);
  };

  const follow: ManifestLog['follow'] = async (options, onManifest) => {
    const { signal, intervalMs, onState = () => {} } = options;
    let known = options.knownRevision;
    let failures = 0;
    while (!signal.aborted) {
      let pauseMs = intervalMs;
      try {
        const manifest = await latest(known);
        if (signal.aborted) return;
        if (manifest !== null) {
          await onManifest(manifest);
          known = manifest.revision;
        }
        if (failures > 0) onState({ state: 'following' });
        failures = 0;
      } catch (error) {
        if (!(error instanceof StoreError)) throw error;
        pauseMs = Math.max(
          intervalMs,
          Math.min(LONGEST_BACKOFF_MS, intervalMs * 2 ** Math.min(failures, 20)),
        );
        failures++;
        onState({ state: 'failing', error, failures, retryInMs: pauseMs });
      }
      await wait(spread(pauseMs), undefined, { signal }).catch((error: unknown) => {
        if (!signal.aborted) throw error;
      });
    }
  };

  return { latest, append, follow };
};
