import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { computer } from './open-downloads.ts';

const KILLS = 18;
const target = fileURLToPath(new URL('./kill-target.ts', import.meta.url));

/** Runs until so many lines were said, then kills it at once. Gives the complete lines. */
const runAndKill = async (folder: string, seed: number, lines: number): Promise<readonly string[]> => {
  const child = spawn(process.execPath, [target, folder, String(seed)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  let said = '';
  for await (const chunk of child.stdout) {
    said += String(chunk);
    if (said.split('\n').length > lines) child.kill('SIGKILL');
  }
  await exited;
  return said.split('\n').slice(0, -1);
};

const titlesIn = (picture: string): readonly string[] =>
  picture
    .replaceAll(/[[\]]/g, '')
    .split(' ')
    .filter((title) => title !== '');

it(
  `keeps every pin that was confirmed, whole and in its place, killed ${KILLS} times`,
  { timeout: 120_000 },
  async () => {
    const home = await computer();
    for (let kill = 0; kill < KILLS; kill += 1) {
      const lines = await runAndKill(home.folder, kill + 1, 2 + ((kill * 7) % 40));
      const confirmed = lines.findLast((line) => line.startsWith('is '))?.slice(3) ?? '';
      const last = lines.at(-1) ?? '';
      const [, change = '', title = ''] = last.startsWith('will ') ? last.split(' ') : [];

      const downloads = await home.start();
      const { pins } = await downloads.api.get();
      const found = pins.map((pin) => pin.title);
      const before = titlesIn(confirmed);
      // What was being done when it died is done or not; nothing else has changed.
      const rest = (list: readonly string[]): readonly string[] => list.filter((one) => one !== title);
      expect(rest(found), `${confirmed} / ${last}`).toEqual(rest(before));
      const maybe = change === 'pin' || change === 'unpin';
      expect(maybe || found.includes(title) === before.includes(title)).toBe(true);
      expect(pins.map(({ trackCount }) => trackCount)).toEqual(found.map(() => 20));
      const names = await readdir(join(home.folder, 'pins')).catch(() => []);
      expect(names.filter((name) => !name.endsWith('.json'))).toEqual([]);
      expect(home.log.lines.filter(({ level }) => level !== 'info')).toEqual([]);
      await downloads.close();
    }
  },
);
