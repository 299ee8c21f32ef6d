import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import type { Quality } from '../../core/entitlement/entitlement.ts';
import type { Manifest } from '../segments/catalog-records.ts';
import type { ObjectStore } from '../store/object-store.ts';
import { createArtworkPublisher } from './artwork.ts';
import { createCatalogLog } from './catalog-log.ts';
import { compareTexts } from './clean-text.ts';
import { commitRecords } from './commit-records.ts';
import type { CatalogLog } from './commit-records.ts';
import { createEncoder } from './encoder.ts';
import type { Encoder } from './encoder.ts';
import { isHeardFree } from './encodings.ts';
import { findFfmpeg } from './ffmpeg.ts';
import { createLibraryReplay, withRecords } from './library-state.ts';
import type { LibraryState } from './library-state.ts';
import { createMeasurementCache } from './measurement-cache.ts';
import { readPlaysFile } from './plays-file.ts';
import { PublishError } from './publish-error.ts';
import type { FileProblem } from './publish-error.ts';
import type { PublishProgress, PublishReport } from './publish-report.ts';
import { artworkOf, readLibrary, trackByHash } from './read-library.ts';
import { scanFolder } from './scan-folder.ts';
import { createDetailsReader } from './track-details.ts';
import { createUploader } from './uploader.ts';
import type { Uploader } from './uploader.ts';

/** Most of the time a file waits for disk or network: so many are in the works for each core. */
const FILES_PER_JOB = 4;

export interface PublishOptions {
  readonly folder: string;
  readonly store: ObjectStore;
  /** Name of the library; default: the folder's name as a slug. Publishing one library never touches another. */
  readonly name?: string | undefined;
  /** A CSV of play counts; default: `plays.csv` in the folder, if it is there. */
  readonly playsFile?: string | undefined;
  /** Reads and plans only: nothing is written. */
  readonly dryRun?: boolean | undefined;
  /** Removes tracks whose files are gone. */
  readonly prune?: boolean | undefined;
  /** Audio decoded at once; default: one for each core. */
  readonly jobs?: number | undefined;
  /** Whether to measure loudness and waveform; default: yes, where there is ffmpeg. */
  readonly analysis?: boolean | undefined;
  /** Whether to encode smaller qualities; default: as `analysis`, since both decode every file. */
  readonly encoding?: boolean | undefined;
  /** Which of the qualities to encode; default: all. Choosing fewer takes nothing away that was encoded before. */
  readonly qualities?: readonly Quality[] | undefined;
  /** Command or path of ffmpeg. */
  readonly ffmpegCommand?: string | undefined;
  /** Stops cleanly: the old catalog stands, what was uploaded is found next time. */
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: PublishProgress) => void) | undefined;
}

/**
 * Publishes a folder of music: audio, artwork and details first, then one segment, then the manifest, last. A kill at any
 * moment leaves the old catalog whole; running again finishes and uploads only what is missing.
 *
 * @throws PublishError for what the operator can mend, StoreError when the store fails.
 */
export async function publishLibrary(options: PublishOptions): Promise<PublishReport> {
  const startedAt = performance.now();
  const controller = new AbortController();
  const signal = AbortSignal.any([
    controller.signal,
    ...(options.signal === undefined ? [] : [options.signal]),
  ]);
  const scratchFolder = join(tmpdir(), `riffle-publish-${randomUUID()}`);
  try {
    const report = await run(options, signal, scratchFolder);
    const seconds = (performance.now() - startedAt) / 1000;
    const tracks = report.published + report.changed + report.unchanged;
    return { ...report, seconds, tracksPerSecond: tracks / Math.max(seconds, 0.001) };
  } catch (error) {
    if (options.signal?.aborted !== true) throw error;
    throw new PublishError(
      'cancelled',
      'Publishing was stopped; the catalog is as it was before.',
      'Run the same command again to finish: what is uploaded already is not uploaded twice.',
      { cause: error },
    );
  } finally {
    controller.abort();
    await rm(scratchFolder, { recursive: true, force: true });
  }
}

const NOTHING_DONE = { uploads: 0, uploadedBytes: 0, encoded: { tracks: 0, bytes: 0, seconds: 0 } };

type UntimedReport = Omit<PublishReport, 'seconds' | 'tracksPerSecond'>;

