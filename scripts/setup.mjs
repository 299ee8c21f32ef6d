// What a fresh machine lacks: the packages of the lock file, and on Debian as root a few programs by apt.
// Runs on Node 20 with built-ins only.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const run = (command, args, options = {}) =>
  spawnSync(command, args, { stdio: ['ignore', 'pipe', 'pipe'], encoding: 'utf8', ...options });

/** Installs exactly what the lock file says, when that is not what lies there already. */
export function ensureInstalled(root) {
  const lock = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  const stamp = join(root, 'node_modules', '.riffle-lock');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return;
  console.error('Installing packages (once, about a minute) …');
  // Windows starts .cmd files only through a shell.
  const windows = process.platform === 'win32';
  const result = run(windows ? 'npm.cmd' : 'npm', ['ci', '--no-progress', '--loglevel=error'], {
    cwd: root,
    shell: windows,
  });
  if (result.status !== 0) {
    console.error(`npm ci failed:\n${result.stderr || result.error || result.stdout}`);
    process.exit(1);
  }
  writeFileSync(stamp, lock);
}

const found = (program) => run('sh', ['-c', `command -v ${program}`]).status === 0;

/**
 * On Debian as root, installs the packages whose program is missing; elsewhere does nothing. Gives the programs that are
 * missing still.
 */
export function ensurePrograms(packageOf) {
  if (process.platform !== 'linux') return [];
  const missing = () => Object.keys(packageOf).filter((program) => !found(program));
  const wanted = missing();
  if (wanted.length === 0 || process.getuid?.() !== 0 || !existsSync('/etc/debian_version')) return wanted;
  const packages = [...new Set(wanted.map((program) => packageOf[program]))];
  console.error(`Installing ${packages.join(', ')} (once) …`);
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  run('apt-get', ['update', '-qq'], { env: environment });
  const result = run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], {
    env: environment,
  });
  if (result.status !== 0) console.error(result.stderr);
  return missing();
}
