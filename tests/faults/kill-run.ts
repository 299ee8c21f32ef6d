/** Runs the target of the kills and ends it, at a moment that the seed says. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { KillOrder } from './kill-target.ts';
import { randomFrom } from './outcome.ts';

const TARGET = fileURLToPath(new URL('./kill-target.ts', import.meta.url));
/** Of the changes that a few rounds make to the disk. */
const LATEST_CHANGE = 500;
/** After it has begun. */
const LATEST_MS = 500;

export interface Killed {
  /** What it said that it would do and had done. */
  readonly lines: readonly string[];
  /** Where in its doing it was killed, for whoever looks at what went wrong. */
  readonly moment: string;
}

/** Every other one dies at one of its changes to the disk, the rest wherever they are by a random time. */
export const runAndKill = async (order: Omit<KillOrder, 'deathAt'>): Promise<Killed> => {
  const random = randomFrom(order.seed);
  const deathAt = order.seed % 2 === 0 ? 1 + Math.floor(random() * LATEST_CHANGE) : null;
  const afterMs = random() * LATEST_MS;
  const target = spawn(process.execPath, [TARGET, JSON.stringify({ ...order, deathAt })], {
    stdio: ['ignore', 'pipe', 'inherit'],
    // Three hundred starts need not strip and compile the same files three hundred times.
    env: { ...process.env, NODE_COMPILE_CACHE: join(tmpdir(), 'riffle-kill-compiled') },
  });
  // With what it said last: at its exit some of that may still be in the pipe.
  const exited = once(target, 'close');
  let said = '';
  let isBegun = false;
  target.stdout.on('data', (chunk) => {
    said += String(chunk);
    if (isBegun || deathAt !== null || !said.includes('begin\n')) return;
    isBegun = true;
    setTimeout(() => target.kill('SIGKILL'), afterMs);
  });
  const [, signal] = await exited;
  if (signal !== 'SIGKILL') throw new Error(`it ended by itself (${String(signal)}): ${said}`);
  const everything = said.split('\n').slice(0, -1);
  const lines = everything.filter((line) => !line.startsWith('died '));
  const moment = deathAt === null ? `after ${Math.round(afterMs)} ms` : `at change ${deathAt}`;
  return {
    lines,
    moment: `${order.operation}, seed ${order.seed}, killed ${moment}: ${everything.slice(-2).join(', ')}`,
  };
};
