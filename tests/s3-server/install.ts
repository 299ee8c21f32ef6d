/**
 * What the S3 server for tests needs: Debian's packages of Ceph. `node tests/s3-server/install.ts` installs them; the test
 * set-up does so by itself where it may (root, on Debian), and names the S3 suites as skipped where it may not.
 */
import { execFile } from 'node:child_process';
import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

const PROGRAMS = ['ceph', 'ceph-authtool', 'ceph-mon', 'ceph-osd', 'monmaptool', 'radosgw', 'radosgw-admin'];
const PACKAGES = ['ceph-mon', 'ceph-mgr', 'ceph-osd', 'radosgw', 'ceph-common'];
/** About 540 MB; a slow mirror may take its time. */
const INSTALL_TIMEOUT_MS = 15 * 60_000;

export const findProgram = async (name: string): Promise<string | null> => {
  for (const folder of (process.env['PATH'] ?? '').split(delimiter)) {
    const path = join(folder, name);
    try {
      await access(path, constants.X_OK);
      return path;
    } catch {
      // Not in this folder: look in the next.
    }
  }
  return null;
};

const missingPrograms = async (): Promise<readonly string[]> => {
  const found = await Promise.all(PROGRAMS.map(findProgram));
  return PROGRAMS.filter((_, index) => found[index] === null);
};

export type Availability = { readonly ok: true } | { readonly ok: false; readonly reason: string };

/** Installs what is missing if it can; says why when it cannot. */
export const ensureRadosgw = async (): Promise<Availability> => {
  const missing = await missingPrograms();
  if (missing.length === 0) return { ok: true };
  const lacking = `no ${missing[0]} here`;
  if (process.platform !== 'linux') return { ok: false, reason: `${lacking}, and this is no Linux` };
  if ((await findProgram('apt-get')) === null) return { ok: false, reason: `${lacking}, and no apt-get` };
  if (process.getuid?.() !== 0) return { ok: false, reason: `${lacking}, and only root may install it` };
  console.log(`Installing the S3 server for tests: ${PACKAGES.join(', ')} …`);
  const options = {
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    timeout: INSTALL_TIMEOUT_MS,
    maxBuffer: 64 * 1024 * 1024,
  };
  try {
    await run('apt-get', ['update', '-q'], options);
    await run('apt-get', ['install', '-q', '-y', '--no-install-recommends', ...PACKAGES], options);
  } catch (error) {
    const line = error instanceof Error ? error.message.trim().split('\n').at(-1) : String(error);
    return { ok: false, reason: `${lacking}, and apt-get could not install it (${line})` };
  }
  const still = await missingPrograms();
  return still.length === 0 ? { ok: true } : { ok: false, reason: `no ${still[0]} in Debian's packages` };
};

if (import.meta.main) {
  const result = await ensureRadosgw();
  console.log(result.ok ? 'The S3 server for tests is installed.' : `Not installed: ${result.reason}.`);
  process.exitCode = result.ok ? 0 : 1;
}
