/** What all processes of a browser take together; Linux only (proc(5)). */
import { readdir, readFile } from 'node:fs/promises';
import type { Browser } from '@playwright/test';
import { cpuSecondsOf } from './one-core.ts';

export interface Usage {
  /** Proportional set size: shared pages count by share. */
  readonly memoryBytes: number;
  readonly cpuSeconds: number;
  /** Threads that went to sleep by themselves and were woken. */
  readonly wakeUps: number;
}

const textOf = (path: string): Promise<string> => readFile(path, 'utf8').catch(() => '');

const figure = (text: string, name: string): number =>
  Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(text)?.[1] ?? 0);

interface ProcessInfo {
  readonly processInfo: readonly { readonly id: number }[];
}

/** Browser, renderers, audio and the rest, as the browser itself knows them. */
export const browserProcesses = async (browser: Browser): Promise<readonly number[]> => {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = (await session.send('SystemInfo.getProcessInfo')) as ProcessInfo;
  await session.detach();
  return processInfo.map(({ id }) => id);
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
    pids.map(async (pid) => ({
      memoryBytes: figure(await textOf(`/proc/${pid}/smaps_rollup`), 'Pss') * 1024,
      cpuSeconds: await cpuSecondsOf(pid),
      wakeUps: await wakeUpsOf(pid),
    })),
  );
  return each.reduce((sum, one) => ({
    memoryBytes: sum.memoryBytes + one.memoryBytes,
    cpuSeconds: sum.cpuSeconds + one.cpuSeconds,
    wakeUps: sum.wakeUps + one.wakeUps,
  }));
};
