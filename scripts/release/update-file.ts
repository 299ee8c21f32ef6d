/** What electron-builder writes beside installers for electron-updater: `latest.yml` and its like. */
import { parse } from 'yaml';
import { z } from 'zod';
import type { UpdateArchitecture, UpdateKind, UpdatePlatform } from '../../src/core/update/manifest.ts';
import { isObjectKey } from '../../src/catalog/store/object-key.ts';
import { ReleaseError } from './release-error.ts';

/** What comes after the channel in a file's name, and which installations read it. */
const UPDATE_FILES = [
  { suffix: '', platform: 'win32', arch: null },
  { suffix: '-mac', platform: 'darwin', arch: null },
  { suffix: '-linux', platform: 'linux', arch: 'x64' },
  { suffix: '-linux-arm64', platform: 'linux', arch: 'arm64' },
] as const;
export const UPDATE_FILE_SUFFIXES = ['', '-mac', '-linux', '-linux-arm64'] as const;
export type UpdateFileSuffix = (typeof UPDATE_FILE_SUFFIXES)[number];

export interface NamedFile {
  /** In the feed: in small letters, for a store has no others in its keys. */
  readonly name: string;
  /** In the folder, as electron-builder called it. */
  readonly builtName: string;
  readonly sizeBytes: number;
  readonly sha512: string;
  /** What an app can install by itself; null for a file that people download (`dmg`). */
  readonly kind: UpdateKind | null;
  readonly platform: UpdatePlatform;
  readonly arch: UpdateArchitecture;
  /** Whether a `.blockmap` lies beside it. AppImages carry theirs within. */
  readonly hasBlockmap: boolean;
}

export interface UpdateFileContent {
  readonly suffix: UpdateFileSuffix;
  readonly version: string;
  readonly files: readonly NamedFile[];
  /** As it is, but for names. */
  readonly text: string;
}

const entrySchema = z.looseObject({
  url: z.string(),
  sha512: z.base64(),
  size: z.int().positive(),
  blockMapSize: z.int().positive().optional(),
});
const updateFileSchema = z.looseObject({
  version: z.string(),
  files: z.array(entrySchema).min(1),
  path: z.string().optional(),
  sha512: z.string().optional(),
  stagingPercentage: z.undefined().optional(),
});

const KINDS: Readonly<Record<string, UpdateKind | null>> = {
  exe: 'nsis',
  zip: 'zip',
  appimage: 'appimage',
  deb: 'deb',
  dmg: null,
};
const WITHOUT_BLOCKMAP: ReadonlySet<string> = new Set(['deb']);

const archIn = (name: string): UpdateArchitecture | null => {
  if (/(?:^|[-_.])(?:arm64|aarch64)(?:[-_.]|$)/.test(name)) return 'arm64';
  return /(?:^|[-_.])(?:x64|x86_64|amd64)(?:[-_.]|$)/.test(name) ? 'x64' : null;
};

export const feedNameOf = (builtName: string): string => builtName.toLowerCase();

/** Throws for a name that cannot be kept for ever at an edge, or not in every store. */
export const assertFeedName = (name: string, version: string): void => {
  if (!isObjectKey(name) || name.includes('/'))
    throw new ReleaseError(
      `${name} cannot be the name of a file in the feed.`,
      'Names are letters, digits, ".", "_" and "-": set artifactName in electron-builder.yml.',
    );
  if (!name.includes(version.toLowerCase()))
    throw new ReleaseError(
      `${name} does not say its version, ${version}.`,
      'Edges and apps keep it for ever, so another version needs another name: put ${version} into artifactName.',
    );
};

const namedFile = (
  file: string,
  version: string,
  suffix: UpdateFileSuffix,
  entry: z.infer<typeof entrySchema>,
): NamedFile => {
  const { url: builtName, sha512, size: sizeBytes, blockMapSize } = entry;
  const name = feedNameOf(builtName);
  assertFeedName(name, version);
  const extension = name.slice(name.lastIndexOf('.') + 1);
  const kind = KINDS[extension];
  const reader = UPDATE_FILES.find((each) => each.suffix === suffix);
  const arch = archIn(name) ?? reader?.arch ?? null;
  if (kind === undefined || reader === undefined)
    throw new ReleaseError(
      `${file} names ${name}, which no app can install.`,
      'Leave that target out of the build.',
    );
  if (arch === null)
    throw new ReleaseError(
      `${name} does not say for which processor it is.`,
      'Put ${arch} into artifactName in electron-builder.yml: an app has to know its own file.',
    );
  if (kind === 'appimage' && blockMapSize === undefined)
    throw new ReleaseError(
      `${file} names no block map in ${name}.`,
      'Build it with electron-builder, which appends one: without it every update is downloaded whole.',
    );
  const hasBlockmap = kind !== 'appimage' && !WITHOUT_BLOCKMAP.has(extension);
  return { name, builtName, sizeBytes, sha512, kind, platform: reader.platform, arch, hasBlockmap };
};

/** `file` is its name, for messages. */
export const parseUpdateFile = (file: string, suffix: UpdateFileSuffix, text: string): UpdateFileContent => {
  let content: z.infer<typeof updateFileSchema>;
  try {
    content = updateFileSchema.parse(parse(text));
  } catch (error) {
    throw new ReleaseError(
      `${file} is not what electron-builder writes.`,
      'Build again, and change nothing in it.',
      {
        cause: error,
      },
    );
  }
  const { version } = content;
  const files = content.files.map((entry) => namedFile(file, version, suffix, entry));
  const isLegacyWrong =
    content.path !== undefined &&
    !files.some(({ builtName, sha512 }) => builtName === content.path && sha512 === content.sha512);
  if (isLegacyWrong)
    throw new ReleaseError(
      `${file} contradicts itself about ${content.path}.`,
      'Build again, and change nothing in it.',
    );
  const named = files.reduce((text, { builtName, name }) => text.replaceAll(builtName, name), text);
  return { suffix, version, files, text: named };
};
