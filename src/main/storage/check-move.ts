import { realpath, statfs } from 'node:fs/promises';
import { dirname, isAbsolute, join, parse, relative } from 'node:path';
import { HostFailure } from '../../contract/host-error.ts';
import { hasCacheParts, isAbsent } from './cache-parts.ts';
import { storageFailure } from './storage-error.ts';

/** Left free on the disk beside the copy, for folders and for whoever else writes. */
const MARGIN_BYTES = 16 * 1024 * 1024;

/** Resolves links in what exists of a path, and keeps the rest as it is. */
const realPathOf = async (path: string): Promise<string> => {
  try {
    return await realpath(path);
  } catch (error) {
    if (!isAbsent(error) || parse(path).root === path) throw error;
    return join(await realPathOf(dirname(path)), parse(path).base);
  }
};

const nearestFolder = async (path: string): Promise<string> => {
  try {
    return await realpath(path);
  } catch (error) {
    if (!isAbsent(error) || parse(path).root === path) throw error;
    return nearestFolder(dirname(path));
  }
};

/** Whether `inner` is `outer` or lies in it. Disks of these systems mostly do not tell cases apart. */
const isWithin = (outer: string, inner: string): boolean => {
  const fold = (path: string): string => (process.platform === 'linux' ? path : path.toLowerCase());
  const way = relative(fold(outer), fold(inner));
  return !isAbsolute(way) && way !== '..' && !/^\.\.[/\\]/.test(way);
};

/** Free for us on the disk that a path is or would be on. Rejects with Node's own error. */
const freeBytesAt = async (path: string): Promise<number> => {
  const { bavail, bsize } = await statfs(await nearestFolder(path));
  return bavail * bsize;
};

/**
 * Whether a cache may be copied from here to there; touches nothing. Rejects with `invalid_argument` for a path that is not
 * absolute, one inside the other, or where something of that name lies already; with `storage_failed` for too little room or
 * when the disk does not answer.
 */
export const checkMove = async (options: {
  readonly from: string;
  readonly to: string;
  readonly bytes: number;
}): Promise<void> => {
  const { from, to, bytes } = options;
  if (!isAbsolute(to)) throw new HostFailure('invalid_argument', 'the folder must be an absolute path');
  let problem: string | null = null;
  let freeBytes: number;
  try {
    const [realFrom, realTo] = [await realPathOf(from), await realPathOf(to)];
    if (isWithin(realFrom, realTo) || isWithin(realTo, realFrom))
      problem = 'one folder lies inside the other';
    else if (await hasCacheParts(to)) problem = 'there is something in that folder already';
    freeBytes = await freeBytesAt(to);
  } catch (error) {
    throw storageFailure(`cannot move to ${to}`, error);
  }
  if (problem !== null) throw new HostFailure('invalid_argument', problem);
  if (freeBytes < bytes + MARGIN_BYTES) {
    throw new HostFailure('storage_failed', `too little room: ${bytes} bytes wanted, ${freeBytes} free`);
  }
};
