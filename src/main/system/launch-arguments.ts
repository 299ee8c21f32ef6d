import { fileURLToPath } from 'node:url';
import { posix, win32 } from 'node:path';
import { LINK_SCHEME, parseDeepLink, type DeepLink } from '../../core/links/deep-link.ts';
import { readProfileName } from './profiles.ts';

export interface LaunchArguments {
  /** The catalog service to offer, as it was given. */
  readonly service: string | null;
  readonly profile: string | null;
  readonly dataFolder: string | null;
  readonly cacheFolder: string | null;
  /** Begin without a window: at login, when it stays beside the clock. */
  readonly isHidden: boolean;
  readonly links: readonly DeepLink[];
  /** Playlist files, as absolute paths of this computer. */
  readonly files: readonly string[];
  /** What was given and is not followed. */
  readonly refused: readonly ('profile' | 'link' | 'file' | 'order')[];
}

export interface LaunchPlace {
  readonly platform: NodeJS.Platform;
  /** Where relative paths begin. */
  readonly workingFolder: string;
}

const PLAYLIST_FILE = /\.(m3u8?|xspf)$/i;
const WITH_VALUE = ['service', 'profile', 'data', 'cache'] as const;
type OptionName = (typeof WITH_VALUE)[number];
/** More than a hand selects; a command line is no place for a library. */
const MOST_FILES = 20;

const isLinkLike = (argument: string): boolean => argument.toLowerCase().startsWith(`${LINK_SCHEME}:`);
const isFileAddress = (argument: string): boolean => /^file:/i.test(argument);

/** A link is never the value of an option before it: what stands behind it would be read on. */
const isValue = (argument: string | undefined): boolean =>
  argument !== undefined && !argument.startsWith('-') && !isLinkLike(argument);

/** Files of this computer only: to look at a share of another would send it who is asking. */
const localPath = (argument: string, { platform, workingFolder }: LaunchPlace): string | null => {
  let path = argument;
  if (isFileAddress(argument)) {
    try {
      if (new URL(argument).host !== '') return null;
      path = fileURLToPath(argument, { windows: platform === 'win32' });
    } catch {
      return null;
    }
  }
  if (path.includes('\0') || /^[\\/]{2}/.test(path)) return null;
  const { isAbsolute, resolve } = platform === 'win32' ? win32 : posix;
  return isAbsolute(path) ? path : resolve(workingFolder, path);
};

/**
 * What a command line asks for. Options are read up to the first link or file, or `--`: behind a link from outside nothing can
 * be an option, and a line that tries has none of its links and files opened. What is unknown (Chromium's own switches) is
 * passed over. Never throws.
 */
export const readLaunchArguments = (given: readonly string[], place: LaunchPlace): LaunchArguments => {
  const values: Partial<Record<OptionName, string>> = {};
  const links: DeepLink[] = [];
  const files: string[] = [];
  const refused = new Set<LaunchArguments['refused'][number]>();
  let isHidden = false;
  let takesOptions = true;

  const openLink = (argument: string): void => {
    const link = parseDeepLink(argument);
    if (link === null || links.length > 0) refused.add('link');
    else links.push(link);
  };
  const openFile = (argument: string): void => {
    const path = localPath(argument, place);
    if (path === null || !PLAYLIST_FILE.test(path) || files.length === MOST_FILES) refused.add('file');
    else files.push(path);
  };

  const rest = [...given];
  for (let argument = rest.shift(); argument !== undefined; argument = rest.shift()) {
    if (!takesOptions && argument.startsWith('-')) refused.add('order');
    else if (argument === '--') takesOptions = false;
    else if (isLinkLike(argument)) {
      openLink(argument);
      takesOptions = false;
    } else if (!argument.startsWith('-') && (PLAYLIST_FILE.test(argument) || isFileAddress(argument))) {
      openFile(argument);
      takesOptions = false;
    } else if (argument === '--hidden') isHidden = true;
    else {
      const name = WITH_VALUE.find(
        (known) => argument === `--${known}` || argument.startsWith(`--${known}=`),
      );
      if (name === undefined) continue;
      const [, inline] = /^--[a-z]+=(.*)$/s.exec(argument) ?? [];
      const value = inline ?? (isValue(rest[0]) ? rest.shift() : undefined);
      if (value !== undefined && value !== '') values[name] = value;
    }
  }

  const profile = values.profile === undefined ? null : readProfileName(values.profile);
  if (values.profile !== undefined && profile === null) refused.add('profile');
  const isInOrder = !refused.has('order');
  return {
    service: values.service ?? null,
    profile,
    dataFolder: values.data ?? null,
    cacheFolder: values.cache ?? null,
    isHidden,
    links: isInOrder ? links : [],
    files: isInOrder ? files : [],
    refused: [...refused],
  };
};
