/**
 * `node scripts/verify-package/verify.ts`: reads every app in `release/` back and says what it holds: archive, sizes, fuses, and with
 * `--signed` its signature. Ends with 1 when anything is not as it must be.
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { fuseFaults } from './fuses.ts';
import { archiveIn, contentFaults, packedFiles } from './packed-contents.ts';
import { packagedPrograms } from './packaged-apps.ts';
import { signatureFaults } from './signature.ts';

const { values } = parseArgs({ options: { signed: { type: 'boolean', default: false } } });
const programs = packagedPrograms(join(import.meta.dirname, '../../release'));
if (programs.length === 0) {
  process.stderr.write('There is nothing in release/. Run "npm run package" first.\n');
  process.exitCode = 1;
}

for (const { name, bundle, resources } of programs) {
  const archive = archiveIn(resources);
  const files = packedFiles(archive);
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  process.stdout.write(`${name}: ${files.length} files, ${(bytes / 1_000_000).toFixed(2)} MB\n`);
  const largest = files.toSorted((one, other) => other.bytes - one.bytes).slice(0, 10);
  for (const file of largest) process.stdout.write(`  ${String(file.bytes).padStart(9)}  ${file.path}\n`);
  const faults = [
    ...contentFaults(archive),
    ...(await fuseFaults(bundle)),
    ...(values.signed ? signatureFaults(bundle) : []),
  ];
  for (const fault of faults) process.stderr.write(`${name}: ${fault}\n`);
  if (faults.length > 0) process.exitCode = 1;
  else process.stdout.write(`${name}: as it must be${values.signed ? ', and signed' : ''}\n`);
}
