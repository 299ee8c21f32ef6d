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
  readonly seconds: number;
  readonly tracksPerSecond: number;
  /** Of the catalog afterwards; 0 when there is none. */
  readonly revision: number;
  /** Whether this run appended it. */
  readonly isNewRevision: boolean;
}

/** Where a run is. `total` grows no more once reading has begun. */
export interface PublishProgress {
  readonly phase: 'scanning' | 'reading' | 'committing';
  readonly done: number;
  readonly total: number;
  readonly uploads: number;
  readonly uploadedBytes: number;
}
