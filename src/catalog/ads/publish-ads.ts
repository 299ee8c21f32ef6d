import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { createArtworkPublisher } from '../publish/artwork.ts';
import { findFfmpeg } from '../publish/ffmpeg.ts';
import { createUploader } from '../publish/uploader.ts';
import type { ObjectStore } from '../store/object-store.ts';
import type { SpotRecord, Spots } from './ad-records.ts';
import { spotProblems, type SpotProblem } from './ads-error.ts';
import { readAdsFile } from './ads-file.ts';
import { FieldProblem, prepareSpot } from './prepare-spot.ts';
import { createSpotsDocument } from './spots-document.ts';

export interface PublishAdsOptions {
  /** Holds `ads.json`, which is the whole truth: what it does not name any more ends. */
  readonly folder: string;
  readonly store: ObjectStore;
  /** Reads and checks only: nothing is written. */
  readonly dryRun?: boolean | undefined;
  /** Command or path of ffmpeg. */
  readonly ffmpegCommand?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** For people: who speaks, and of what. */
export interface NamedSpot {
  readonly id: string;
  readonly sender: string;
  readonly title: string;
}

export interface PublishAdsReport {
  readonly dryRun: boolean;
  readonly added: readonly NamedSpot[];
  readonly changed: readonly NamedSpot[];
  readonly unchanged: number;
  readonly ended: readonly NamedSpot[];
  /** Published as they came, because there is no ffmpeg: they may be louder than the music. */
  readonly unlevelled: readonly NamedSpot[];
  readonly uploads: number;
  readonly uploadedBytes: number;
  readonly revision: number;
}

const named = ({ id, sender, title }: SpotRecord): NamedSpot => ({ id, sender, title });

/** What the document is to hold: the list, in its order, and after it everything that has ended. */
export const nextSpots = (
  before: readonly SpotRecord[],
  listed: readonly SpotRecord[],
): readonly SpotRecord[] => {
  const ids = new Set(listed.map(({ id }) => id));
  return [...listed, ...before.filter(({ id }) => !ids.has(id)).map((spot) => ({ ...spot, hasEnded: true }))];
};

const refuseTwins = (spots: readonly SpotRecord[], problems: SpotProblem[]): void => {
  const first = new Map<string, number>();
  for (const [index, { id, sender }] of spots.entries()) {
    const twin = first.get(id);
    if (twin === undefined) first.set(id, index);
    else
      problems.push({
        index,
        sender,
        field: 'audio',
        reason: `it is the same sound as that of spot ${twin + 1}`,
      });
  }
};

/**
 * Publishes the ads of a folder: audio and pictures first, the list last. Running again changes nothing; a kill at any moment
 * leaves the old list whole.
 *
 * @throws AdsError with everything that is wrong, before anything of the list changes; StoreError when the store fails.
 */
export const publishAds = async (options: PublishAdsOptions): Promise<PublishAdsReport> => {
  const { store, dryRun = false, signal = new AbortController().signal } = options;
  const folder = resolve(options.folder);
  const entries = await readAdsFile(folder);
  await store.check(dryRun ? 'read' : 'write');
  const document = createSpotsDocument(store);
  const before = await document.latest();
  const known = before?.value.spots ?? [];
  const bySource = new Map(known.map((spot) => [spot.sourceSha256, spot]));
  const uploader = createUploader(store, { dryRun });
  const scratchFolder = join(tmpdir(), `riffle-ads-${randomUUID()}`);
  const context = {
    folder,
    uploader,
    artwork: createArtworkPublisher(
      uploader,
      new Map(known.flatMap(({ artwork }) => (artwork === null ? [] : [[artwork.id, artwork]]))),
    ),
    ffmpeg: await findFfmpeg(options.ffmpegCommand ?? 'ffmpeg', 2),
    scratchFolder,
    known: (sha256: string) => bySource.get(sha256) ?? null,
    signal,
  };

  const listed: SpotRecord[] = [];
  const problems: SpotProblem[] = [];
  try {
    for (const [index, entry] of entries.entries()) {
      signal.throwIfAborted();
      try {
        listed.push(await prepareSpot(entry, context));
      } catch (error) {
        if (!(error instanceof FieldProblem)) throw error;
        problems.push({ index, sender: entry.sender, field: error.field, reason: error.message });
      }
    }
  } finally {
    await rm(scratchFolder, { recursive: true, force: true });
  }
  if (problems.length === 0) refuseTwins(listed, problems);
  if (problems.length > 0) throw spotProblems(problems);

  const after = dryRun
    ? before
    : await document.update((current) => {
        const value: Spots = { format: 1, spots: nextSpots(current?.spots ?? [], listed) };
        return isDeepStrictEqual(value, current) ? 'unchanged' : value;
      });
  return {
    dryRun,
    ...changesBetween(known, listed),
    unlevelled: context.ffmpeg === null ? listed.filter(({ levelled }) => !levelled).map(named) : [],
    uploads: uploader.totals.objects,
    uploadedBytes: uploader.totals.bytes,
    revision: after?.revision ?? 0,
  };
};

const changesBetween = (
  before: readonly SpotRecord[],
  listed: readonly SpotRecord[],
): Pick<PublishAdsReport, 'added' | 'changed' | 'unchanged' | 'ended'> => {
  const live = new Map(before.filter(({ hasEnded }) => !hasEnded).map((spot) => [spot.id, spot]));
  const ids = new Set(listed.map(({ id }) => id));
  const isSame = (spot: SpotRecord): boolean => isDeepStrictEqual(live.get(spot.id), spot);
  return {
    added: listed.filter(({ id }) => !live.has(id)).map(named),
    changed: listed.filter((spot) => live.has(spot.id) && !isSame(spot)).map(named),
    unchanged: listed.filter(isSame).length,
    ended: Array.from(live.values(), named).filter(({ id }) => !ids.has(id)),
  };
};
