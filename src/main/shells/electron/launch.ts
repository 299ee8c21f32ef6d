import { mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { app } from 'electron';
import { z } from 'zod';
import { LINK_SCHEME } from '../../../core/links/deep-link.ts';
import { platformFolders } from '../../platform-folders.ts';
import type { Log } from '../../ports.ts';
import type { Inbox } from '../../system/inbox.ts';
import { readLaunchArguments, type LaunchArguments } from '../../system/launch-arguments.ts';
import { launchFolders, type LaunchFolders } from '../../system/launch-folders.ts';

const secondStartSchema = z.object({
  arguments: z.array(z.string().max(10_000)).max(200).readonly(),
  workingFolder: z.string().max(4_000),
});
type SecondStart = z.infer<typeof secondStartSchema>;

const read = ({ arguments: given, workingFolder }: SecondStart, log: Log): LaunchArguments => {
  const launch = readLaunchArguments(given, { platform: process.platform, workingFolder });
  if (launch.refused.length > 0) log.warn('not opened', { refused: launch.refused });
  return launch;
};

const ownStart = (): SecondStart => ({ arguments: process.argv.slice(1), workingFolder: process.cwd() });

/** What this start asks for. */
export const readOwnLaunch = (log: Log): LaunchArguments => read(ownStart(), log);

/** Each profile has folders of its own, and with them a lock of its own. Before anything else asks where they are. */
export const settleFolders = (launch: LaunchArguments): LaunchFolders => {
  const folders = launchFolders(launch, platformFolders(process.platform, process.env, homedir()));
  for (const folder of [folders.data, folders.session]) mkdirSync(folder, { recursive: true, mode: 0o700 });
  app.setPath('userData', folders.data);
  app.setPath('sessionData', folders.session);
  return folders;
};

/**
 * Whether this start is the one of its profile that runs; if not, the one that does is told what was asked for here. Not by the
 * command line that Chromium passes on, whose order it changes: a switch could come before the link it stood behind.
 */
export const isFirstOfProfile = (): boolean => app.requestSingleInstanceLock({ ...ownStart() });

/** Links and files that the system opens from now on, and what later starts ask for. */
export const receive = (options: {
  readonly inbox: Inbox;
  readonly show: () => void;
  readonly log: Log;
}): void => {
  const { inbox, show, log } = options;
  const opened = (event: { preventDefault(): void }, text: string): void => {
    event.preventDefault();
    inbox.add(read({ arguments: ['--', text], workingFolder: process.cwd() }, log));
    show();
  };
  app.on('open-url', opened);
  app.on('open-file', opened);
  app.on('second-instance', (_event, _argv, _folder, data) => {
    const start = secondStartSchema.safeParse(data);
    if (start.success) inbox.add(read(start.data, log));
    show();
  });
};

/** An installed app is who opens its links; on macOS and Linux its package says so. */
export const claimLinks = (): void => {
  if (!app.isPackaged || process.platform !== 'win32') return;
  // `--`: what stands in a link is never a switch.
  app.setAsDefaultProtocolClient(LINK_SCHEME, process.execPath, ['--']);
};
