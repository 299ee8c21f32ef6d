#!/usr/bin/env node
/** `riffle-catalog`: publishes music and serves it. Each command is loaded when it is asked for, and only then. */
import { Command } from 'commander';
import packageFacts from '../../package.json' with { type: 'json' };

const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  publish: async () => (await import('./cli/publish-command.ts')).publishCommand,
  serve: async () => (await import('./cli/serve-command.ts')).serveCommand,
  accounts: async () => (await import('./cli/accounts-command.ts')).accountsCommand,
  reports: async () => (await import('./cli/reports-command.ts')).reportsCommand,
  ads: async () => (await import('./cli/ads-command.ts')).adsCommand,
};

const [, , asked = ''] = process.argv;
const program = new Command('riffle-catalog')
  .description('The catalog of Riffle: publish music to S3 or a folder, and serve it to the app.')
  .version(packageFacts.version);

const named = Object.hasOwn(COMMANDS, asked) ? COMMANDS[asked] : undefined;
for (const load of named === undefined ? Object.values(COMMANDS) : [named]) program.addCommand(await load());

await program.parseAsync();
