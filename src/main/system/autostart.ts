import { mkdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { storageFailure } from '../storage/storage-error.ts';
import { writeFileDurably } from '../storage/durable-file.ts';

/** As one argument of a command line (Desktop Entry Specification 1.5, "The Exec key"). */
const quoted = (argument: string): string =>
  `"${argument.replaceAll('%', '%%').replaceAll(/["`$\\]/g, (sign) => `\\${sign}`)}"`;
/** Then the whole value is a string of the file, in which a backslash is two. */
const escaped = (value: string): string => value.replaceAll('\\', '\\\\').replaceAll('\n', '\\n');

/** What a Linux desktop starts at login (Desktop Application Autostart Specification 0.5). */
export const autostartEntry = (name: string, command: readonly string[]): string =>
  [
    '[Desktop Entry]',
    'Type=Application',
    `Name=${escaped(name)}`,
    `Exec=${escaped(command.map(quoted).join(' '))}`,
    'X-GNOME-Autostart-enabled=true',
    '',
  ].join('\n');

/** Where that entry lies for one profile. */
export const autostartFile = (configFolder: string, profile: string | null): string =>
  join(configFolder, 'autostart', profile === null ? 'riffle.desktop' : `riffle-${profile}.desktop`);

/** Writes the entry, or removes it. Rejects with `storage_failed`. */
export const setAutostart = async (file: string, entry: string | null): Promise<void> => {
  try {
    if (entry === null) await rm(file, { force: true });
    else {
      await mkdir(dirname(file), { recursive: true });
      await writeFileDurably(file, entry);
    }
  } catch (error) {
    throw storageFailure(`cannot change ${file}`, error);
  }
};
