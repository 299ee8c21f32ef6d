import type { Artwork } from '../../contract/catalog-http.ts';
import type { TrackRecord } from '../segments/catalog-records.ts';
import { StoreError } from '../store/object-store.ts';
import { encodedMediaOf } from './encoder.ts';
import type { EncodedMedia } from './encoder.ts';
import type { LibraryState } from './library-state.ts';
import { pathsToReadToo, planCatalog } from './plan.ts';
import type { CatalogPlan, PlanInput } from './plan.ts';
import { completeEncodings, mustBeRead, prepareTrack } from './prepare-track.ts';
import type { PreparationContext } from './prepare-track.ts';
import { reasonOf } from './publish-error.ts';
import type { FileProblem } from './publish-error.ts';
import type { FolderScan, ScannedFile } from './scan-folder.ts';
import type { TrackFacts } from './track-facts.ts';
import { workThrough } from './work-through.ts';

export interface LibraryReading {
  readonly plan: CatalogPlan;
  /** Files that could not be read. */
  readonly problems: readonly FileProblem[];
}

export interface ReadingOptions extends Pick<PlanInput, 'playsOf' | 'prune' | 'now'> {
  readonly filesAtOnce: number;
  /** Files of the folder that are read. */
  readonly onProgress: (done: number, total: number) => void;
  /** Files encoded that needed no reading. */
  readonly onEncoding: (done: number, total: number) => void;
}

/**
 * Reads what is new or changed in a folder, uploads what of it is missing, and plans the catalog's next revision. Of files
 * that did not change nothing is read; where they lack an encoding, ffmpeg does.
 *
 * @throws StoreError when the store fails, the signal's reason when stopped; a bad file is a problem, not an error.
 */
export async function readLibrary(
  scan: FolderScan,
  previous: LibraryState,
  context: PreparationContext,
  options: ReadingOptions,
): Promise<LibraryReading> {
  const knownByPath = new Map([...previous.tracks.values()].map((record) => [record.source.path, record]));
  const filesByPath = new Map(scan.files.map((file) => [file.path, file]));
  const facts: TrackFacts[] = [];
  const problems = new Map<string, FileProblem>();

  const read = async (files: readonly ScannedFile[]): Promise<void> => {
    let done = scan.files.length - files.length;
    options.onProgress(done, scan.files.length);
    await workThrough(files, options.filesAtOnce, context.signal, async (file) => {
      try {
        facts.push(await prepareTrack(file, knownByPath.get(file.path), context));
      } catch (error) {
        if (error instanceof StoreError || context.signal.aborted) throw error;
        problems.set(file.path, { path: file.path, reason: reasonOf(error) });
      }
      done += 1;
      options.onProgress(done, scan.files.length);
    });
  };
  const encodings = new Map<string, EncodedMedia>();
  const encode = async (): Promise<void> => {
    const read = new Set(facts.map((fact) => fact.source.path));
    const lacking = [...knownByPath.values()]
      .filter((record) => context.encoder.lacks(encodedMediaOf(record)))
      .flatMap((record) => {
        const file = filesByPath.get(record.source.path);
        return file === undefined || read.has(file.path) || problems.has(file.path) ? [] : [{ file, record }];
      });
    let done = 0;
    if (lacking.length > 0) options.onEncoding(done, lacking.length);
    await workThrough(lacking, options.filesAtOnce, context.signal, async ({ file, record }) => {
      const before = encodedMediaOf(record);
      encodings.set(file.path, await completeEncodings(file, record.source.sha256, before, context));
      done += 1;
      options.onEncoding(done, lacking.length);
    });
  };
  const input = (): PlanInput => ({
    library: context.library,
    previous,
    // What a folder that could not be read holds is not gone.
    presentPaths: presentPathsOf(scan, previous),
    facts,
    encodings,
    playsOf: options.playsOf,
    prune: options.prune,
    now: options.now,
  });

  const isMeasuring = context.measurements.isMeasuring;
  await read(scan.files.filter((file) => mustBeRead(file, knownByPath.get(file.path), isMeasuring)));
  const alongside = pathsToReadToo(input()).filter((path) => !problems.has(path));
  await read(alongside.map((path) => filesByPath.get(path)).filter((file) => file !== undefined));
  await encode();
  return { plan: planCatalog(input()), problems: [...problems.values()] };
}

function presentPathsOf(scan: FolderScan, previous: LibraryState): ReadonlySet<string> {
  const present = new Set(scan.files.map((file) => file.path));
  const unread = scan.problems.map((problem) => problem.path);
  for (const { source } of previous.tracks.values()) {
    const isUnread = unread.some((path) =>
      path.endsWith('/') ? source.path.startsWith(path) : source.path === path,
    );
    if (isUnread) present.add(source.path);
  }
  return present;
}

/** Artwork of the catalog, by id. */
export function artworkOf(state: LibraryState): ReadonlyMap<string, Artwork> {
  const artwork = new Map<string, Artwork>();
  for (const { artwork: picture } of state.tracks.values())
    if (picture !== null) artwork.set(picture.id, picture);
  return artwork;
}

/** Finds a track of the catalog by the hash of its file. */
export function trackByHash(state: LibraryState): (sha256: string) => TrackRecord | null {
  const tracks = new Map([...state.tracks.values()].map((record) => [record.source.sha256, record]));
  return (sha256) => tracks.get(sha256) ?? null;
}
