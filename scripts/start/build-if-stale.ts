/** Builds the app's bundles, unless those that lie there were built from these very sources. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const SOURCES = ['src/core', 'src/contract', 'src/main', 'src/preload', 'src/renderer'];
const CONFIGURATION = [
  'package-lock.json',
  'vite.config.ts',
  'electron.vite.config.ts',
  'tsconfig.base.json',
];

const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();

const fingerprintOf = (root: string): string => {
  const hash = createHash('sha256');
  const files = [
    ...SOURCES.flatMap((folder) => filesBelow(join(root, folder))),
    ...CONFIGURATION.map((file) => join(root, file)),
  ];
  for (const file of files) hash.update(file.slice(root.length)).update(readFileSync(file));
  return hash.digest('hex');
};

/** Throws with the builder's own words when the build fails. */
export function buildIfStale(root: string): void {
  const stamp = join(root, 'dist/app/.built-from');
  const fingerprint = fingerprintOf(root);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === fingerprint) return;
  process.stderr.write('Building the app …\n');
  const result = spawnSync(
    process.execPath,
    [join(root, 'node_modules/electron-vite/bin/electron-vite.js'), 'build'],
    {
      cwd: root,
      encoding: 'utf8',
      env: { ...process.env, NODE_ENV: 'production' },
    },
  );
  if (result.status !== 0) throw new Error(`The app could not be built.\n${result.stdout}${result.stderr}`);
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, fingerprint);
}
