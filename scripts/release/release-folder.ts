/** A folder of electron-builder's output, checked file by file before anything is sent. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { isVersion } from '../../src/core/update/version.ts';
import type { UpdateChannel, UpdateFile, UpdateNotes } from '../../src/core/update/manifest.ts';
import { ReleaseError } from './release-error.ts';
import { updateFileName } from './release-keys.ts';
import { readNotes } from './release-notes.ts';
import {
  assertFeedName,
  feedNameOf,
  parseUpdateFile,
  UPDATE_FILE_SUFFIXES,
  type UpdateFileContent,
  type UpdateFileSuffix,
} from './update-file.ts';

/** Something to be sent, as it was when it was checked. */
export interface ReleaseFile {
  readonly name: string;
  readonly path: string;
  readonly sizeBytes: number;
  /** Base64. */
  readonly sha512: string;
  readonly changedAtMs: number;
}

export interface Release {
  readonly version: string;
  /** A version with a pre-release part is for beta, every other for stable. */
  readonly channel: UpdateChannel;
  readonly installers: readonly ReleaseFile[];
  readonly blockmaps: readonly ReleaseFile[];
  readonly updateFiles: readonly { readonly suffix: UpdateFileSuffix; readonly text: string }[];
  /** For the manifest. */
  readonly files: readonly UpdateFile[];
  readonly notes: UpdateNotes;
}

/** What people download and no app installs by itself. */
const DOWNLOADS = /\.(?:exe|zip|dmg|appimage|deb)$/i;

const inspect = async (folder: string, builtName: string): Promise<ReleaseFile> => {
  const path = join(folder, builtName);
  const { size: sizeBytes, mtimeMs: changedAtMs } = await stat(path);
  const hash = createHash('sha512');
  await pipeline(createReadStream(path), hash);
  return { name: feedNameOf(builtName), path, sizeBytes, sha512: hash.digest('base64'), changedAtMs };
};

/** Throws when a file is another than it was when it was checked. */
export const assertUnchanged = async ({ path, name, sizeBytes, changedAtMs }: ReleaseFile): Promise<void> => {
  const now = await stat(path);
  if (now.size === sizeBytes && now.mtimeMs === changedAtMs) return;
  throw new ReleaseError(
    `${name} changed while it was sent.`,
    'Let the build finish, and publish what it made.',
  );
};

const readUpdateFiles = async (
  folder: string,
  names: ReadonlySet<string>,
  channel: UpdateChannel,
): Promise<readonly UpdateFileContent[]> => {
  const found: UpdateFileContent[] = [];
  for (const suffix of UPDATE_FILE_SUFFIXES) {
    const name = updateFileName(channel, suffix);
    if (names.has(name))
      found.push(parseUpdateFile(name, suffix, await readFile(join(folder, name), 'utf8')));
  }
  return found;
};

/** Both channels have such files when electron-builder writes them for all; those of the version's own channel are read. */
const findUpdateFiles = async (
  folder: string,
  names: ReadonlySet<string>,
): Promise<{ readonly channel: UpdateChannel; readonly contents: readonly UpdateFileContent[] }> => {
  for (const channel of ['stable', 'beta'] as const) {
    const contents = await readUpdateFiles(folder, names, channel);
    if (contents.length > 0) return { channel, contents };
  }
  throw new ReleaseError(
    `There is no latest*.yml or beta*.yml in ${folder}.`,
    'Name the folder that electron-builder wrote to, built with a feed (RIFFLE_UPDATE_URL).',
  );
};

const theOneVersion = (contents: readonly UpdateFileContent[]): string => {
  const [version, ...others] = [...new Set(contents.map((content) => content.version))];
  if (version === undefined || others.length > 0)
    throw new ReleaseError(
      `The folder holds several versions: ${[version, ...others].join(', ')}.`,
      'Empty it, and bring together what belongs to one version.',
    );
  if (isVersion(version)) return version;
  throw new ReleaseError(
    `${version} is no version.`,
    'Versions are as in Semantic Versioning, without build metadata: 1.2.3 or 1.2.3-beta.1.',
  );
};

const assertDistinct = (files: readonly ReleaseFile[]): void => {
  const names = files.map(({ name }) => name);
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice === undefined) return;
  throw new ReleaseError(
    `Two files would be called ${twice} in the feed.`,
    'Names there are in small letters: set artifactName in electron-builder.yml so that they differ otherwise.',
  );
};

/** Reads every file once. Throws a `ReleaseError` for whatever does not fit together. */
export const readReleaseFolder = async (folder: string): Promise<Release> => {
  const entries = await readdir(folder, { withFileTypes: true }).catch((cause: unknown) => {
    throw new ReleaseError(`${folder} cannot be read.`, 'Name the folder that electron-builder wrote to.', {
      cause,
    });
  });
  const names = new Set(entries.filter((entry) => entry.isFile()).map(({ name }) => name));
  const { channel, contents } = await findUpdateFiles(folder, names);
  const version = theOneVersion(contents);
  if (channel === 'stable' && version.includes('-'))
    throw new ReleaseError(
      `${version} is a pre-release, and yet there is a latest*.yml.`,
      'Build it for beta, or give it a version without "-".',
    );

  const named = contents.flatMap(({ files }) => files);
  const installers: ReleaseFile[] = [];
  const blockmaps: ReleaseFile[] = [];
  for (const { builtName, sizeBytes, sha512, hasBlockmap } of named) {
    if (!names.has(builtName))
      throw new ReleaseError(
        `${builtName} is named, and not there.`,
        'Bring all that was built into one folder.',
      );
    const file = await inspect(folder, builtName);
    if (file.sizeBytes !== sizeBytes || file.sha512 !== sha512)
      throw new ReleaseError(
        `${builtName} is not the file that was named: ${file.sizeBytes} bytes of ${sizeBytes}, or another SHA-512.`,
        'It was changed after the build (signed, perhaps), or is damaged: build again, and sign within the build.',
      );
    installers.push(file);
    if (!hasBlockmap) continue;
    if (!names.has(`${builtName}.blockmap`))
      throw new ReleaseError(
        `The block map of ${builtName} is missing.`,
        'Bring it along, made after signing: without it every update is downloaded whole.',
      );
    blockmaps.push(await inspect(folder, `${builtName}.blockmap`));
  }

  const isNamed = (name: string): boolean => named.some(({ builtName }) => builtName === name);
  const isOfVersion = (name: string): boolean => DOWNLOADS.test(name) && name.includes(version);
  for (const other of [...names].filter((name) => isOfVersion(name) && !isNamed(name)).sort()) {
    const file = await inspect(folder, other);
    assertFeedName(file.name, version);
    installers.push(file);
  }
  assertDistinct([...installers, ...blockmaps]);

  return {
    version,
    channel,
    installers,
    blockmaps,
    updateFiles: contents.map(({ suffix, text }) => ({ suffix, text })),
    files: named.flatMap(({ name, sizeBytes, sha512, kind, platform, arch }) =>
      kind === null ? [] : [{ name, sizeBytes, sha512, kind, platform, arch }],
    ),
    notes: await readNotes(folder, version),
  };
};
