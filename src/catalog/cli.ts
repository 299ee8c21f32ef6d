#!/usr/bin/env node
/** `riffle-catalog`: publishes music and serves it. Each command is loaded when it is asked for, and only then. */
import { Command } from 'commander';
import packageFacts from '../../package.json' with { type: 'json' };

const [, , asked = ''] = process.argv;
const program = new Command('riffle-catalog')
  .description('The catalog of Riffle: publish music to S3 or a folder, and serve it to the app.')
  .version(packageFacts.version);

if (asked !== 'serve') program.addCommand((await import('./cli/publish-command.ts')).publishCommand);
if (asked !== 'publish') program.addCommand((await import('./cli/serve-command.ts')).serveCommand);

await program.parseAsync();
