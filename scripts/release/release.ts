/** The entry of `npm run release`. */
import { reportFailure } from '../../src/catalog/cli/command-failure.ts';
import { openStore } from '../../src/catalog/store/open-store.ts';
import { createReleaseCommand } from './release-command.ts';
import { ReleaseError } from './release-error.ts';
import { EXIT_BAD_INPUT } from './release-flags.ts';

try {
  await createReleaseCommand({
    openStore,
    environment: process.env,
    write: (text) => void process.stdout.write(text),
  }).parseAsync();
} catch (error) {
  if (error instanceof ReleaseError) {
    process.stderr.write(`${error.message}\n${error.hint}\n`);
    process.exitCode = EXIT_BAD_INPUT;
  } else process.exitCode = reportFailure(error);
}
