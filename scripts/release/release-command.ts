/** `npm run release`: keys, publishing, and how far a version is rolled out. */
import { writeFile } from 'node:fs/promises';
import { Command } from 'commander';
import { manifestName, UPDATE_CHANNELS, type UpdateChannel } from '../../src/core/update/manifest.ts';
import type { Feed } from './feed.ts';
import { ReleaseError } from './release-error.ts';
import {
  channelOf,
  feedToChange,
  feedToRead,
  releaseCommand,
  storeOf,
  wholeNumber,
  withChannel,
  withSigning,
  withStore,
  type ChangeFlags,
  type ReleaseTools,
  type StoreFlags,
} from './release-flags.ts';
import { readReleaseFolder } from './release-folder.ts';
import { publishedText, statusText, type StatusRow } from './release-texts.ts';
import { generateSigningKey, pinnedForm, readSigningKey } from './signing-key.ts';
import { watchCommand } from './watch-command.ts';
import { countsFrom } from './release-counts.ts';

interface ChannelFlags extends ChangeFlags {
  readonly channel: string;
}

export const createReleaseCommand = (tools: ReleaseTools): Command =>
  new Command('release')
    .description('hand out versions of the app, to few first and then to all')
    .addCommand(keygenCommand(tools))
    .addCommand(publishCommand(tools))
    .addCommand(promoteCommand(tools))
    .addCommand(raiseCommand(tools))
    .addCommand(watchCommand(tools))
    .addCommand(haltCommand(tools))
    .addCommand(
      changeCommand(tools, 'resume', 'let a halted version go on where it stood', (feed, channel) =>
        feed.halt(channel, false, null),
      ),
    )
    .addCommand(
      changeCommand(tools, 'renew', 'sign what stands again, for longer or by another key', (feed, channel) =>
        feed.renew(channel),
      ),
    )
    .addCommand(statusCommand(tools));

const keygenCommand = ({ write }: ReleaseTools): Command =>
  releaseCommand('keygen', 'make a key that signs what apps believe')
    .argument('<file>', 'for the private half; it must not be there yet')
    .action(async (file: string) => {
      const pem = generateSigningKey();
      await writeFile(file, pem, { flag: 'wx', mode: 0o600 }).catch((cause: unknown) => {
        throw new ReleaseError(
          `${file} cannot be written, or is there already.`,
          'Name a new file: a key that is lost is lost for all apps that believe it.',
          { cause },
        );
      });
      write(`${pinnedForm(readSigningKey(pem, file))}\n`);
      write(
        `The private half is in ${file}: keep it where nothing else is, with a copy on paper or elsewhere.\n` +
          'The line above is for RIFFLE_UPDATE_KEYS, of builds and of this command.\n',
      );
    });

const publishCommand = (tools: ReleaseTools): Command =>
  withSigning(
    releaseCommand(
      'publish',
      'check a folder of electron-builder, send it, and offer it to 5 per cent',
    ).argument(
      '<folder>',
      'with installers, block maps, latest*.yml or beta*.yml, notes.en.md and notes.de.md',
    ),
  )
    .option(
      '--minimum-version <version>',
      'below which nobody waits for their turn; it stays until another is named',
    )
    .action(async (folder: string, flags: ChangeFlags & { readonly minimumVersion?: string }) => {
      const feed = await feedToChange(tools, flags);
      const release = await readReleaseFolder(folder);
      tools.write(publishedText(await feed.publish(release, flags.minimumVersion ?? null)));
    });

const promoteCommand = (tools: ReleaseTools): Command =>
  withSigning(releaseCommand('promote', 'offer to stable what beta offers, to 5 per cent first')).action(
    async (flags: ChangeFlags) => {
      const feed = await feedToChange(tools, flags);
      await feed.promote();
      await sayStanding(tools, feed, 'stable');
    },
  );

const raiseCommand = (tools: ReleaseTools): Command =>
  withChannel(withSigning(releaseCommand('raise', 'offer it to more: 5, 20, 50, then 100 per cent')))
    .option('--to <percent>', 'to so many instead', wholeNumber)
    .action(async (flags: ChannelFlags & { readonly to?: number }) => {
      if (flags.to !== undefined && flags.to > 100)
        throw new ReleaseError('More than everybody is nobody else.', 'Name 1 to 100 per cent.');
      const feed = await feedToChange(tools, flags);
      const channel = channelOf(flags.channel);
      await feed.raise(channel, { percent: flags.to ?? null });
      await sayStanding(tools, feed, channel);
    });

const haltCommand = (tools: ReleaseTools): Command =>
  withChannel(withSigning(releaseCommand('halt', 'stop a version for all who do not have it yet')))
    .option('--reason <sentence>', 'for the record')
    .action(async (flags: ChannelFlags & { readonly reason?: string }) => {
      const feed = await feedToChange(tools, flags);
      const channel = channelOf(flags.channel);
      await feed.halt(channel, true, flags.reason ?? null);
      await sayStanding(tools, feed, channel);
    });

const changeCommand = (
  tools: ReleaseTools,
  name: string,
  description: string,
  change: (feed: Feed, channel: UpdateChannel) => Promise<void>,
): Command =>
  withChannel(withSigning(releaseCommand(name, description))).action(async (flags: ChannelFlags) => {
    const feed = await feedToChange(tools, flags);
    const channel = channelOf(flags.channel);
    await change(feed, channel);
    await sayStanding(tools, feed, channel);
  });

const statusCommand = (tools: ReleaseTools): Command =>
  withStore(releaseCommand('status', 'say what each channel offers, to how many, and how it goes'))
    .option('--counts <location>', "of the service's store, which counts what became of updates")
    .option('--counts-endpoint <url>', 'of that store, when it is not AWS')
    .option('--json', 'print one line of JSON')
    .action(
      async (
        flags: StoreFlags & {
          readonly counts?: string;
          readonly countsEndpoint?: string;
          readonly json?: boolean;
        },
      ) => {
        const feed = feedToRead(tools, flags);
        const counting =
          flags.counts === undefined
            ? null
            : storeOf(tools, {
                store: flags.counts,
                ...(flags.countsEndpoint === undefined ? {} : { endpoint: flags.countsEndpoint }),
              });
        const rows: StatusRow[] = [];
        for (const channel of UPDATE_CHANNELS) {
          const standing = await feed.standing(channel);
          if (standing === null) continue;
          const { version } = standing.manifest;
          rows.push({
            standing,
            counts: counting === null ? null : await countsFrom(counting, channel)(version),
          });
        }
        tools.write(
          flags.json === true ? `${JSON.stringify(rows.map(asJson))}\n` : statusText(rows, Date.now()),
        );
      },
    );

const asJson = ({ standing: { channel, manifest, state, isSettled }, counts }: StatusRow): object => ({
  channel,
  version: manifest.version,
  percent: manifest.rollout.percent,
  halted: manifest.halted,
  signedAt: manifest.signedAt,
  expiresAt: manifest.expiresAt,
  percentSince: state.percentSince,
  reason: state.reason,
  isSettled,
  counts,
});

const sayStanding = async ({ write }: ReleaseTools, feed: Feed, channel: UpdateChannel): Promise<void> => {
  const standing = await feed.standing(channel);
  if (standing === null) return;
  const { version, halted, rollout, expiresAt } = standing.manifest;
  const extent = halted ? 'halted' : `offered to ${rollout.percent} % of installations`;
  write(`${version} is ${extent} (${manifestName(channel)}, until ${expiresAt.slice(0, 10)}).\n`);
};
