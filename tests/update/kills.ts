/** kill -9 at each step of an update: what starts then, and whether the next run gets there. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { KillOrder, Moment } from './kill-order.ts';
import { prepare } from './world/attempt.ts';
import { appPath } from './world/installation.ts';
import { startApp } from './world/stand-in-app.ts';
import { NEW, OLD, type World } from './world/world.ts';

const TARGET = fileURLToPath(new URL('./kill-target.ts', import.meta.url));

const runTarget = async (order: KillOrder): Promise<void> => {
  const target = spawn(process.execPath, [TARGET, JSON.stringify(order)], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, NODE_COMPILE_CACHE: join(tmpdir(), 'riffle-kill-compiled') },
  });
  const [, signal] = await once(target, 'exit');
  if (signal !== 'SIGKILL') throw new Error(`it was not killed when ${order.moment}`);
};

export const expectedAfterKill = (moment: Moment): string =>
  ['it is in place', 'everything is done'].includes(moment) ? `starts ${NEW}` : `starts ${OLD}, then ${NEW}`;

/** What starts after the kill; where that is the old one, also what starts after another run that is not killed. */
export const killAt = async (world: World, moment: Moment): Promise<string> => {
  const { root, feedUrl, open } = await prepare(world, {});
  await runTarget({ root, feedUrl, keys: world.key.text, version: OLD, moment });
  const started = await startApp(appPath(root), world.all);
  if (started !== OLD) return `starts ${started}`;
  const installation = await open();
  try {
    await installation.updates.api.check();
    await installation.reaches('ready', 'failed');
    await installation.updates.api.install();
  } finally {
    await installation.close();
  }
  return `starts ${started}, then ${await startApp(appPath(root), world.all)}`;
};
