/**
 * `node scripts/verify-package/updates.ts`: packages two versions for this machine with a key of this run, installs the older, publishes
 * the newer to a feed on loopback as a release does, lets the app update itself, and starts what it became. Needs a display; on a Mac a
 * signature, without which the system replaces nothing.
 */
import { spawnSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Page } from '@playwright/test';
import { z } from 'zod';
import { withFolder } from '../../tests/e2e/support/stack.ts';
import { generateSigningKey, pinnedForm, readSigningKey } from '../release/signing-key.ts';
import { installHere, targetHere } from './install-here.ts';
import { serveFeed } from './serve-feed.ts';
import { startPackaged } from './start-packaged.ts';

const OLDER = '0.0.1';
const NEWER = '0.0.2';
const PORT = 46_299;
const WITHIN_MS = 300_000;

const root = join(import.meta.dirname, '../..');
// An AppImage mounts itself, which not every machine allows; then it unpacks itself.
process.env['APPIMAGE_EXTRACT_AND_RUN'] = '1';

const npm = (script: string, args: readonly string[], environment: NodeJS.ProcessEnv): void => {
  const { status } = spawnSync(process.execPath, [join(root, 'scripts/run.mjs'), script, ...args], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...environment },
  });
  if (status !== 0) throw new Error(`npm run ${script} failed`);
};

const replySchema = z.object({ ok: z.literal(true), value: z.looseObject({ state: z.string() }) });
const update = async (page: Page, method: 'get' | 'check' | 'download' | 'install') => {
  const reply: unknown = await page.evaluate(
    (name) => window.riffle?.invoke(name, null),
    `update.${method}` as const,
  );
  return replySchema.parse(reply).value;
};

/** Asks and fetches, as the listener's buttons do, until the newer version is there; then has it installed. */
const updateFrom = async (page: Page): Promise<void> => {
  const deadline = Date.now() + WITHIN_MS;
  for (;;) {
    const now = await update(page, 'get');
    process.stdout.write(`${JSON.stringify(now)}\n`);
    if (now.state === 'ready') break;
    if (now.state === 'unsupported' || Date.now() > deadline) throw new Error('It does not update itself.');
    if (now.state === 'idle' || now.state === 'failed') await update(page, 'check');
    if (now.state === 'available') await update(page, 'download');
    await wait(1_000);
  }
  // The answer may not come any more: the app ends.
  await update(page, 'install').catch(() => undefined);
};

const { folder, remove } = await withFolder();
const keyFile = join(folder, 'key.pem');
const pem = generateSigningKey();
await writeFile(keyFile, pem, { mode: 0o600 });
const built = {
  RIFFLE_UPDATE_URL: `http://127.0.0.1:${PORT}/`,
  RIFFLE_UPDATE_KEYS: pinnedForm(readSigningKey(pem, 'the key of this run')),
};
const releaseOf = (version: string): string => join(folder, version);
for (const version of [OLDER, NEWER]) {
  const output = `-c.directories.output=${releaseOf(version)}`;
  npm('package', [...targetHere(), `-c.extraMetadata.version=${version}`, output], built);
}
for (const language of ['en', 'de']) {
  await writeFile(join(releaseOf(NEWER), `notes.${language}.md`), `## ${NEWER}\n\nTry.\n`);
}
const store = ['--store', join(folder, 'store'), '--key', keyFile];
npm('release', ['publish', releaseOf(NEWER), ...store], {});
npm('release', ['raise', '--to', '100', ...store], {});

const feed = await serveFeed(join(folder, 'store'), PORT);
try {
  const installed = await installHere(releaseOf(OLDER), join(folder, 'installed'));
  const data = `--data=${join(folder, 'data')}`;
  const older = await startPackaged(installed.executable, [data]);
  await updateFrom(older.page);
  const deadline = Date.now() + WITHIN_MS;
  while (installed.version() !== NEWER) {
    if (Date.now() > deadline) throw new Error(`It is ${installed.version()}, not ${NEWER}.`);
    await wait(1_000);
  }
  await older.stop();
  // Of data of its own: what the update started may still run.
  const newer = await startPackaged(installed.executable, [`--data=${join(folder, 'newer')}`]);
  await newer.page.waitForFunction(() => document.body.innerText !== '');
  await newer.stop();
  process.stdout.write(`${OLDER} made itself ${NEWER}, which starts.\n`);
} finally {
  await feed.close();
}
await remove();
process.exit(0);
