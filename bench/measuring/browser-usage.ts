/** What a program and all its processes take together; Linux only (proc(5)). */
import { readdir, readFile } from 'node:fs/promises';
import { cpuSecondsOf } from './one-core.ts';

export interface Usage {
  /** Proportional set size: shared pages count by share, those of the program's own file among them. */
  readonly memoryBytes: number;
  /** Of that, what is no file's: what the task managers of Windows and macOS call an app's memory. */
  readonly privateBytes: number;
  readonly cpuSeconds: number;
  /** Threads that went to sleep by themselves and were woken. */
  readonly wakeUps: number;
}

const textOf = (path: string): Promise<string> => readFile(path, 'utf8').catch(() => '');

const figure = (text: string, name: string): number =>
  Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(text)?.[1] ?? 0);

/** A process and all that came of it, at this moment. */
export const familyOf = async (pid: number): Promise<readonly number[]> => {
  const numbers = (await readdir('/proc')).map(Number).filter((each) => Number.isInteger(each));
  const parents = await Promise.all(
    numbers.map(async (each) => [each, figure(await textOf(`/proc/${each}/status`), 'PPid')] as const),
  );
  const family = [pid];
  for (const member of family) {
    family.push(...parents.filter(([, parent]) => parent === member).map(([child]) => child));
  }
  return family;
};

const wakeUpsOf = async (pid: number): Promise<number> => {
  const threads = await readdir(`/proc/${pid}/task`).catch(() => []);
  const counts = await Promise.all(
    threads.map(async (thread) =>
      figure(await textOf(`/proc/${pid}/task/${thread}/status`), 'voluntary_ctxt_switches'),
    ),
  );
  return counts.reduce((sum, each) => sum + each, 0);
};

export const usageOf = async (pids: readonly number[]): Promise<Usage> => {
  const each = await Promise.all(
    pids.map(async (pid) => {
      const memory = await textOf(`/proc/${pid}/smaps_rollup`);
      return {
        memoryBytes: figure(memory, 'Pss') * 1024,
        privateBytes: (figure(memory, 'Pss_Anon') + figure(memory, 'Pss_Shmem')) * 1024,
        cpuSeconds: await cpuSecondsOf(pid),
        wakeUps: await wakeUpsOf(pid),
      };
    }),
  );
  return each.reduce((sum, one) => ({
    memoryBytes: sum.memoryBytes + one.memoryBytes,
    privateBytes: sum.privateBytes + one.privateBytes,
    cpuSeconds: sum.cpuSeconds + one.cpuSeconds,
    wakeUps: sum.wakeUps + one.wakeUps,
  }));
};
