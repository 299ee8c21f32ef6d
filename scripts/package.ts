/**
 * `npm run package`: builds the app and packs it for this system into `release/`, with what the environment gives. Arguments go to
 * electron-builder: `npm run package -- --dir`, `npm run package -- --linux zip`.
 */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { PackagingProblem, packagingFor } from './package/packaging-arguments.ts';
import { runSteps } from './steps.ts';

const root = join(import.meta.dirname, '..');

try {
  const { args, environment, notes } = packagingFor(process.platform, process.env);
  process.stdout.write(`${notes.map((note) => `· ${note}`).join('\n')}\n`);
  // The feed and its keys are compiled in: neither is an older build taken, nor is this one for anything else.
  rmSync(join(root, 'dist/app/.built-from'), { force: true });
  process.exitCode = runSteps(
    root,
    [
      {
        name: 'build',
        script: 'node_modules/electron-vite/bin/electron-vite.js',
        args: ['build', '--logLevel', 'warn'],
      },
      {
        name: 'package',
        script: 'node_modules/electron-builder/cli.js',
        args: [...process.argv.slice(2), '--publish', 'never', ...args],
        environment,
      },
    ],
    false,
  );
} catch (error) {
  if (!(error instanceof PackagingProblem)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 2;
}
