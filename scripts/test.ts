/** `npm test`: unit and contract tests, then the end-to-end stories in a real browser. Arguments go to vitest alone. */
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensurePrograms } from './setup.mjs';
import { buildIfStale } from './start/build-if-stale.ts';
import { runSteps } from './steps.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const selection = process.argv.slice(2);

const missing = ensurePrograms({
  chromium: 'chromium',
  ffmpeg: 'ffmpeg',
  'ceph-mon': 'ceph-mon',
  'ceph-mgr': 'ceph-mgr',
  'ceph-osd': 'ceph-osd',
  radosgw: 'radosgw',
  ceph: 'ceph-common',
});
if (missing.length > 0) {
  process.stdout.write(`Not here, so what needs them is named as skipped: ${missing.join(', ')}\n`);
}

const unit = {
  name: 'unit and contract tests',
  script: 'node_modules/vitest/vitest.mjs',
  args: ['run', ...selection],
};
const stories = {
  name: 'end-to-end stories',
  script: 'node_modules/@playwright/test/cli.js',
  args: ['test'],
};
buildIfStale(root);
process.exitCode = runSteps(root, selection.length > 0 ? [unit] : [unit, stories], true);
