/** What a process has caused to be written to a disk (`write_bytes` of proc(5)); Linux only. */
import { readFile } from 'node:fs/promises';

/** Null where the system does not say. What was written and removed again before it reached the disk is taken off. */
export const bytesWrittenBy = async (pid: number): Promise<number | null> => {
  let text: string;
  try {
    text = await readFile(`/proc/${pid}/io`, 'utf8');
  } catch {
    // No /proc, or none of ours.
    return null;
  }
  const figure = (name: string): number => Number(new RegExp(`^${name}: (\\d+)$`, 'm').exec(text)?.[1]);
  const written = figure('write_bytes') - figure('cancelled_write_bytes');
  return Number.isFinite(written) ? written : null;
};
