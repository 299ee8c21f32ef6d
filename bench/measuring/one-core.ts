/** Keeps a process, threads and all, on one core, and this one on another; Linux with `taskset` only. */
import { spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';

const setCores = (pid: number, cores: string): boolean =>
  spawnSync('taskset', ['--all-tasks', '--cpu-list', '--pid', cores, String(pid)]).status === 0;

/** False where that cannot be done; then the figures are of as many cores as there are. `free` gives this one back its cores. */
export const keepOnOneCore = (pid: number): { readonly isPinned: boolean; free(): void } => {
  const isPinned = setCores(pid, '0') && setCores(process.pid, '1');
  return { isPinned, free: () => void (isPinned && setCores(process.pid, '0-1023')) };
};

/** Seconds of processor time a process has used so far (proc(5), 100 ticks a second); NaN where there is no /proc. */
export const cpuSecondsOf = async (pid: number): Promise<number> => {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  // The name stands in brackets and may hold anything.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
};
