/** `npm run build`: the app's three bundles and the operator's command line. */
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildIfStale } from './start/build-if-stale.ts';
import { runSteps } from './steps.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
buildIfStale(root);
process.exitCode = runSteps(
  root,
  [
    {
      name: 'riffle-catalog',
      script: 'node_modules/vite/bin/vite.js',
      args: ['build', '--config', 'catalog.vite.config.ts', '--logLevel', 'warn'],
    },
  ],
  false,
);
