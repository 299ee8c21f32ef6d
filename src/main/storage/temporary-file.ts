import { randomBytes } from 'node:crypto';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Log } from '../ports.ts';
import { systemErrorCode } from './storage-error.ts';

/** Process ids come round again, after a restart above all; this does not. */
const thisProcess = randomBytes(6).toString('hex');
let names = 0;

/** A name beside `path` that no other write, in this process or another, uses. Its end says who writes. */
export const temporaryPath = (path: string): string => {
  names += 1;
  return `${path}.${process.pid}-${thisProcess}-${names}.tmp`;
};

const TEMPORARY = /\.(\d+)-([0-9a-f]+)-\d+\.tmp$/;

const isRunning = (processId: number): boolean => {
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    // EPERM: it runs, and belongs to someone else.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
};

/** Whether a temporary file's name says that its writer is gone. */
export const isAbandoned = (name: string): boolean => {
  const [matched, processId, token] = TEMPORARY.exec(name) ?? [];
  if (matched === undefined || token === thisProcess) return false;
  return Number(processId) === process.pid || !isRunning(Number(processId));
};

/** Removes from a folder what writers that were killed left in it. Never rejects: what stays does no harm. */
export const sweepAbandoned = async (folder: string, log: Log): Promise<void> => {
  try {
    const names = await readdir(folder);
    await Promise.all(names.filter(isAbandoned).map((name) => rm(join(folder, name), { force: true })));
  } catch (error) {
    if (systemErrorCode(error) !== 'ENOENT') log.warn('folder could not be swept', { folder, error });
  }
};