async function run(
  options: PublishOptions,
  signal: AbortSignal,
  scratchFolder: string,
): Promise<UntimedReport> {
  const { store } = options;
  const folder = resolve(options.folder);
  const library = libraryNameOf(options.name, folder);
  const dryRun = options.dryRun ?? false;
  const jobs = options.jobs ?? availableParallelism();
  const wantsAnalysis = options.analysis ?? true;
  const uploader = createUploader(store, { dryRun });
  options.onProgress?.({ phase: 'scanning', done: 0, total: 0, ...NOTHING_DONE });
  await store.check(dryRun ? 'read' : 'write');
  const scan = await scanFolder(folder, signal);
  if (scan.files.length === 0) throw nothingPlayable(folder, scan.problems);
  const plays = await readPlaysFile(
    options.playsFile ?? join(folder, 'plays.csv'),
    options.playsFile !== undefined,
  );
  const log = createCatalogLog(store);
  const manifest = await log.latest();
  const previous = await replayLibrary(log, manifest, library);
  const ffmpeg = await findFfmpeg(options.ffmpegCommand ?? 'ffmpeg', jobs);
  const wantsEncoding = options.encoding ?? wantsAnalysis;
  const encoder = createEncoder({
    ffmpeg: wantsEncoding ? ffmpeg : null,
    store,
    uploader,
    scratchFolder,
    qualities: options.qualities,
    dryRun,
    signal,
  });
  const report = progressReporter(options.onProgress, uploader, encoder);

  const warnings: FileProblem[] = [];
  const { plan, problems } = await readLibrary(
    scan,
    previous,
    {
      library,
      uploader,
      artwork: createArtworkPublisher(uploader, artworkOf(previous)),
      ffmpeg,
      measurements: createMeasurementCache(wantsAnalysis && !dryRun ? ffmpeg : null, store, uploader, signal),
      encoder,
      scratchFolder,
      knownByHash: trackByHash(previous),
      readDetails: createDetailsReader(store),
      dryRun,
      signal,
      onWarning: (problem) => warnings.push(problem),
    },
    {
      playsOf: plays.of,
      prune: options.prune ?? false,
      now: new Date().toISOString(),
      filesAtOnce: jobs * FILES_PER_JOB,
      onProgress: (done, total) => report('reading', done, total),
      onEncoding: (done, total) => report('encoding', done, total),
    },
  );
  const unreadable = inPathOrder([...scan.problems, ...problems]);
  if (problems.length === scan.files.length) throw nothingPlayable(folder, unreadable);

  report('committing', scan.files.length, scan.files.length);
  const hasChanges = plan.records.length > 0 && !dryRun;
  const after = hasChanges ? await commitRecords(log, library, plan.records, signal) : manifest;
  return {
    library,
    dryRun,
    published: plan.added.length,
    changed: plan.changed.length,
    unchanged: plan.unchangedCount,
    removed: plan.removed.length,
    missing: plan.missing,
    unreadable,
    warnings: inPathOrder(warnings),
    notes: notesOf(ffmpeg !== null, wantsAnalysis, wantsEncoding, encoder.missingEncoder),
    uploads: uploader.totals.objects,
    uploadedBytes: uploader.totals.bytes,
    encoded: encoder.totals,
    silentForFree: silentForFree(withRecords(previous, plan.records)),
    revision: after?.revision ?? 0,
    isNewRevision: after?.revision !== manifest?.revision,
  };
}

function progressReporter(
  onProgress: PublishOptions['onProgress'],
  uploader: Uploader,
  encoder: Encoder,
): (phase: PublishProgress['phase'], done: number, total: number) => void {
  return (phase, done, total) => {
    const { objects: uploads, bytes: uploadedBytes } = uploader.totals;
    onProgress?.({ phase, done, total, uploads, uploadedBytes, encoded: encoder.totals });
  };
}

/** What the catalog has of one library: its segments, in order. */
async function replayLibrary(
  log: CatalogLog,
  manifest: Manifest | null,
  library: string,
): Promise<LibraryState> {
  const replay = createLibraryReplay();
  for (const segment of manifest?.segments ?? []) {
    if (segment.library !== library) continue;
    for await (const record of log.read(segment)) replay.apply(record);
  }
  return replay.state;
}

/** The name given, else the folder's name as a slug: `Meine Musik` → `meine-musik`. */
export function libraryNameOf(name: string | undefined, folder: string): string {
  if (name !== undefined) {
    if (/^[\p{L}\p{N}][\p{L}\p{N} ._-]{0,79}$/u.test(name)) return name.normalize('NFC');
    throw new PublishError(
      'bad_option',
      `"${name}" cannot be the name of a library.`,
      'Use up to 80 letters, digits, spaces, dots, dashes and underscores.',
    );
  }
  const slug = basename(folder)
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 80);
  return slug === '' ? 'library' : slug;
}

function nothingPlayable(folder: string, problems: readonly FileProblem[]): PublishError {
  const [first] = problems;
  const why = first === undefined ? '' : ` (for one: ${first.path}: ${first.reason})`;
  return new PublishError(
    'nothing_playable',
    `There is nothing in ${folder} that can be published${why}.`,
    'It takes mp3, m4a, aac, flac, ogg, opus and wav; aiff and ALAC with ffmpeg.',
  );
}

function notesOf(
  hasFfmpeg: boolean,
  wantsAnalysis: boolean,
  wantsEncoding: boolean,
  missingEncoder: string | null,
): readonly string[] {
  if (!hasFfmpeg) {
    const missing = 'loudness, waveforms and smaller qualities are missing, AIFF and ALAC files are left out';
    return [`ffmpeg was not found: ${missing}.`];
  }
  return [
    ...(wantsAnalysis ? [] : ['Loudness and waveforms were not measured, as asked.']),
    ...(wantsEncoding ? [] : ['Smaller qualities were not encoded, as asked.']),
    ...(missingEncoder === null
      ? []
      : [`ffmpeg was built without ${missingEncoder}: smaller qualities are missing.`]),
  ];
}

const silentForFree = ({ tracks }: LibraryState): number =>
  [...tracks.values()].filter(({ media }) => !isHeardFree(media)).length;

const inPathOrder = (problems: readonly FileProblem[]): readonly FileProblem[] =>
  [...problems].sort((left, right) => compareTexts(left.path, right.path));
