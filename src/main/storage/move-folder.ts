import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import pLimit from 'p-limit';
import { HostFailure } from '../../contract/host-error.ts';
import type { Log } from '../ports.ts';
import { CACHE_PARTS, isAbsent } from './cache-parts.ts';
import { checkMove } from './check-move.ts';
import { copyVerified } from './copy-verified.ts';
import { syncFolder } from './durable-file.ts';
import { storageFailure } from './storage-error.ts';
import { isAbandoned } from './temporary-file.ts';

export interface MoveProgress {
  readonly doneBytes: number;
  readonly totalBytes: number;
}

export interface FolderMove {
  readonly from: string;
  /** Ours alone, and not there yet; made by this. */
  readonly to: string;
  readonly signal: AbortSignal;
  /** Once everything has been checked, before anything is made. */
  readonly onBegin: () => Promise<void>;
  readonly onProgress: (progress: MoveProgress) => void;
  readonly log: Log;
}

interface SourceFile {
  /** Below the folder. */
  readonly path: string;
  readonly bytes: number;
  readonly usedAtMs: number;
}

/** Keeps a disk busy without making a spinning one run back and forth. */
const COPIES_AT_A_TIME = 4;
/** How often the folder is looked through for what changed while it was copied. */
const LONGEST_WATCH = 5;

const listPart = async (from: string, part: string): Promise<readonly SourceFile[]> => {
  let entries;
  try {
    entries = await readdir(join(from, part), { recursive: true, withFileTypes: true });
  } catch (error) {
    if (isAbsent(error)) return [];
    throw error;
  }
  const files: SourceFile[] = [];
  for (const entry of entries) {
    if (!entry.isFile() || isAbandoned(entry.name)) continue;
    const whole = join(entry.parentPath, entry.name);
    try {
      const { size, mtimeMs } = await stat(whole);
      files.push({ path: whole.slice(join(from, '/').length), bytes: size, usedAtMs: mtimeMs });
    } catch (error) {
      if (!isAbsent(error)) throw error;
    }
  }
  return files;
};

const listFiles = async (from: string): Promise<readonly SourceFile[]> => {
  // A folder that is gone with its disk must not look like one that is empty.
  await stat(from);
  const parts: (readonly SourceFile[])[] = [];
  for (const part of CACHE_PARTS) parts.push(await listPart(from, part));
  return parts.flat();
};

const bytesOf = (files: readonly SourceFile[]): number => files.reduce((sum, { bytes }) => sum + bytes, 0);
const isSame = (one: SourceFile, other: SourceFile | undefined): boolean =>
  one.bytes === other?.bytes && one.usedAtMs === other.usedAtMs;

const copyTree = async (move: FolderMove): Promise<void> => {
  const { from, to, onProgress, log } = move;
  const broken = new AbortController();
  const signal = AbortSignal.any([move.signal, broken.signal]);
  const copied = new Map<string, SourceFile>();
  const atOnce = pLimit(COPIES_AT_A_TIME);
  let doneBytes = 0;
  let totalBytes = 0;

  const copy = async (file: SourceFile): Promise<void> => {
    signal.throwIfAborted();
    const outcome = await copyVerified({
      from: join(from, file.path),
      to: join(to, file.path),
      usedAt: new Date(file.usedAtMs),
      signal,
      onBytes(bytes) {
        doneBytes += bytes;
        onProgress({ doneBytes: Math.min(doneBytes, totalBytes), totalBytes });
      },
    });
    if (outcome.kind === 'copied') copied.set(file.path, file);
    else log.info('a file changed while it was moved', { file: file.path, outcome: outcome.kind });
  };

  /** The first failure ends the other copies, and is what is told. */
  const giveUp = (error: unknown): void => broken.abort(error);

  const copyAll = async (files: readonly SourceFile[]): Promise<void> => {
    const folders = new Set(files.map(({ path }) => dirname(join(to, path))));
    for (const folder of folders) await mkdir(folder, { recursive: true });
    await Promise.allSettled(files.map((file) => atOnce(() => copy(file).catch(giveUp))));
    signal.throwIfAborted();
    for (const folder of [...folders, ...CACHE_PARTS.map((part) => join(to, part)), to]) {
      await syncFolder(folder).catch((error: unknown) => {
        if (!isAbsent(error)) throw error;
      });
    }
  };

  for (let look = 1; look <= LONGEST_WATCH; look += 1) {
    const files = await listFiles(from);
    const missing = files.filter((file) => !isSame(file, copied.get(file.path)));
    if (look > 1 && missing.length === 0) {
      const stillThere = new Set(files.map(({ path }) => path));
      for (const path of copied.keys()) if (!stillThere.has(path)) await rm(join(to, path), { force: true });
      return;
    }
    totalBytes = doneBytes + bytesOf(missing);
    onProgress({ doneBytes, totalBytes });
    await copyAll(missing);
  }
  throw new HostFailure('storage_failed', `${from} does not stand still`);
};

/**
 * Copies the cache of one folder to another, and reads every file back on both sides. When it resolves, the copy is whole and
 * on the disk, and the original untouched; files may vanish from it meanwhile. Rejects with `invalid_argument` and
 * `storage_failed` as `checkMove` does, with `storage_failed` when a disk fails, with `cancelled` when the signal aborts; what
 * was copied by then is the caller's to remove.
 */
export const moveFolder = async (move: FolderMove): Promise<void> => {
  const { from, to, signal } = move;
  try {
    await checkMove({ from, to, bytes: bytesOf(await listFiles(from)) });
    await move.onBegin();
    const made = await mkdir(to, { recursive: true });
    if (made !== undefined) await syncFolder(dirname(made));
    await copyTree(move);
  } catch (error) {
    if (error instanceof HostFailure) throw error;
    if (signal.aborted) throw new HostFailure('cancelled', 'the move was given up', { cause: error });
    throw storageFailure(`cannot move ${from} to ${to}`, error);
  }
};
