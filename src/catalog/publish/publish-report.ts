import type { EncodingTotals } from './encoder.ts';
import type { FileProblem } from './publish-error.ts';

/** What a run did, or in a dry run would do. */
export interface PublishReport {
  readonly library: string;
  readonly dryRun: boolean;
  /** New tracks. */
  readonly published: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly removed: number;
  /** Gone from the folder, kept in the catalog: `--prune` removes them. */
  readonly missing: readonly string[];
  /** Left out, each with its reason. */
  readonly unreadable: readonly FileProblem[];
  /** Published all the same, without a part. */
  readonly warnings: readonly FileProblem[];
  /** What could not be done at all for want of a program. */
  readonly notes: readonly string[];
  /** Objects put into the store; in a dry run the audio that would be. */
  readonly uploads: number;
  readonly uploadedBytes: number;
  /** Smaller qualities made for listeners who may not have the whole; in a dry run the tracks that would be. */
  readonly encoded: EncodingTotals;
  /** Tracks of the library that a listener of the free tier does not hear: they have no quality that the tier may have. */
  readonly silentForFree: number;
  readonly seconds: number;
  readonly tracksPerSecond: number;
  /** Of the catalog afterwards; 0 when there is none. */
  readonly revision: number;
  /** Whether this run appended it. */
  readonly isNewRevision: boolean;
}

/** Where a run is. `total` is of the phase, and grows no more once it has begun; `encoding` is of files that needed no reading. */
export interface PublishProgress {
  readonly phase: 'scanning' | 'reading' | 'encoding' | 'committing';
  readonly done: number;
  readonly total: number;
  readonly uploads: number;
  readonly uploadedBytes: number;
  readonly encoded: EncodingTotals;
}
