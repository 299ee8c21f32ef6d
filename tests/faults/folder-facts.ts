/** What lies in a cache folder, held against what may lie there. */
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { openEntryIndex } from '../../src/main/track-cache/entry-index.ts';
import { noteFromText } from '../../src/main/track-cache/entry-note.ts';
import { recordLog } from '../host/silent-log.ts';

const namesIn = async (folder: string): Promise<readonly string[]> => readdir(folder).catch(() => []);

const troubleWith = async (
  home: string,
  name: string,
  names: ReadonlySet<string>,
): Promise<string | null> => {
  const [sha256 = ''] = /^[0-9a-f]{64}/.exec(name) ?? [];
  const path = join(home, sha256.slice(0, 2));
  if (sha256 === '') return `${name} is nobody's`;
  const end = name.slice(sha256.length);
  if (end === '.json') return names.has(sha256) || names.has(`${sha256}.part`) ? null : `${name} is alone`;
  if (end !== '' && end !== '.part') return `${name} was left over`;
  const note = noteFromText(await readFile(join(path, `${sha256}.json`), 'utf8').catch(() => ''));
  return note?.sha256 === sha256 ? null : `${name} has no note`;
};

/** Whether the index of a cache that is closed says what its folder says. */
const troubleWithIndex = async (home: string, files: readonly string[]): Promise<readonly string[]> => {
  const index = await openEntryIndex(join(home, 'index.sqlite'), recordLog());
  try {
    if (index.loaded === null) return ['the index cannot be read'];
    const listed = index.loaded.map(({ sha256, isWhole }) => (isWhole ? sha256 : `${sha256}.part`));
    const found = files.filter((name) => /^[0-9a-f]{64}(\.part)?$/.test(name));
    return [
      ...listed.filter((name) => !found.includes(name)).map((name) => `${name} is listed and not there`),
      ...found.filter((name) => !listed.includes(name)).map((name) => `${name} is there and not listed`),
    ];
  } finally {
    index.close();
  }
};

const lookThrough = async (
  audioFolder: string,
): Promise<{
  readonly home: string;
  readonly names: readonly string[];
  readonly trouble: readonly string[];
}> => {
  const keys = await namesIn(audioFolder);
  const home = join(audioFolder, keys[0] ?? '');
  if (keys.length !== 1) return { home, names: [], trouble: [`${keys.length} folders of keys`] };
  const trouble: string[] = [];
  const everything: string[] = [];
  for (const parent of await namesIn(home)) {
    if (parent.startsWith('index.sqlite')) continue;
    const names = await namesIn(join(home, parent));
    everything.push(...names);
    for (const name of names) {
      const found = await troubleWith(home, name, new Set(names));
      if (found !== null) trouble.push(found);
    }
  }
  return { home, names: everything, trouble };
};

/** Sentences about files that belong to nothing. */
export const folderTrouble = async (audioFolder: string): Promise<readonly string[]> =>
  (await lookThrough(audioFolder)).trouble;

/** The same, and what the index says of them, for a cache that was looked through and closed. */
export const closedFolderTrouble = async (audioFolder: string): Promise<readonly string[]> => {
  const { home, names, trouble } = await lookThrough(audioFolder);
  return [...trouble, ...(await troubleWithIndex(home, names))];
};

/** What the files below a folder take; holes of a file that is not whole take nothing. */
export const bytesBelow = async (folder: string): Promise<number> => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  let bytes = 0;
  for (const entry of entries) {
    if (!entry.isFile() || entry.name.startsWith('index.sqlite')) continue;
    const facts = await stat(join(entry.parentPath, entry.name)).catch(() => null);
    bytes += facts === null ? 0 : Math.min(facts.size, facts.blocks * 512);
  }
  return bytes;
};
