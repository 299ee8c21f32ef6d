/** `npm run check`: format, lint and import table, types per runtime, unused code, lock file, build. */
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runSteps } from './steps.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

const RUNTIMES = [
  'src/core',
  'src/contract',
  'src/main',
  'src/main/shells/electron',
  'src/preload',
  'src/renderer',
  'src/catalog',
  'tsconfig.tests.json',
];

process.exitCode = runSteps(
  root,
  [
    {
      name: 'format',
      script: 'node_modules/prettier/bin/prettier.cjs',
      args: ['--check', '--log-level', 'warn', '.'],
    },
    { name: 'lint and layers', script: 'node_modules/oxlint/bin/oxlint', args: ['--deny-warnings'] },
    ...RUNTIMES.map((project) => ({
      name: `types of ${project}`,
      script: 'node_modules/typescript/bin/tsc',
      args: ['-p', project],
    })),
    { name: 'unused code', script: 'node_modules/knip/bin/knip.js', args: ['--no-progress'] },
    { name: 'lock file', script: 'scripts/check-lock.ts', args: [] },
    { name: 'build', script: 'scripts/build.ts', args: [] },
  ],
  true,
);
