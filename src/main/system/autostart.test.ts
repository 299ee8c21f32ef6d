import { access, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { autostartEntry, autostartFile, setAutostart } from './autostart.ts';

const execOf = (command: readonly string[]): string =>
  autostartEntry('Riffle', command)
    .split('\n')
    .find((line) => line.startsWith('Exec=')) ?? '';

it('starts the app at login, without a window', () => {
  expect(autostartEntry('Riffle', ['/opt/Riffle/riffle', '--hidden'])).toBe(
    '[Desktop Entry]\nType=Application\nName=Riffle\nExec="/opt/Riffle/riffle" "--hidden"\nX-GNOME-Autostart-enabled=true\n',
  );
});

it.each([
  ['/home/a b/riffle', '"/home/a b/riffle"'],
  ['/100%/riffle', '"/100%%/riffle"'],
  ['/a"b', String.raw`"/a\\"b"`],
  ['/$HOME', String.raw`"/\\$HOME"`],
  ['/a\\b', String.raw`"/a\\\\b"`],
  ['/`id`', '"/\\\\`id\\\\`"'],
  ['/a\nX-Evil=1', String.raw`"/a\nX-Evil=1"`],
])('names a program at %j by that and nothing else', (path, expected) => {
  expect(execOf([path])).toBe(`Exec=${expected}`);
});

it('is written, changed and removed, each profile for itself', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'riffle-autostart-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const [own, kids] = [autostartFile(folder, null), autostartFile(folder, 'kids')];
  expect(own).not.toBe(kids);
  await setAutostart(own, null);
  await setAutostart(own, 'one');
  await setAutostart(kids, 'two');
  await setAutostart(own, null);
  await expect(access(own)).rejects.toMatchObject({ code: 'ENOENT' });
  expect(await readFile(kids, 'utf8')).toBe('two');
});

it('says so when it cannot be kept', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'riffle-autostart-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await writeFile(join(folder, 'autostart'), 'a file where a folder should be');
  await expect(setAutostart(autostartFile(folder, null), 'x')).rejects.toMatchObject({
    code: 'storage_failed',
  });
});
