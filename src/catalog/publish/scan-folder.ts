import type { Dirent } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { compareTexts } from './clean-text.ts';
import { isDiscFolder } from './names-from-path.ts';
import { PublishError, reasonOf } from './publish-error.ts';
import type { FileProblem } from './publish-error.ts';

/** A file that may be audio, and what lies beside it. */
export interface ScannedFile {
  /** Relative to the folder, `/`-separated, NFC: how the catalog names it. */
  readonly path: string;
  /** As the file system names it. */
  readonly absolutePath: string;
  readonly bytes: number;
  readonly modifiedMs: number;
  readonly coverPath: string | null;
  readonly lyricsPath: string | null;
  /** Changes when cover or lyrics beside the file do. */
  readonly sidecars: string;
}

export interface FolderScan {
  /** In the order of their paths. */
  readonly files: readonly ScannedFile[];
  readonly problems: readonly FileProblem[];
}

const AUDIO_EXTENSIONS = new Set(
  ['mp3', 'm4a', 'mp4', 'aac', 'flac', 'ogg', 'oga', 'opus', 'wav', 'aiff', 'aif', 'alac'].map(
    (name) => `.${name}`,
  ),
);
/** Best first. */
const COVER_NAMES = ['cover', 'folder', 'front', 'album', 'albumart'];
const COVER_EXTENSIONS = new Set(['.jpg', '.jpeg', '.png', '.webp']);
const JUNK_FOLDERS = new Set([
  '__macosx',
  '@eadir',
  '$recycle.bin',
  '#recycle',
  'system volume information',
  'lost+found',
]);

interface FolderToRead {
  readonly absolutePath: string;
  readonly path: string;
  /** Cover of the album whose disc this folder holds. */
  readonly albumCover: Sidecar | null;
}

interface Sidecar {
  readonly absolutePath: string;
  readonly fingerprint: string;
}

/**
 * Finds all candidates below a folder. Hidden files and what operating systems leave behind are skipped; links are
 * followed, each real folder is read once, so that links in a circle end.
 *
 * @throws PublishError when the folder itself cannot be read.
 */
export async function scanFolder(root: string, signal: AbortSignal): Promise<FolderScan> {
  await requireFolder(root);
  const files = new Map<string, ScannedFile>();
  const problems: FileProblem[] = [];
  const visited = new Set<string>();
  const folders: FolderToRead[] = [{ absolutePath: root, path: '', albumCover: null }];
  // Linked folders wait, so that what is reachable without links is named without them.
  const linked: FolderToRead[] = [];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop() ?? linked.shift()) {
    signal.throwIfAborted();
    try {
      const real = await realpath(folder.absolutePath);
      if (visited.has(real)) continue;
      visited.add(real);
      const found = await readFolder(folder, problems);
      folders.push(...found.folders.reverse());
      linked.push(...found.linked);
      for (const file of found.files) {
        if (!files.has(file.path)) files.set(file.path, file);
        else
          problems.push({
            path: file.path,
            reason: 'another file has the same name but for its Unicode form',
          });
      }
    } catch (error) {
      problems.push({ path: `${folder.path}/`, reason: reasonOf(error) });
    }
  }
  const ordered = [...files.values()].sort((left, right) => compareTexts(left.path, right.path));
  return { files: ordered, problems };
}

async function requireFolder(root: string): Promise<void> {
  try {
    if (!(await stat(root)).isDirectory()) {
      throw new PublishError(
        'no_such_folder',
        `${root} is a file, not a folder.`,
        'Name the folder that holds the music.',
      );
    }
    await readdir(root);
  } catch (error) {
    if (error instanceof PublishError) throw error;
    throw new PublishError(
      'no_such_folder',
      `The folder ${root} cannot be read: ${reasonOf(error) === SYSTEM_GONE ? 'it is not there' : reasonOf(error)}.`,
      'Check the path and its permissions.',
      { cause: error },
    );
  }
}

const SYSTEM_GONE = 'it disappeared while the folder was read';

interface FolderContent {
  readonly files: readonly ScannedFile[];
  readonly folders: FolderToRead[];
  readonly linked: readonly FolderToRead[];
}

async function readFolder(folder: FolderToRead, problems: FileProblem[]): Promise<FolderContent> {
  const entries = (await readdir(folder.absolutePath, { withFileTypes: true }))
    .filter((entry) => !entry.name.startsWith('.') && !JUNK_FOLDERS.has(entry.name.toLowerCase()))
    .sort((left, right) => compareTexts(left.name, right.name));
  const cover = await findCover(folder, entries);
  const lyrics = new Map(
    entries
      .filter((entry) => extname(entry.name).toLowerCase() === '.lrc')
      .map((entry) => [stemOf(entry.name), entry.name]),
  );
  const content = { files: [] as ScannedFile[], folders: [] as FolderToRead[], linked: [] as FolderToRead[] };
  for (const entry of entries) {
    const absolutePath = join(folder.absolutePath, entry.name);
    const path = (folder.path === '' ? entry.name : `${folder.path}/${entry.name}`).normalize('NFC');
    const isCandidate = AUDIO_EXTENSIONS.has(extname(entry.name).toLowerCase());
    if (!entry.isDirectory() && !entry.isSymbolicLink() && !isCandidate) continue;
    try {
      const facts = await stat(absolutePath);
      if (facts.isDirectory()) {
        const below = { absolutePath, path, albumCover: isDiscFolder(entry.name) ? cover : null };
        (entry.isSymbolicLink() ? content.linked : content.folders).push(below);
      } else if (facts.isFile() && isCandidate) {
        const lyricsName = lyrics.get(stemOf(entry.name));
        const words =
          lyricsName === undefined ? null : await sidecarOf(join(folder.absolutePath, lyricsName));
        content.files.push({
          path,
          absolutePath,
          bytes: facts.size,
          modifiedMs: Math.floor(facts.mtimeMs),
          coverPath: cover?.absolutePath ?? null,
          lyricsPath: words?.absolutePath ?? null,
          sidecars: [cover?.fingerprint ?? '', words?.fingerprint ?? ''].join('|'),
        });
      }
    } catch (error) {
      if (isCandidate || entry.isDirectory()) problems.push({ path, reason: reasonOf(error) });
    }
  }
  return content;
}

async function findCover(folder: FolderToRead, entries: readonly Dirent[]): Promise<Sidecar | null> {
  const pictures = entries
    .filter((entry) => !entry.isDirectory() && COVER_EXTENSIONS.has(extname(entry.name).toLowerCase()))
    .map((entry) => ({ name: entry.name, rank: COVER_NAMES.indexOf(stemOf(entry.name)) }))
    .filter((picture) => picture.rank !== -1)
    .sort((left, right) => left.rank - right.rank);
  const [best] = pictures;
  return best === undefined
    ? folder.albumCover
    : ((await sidecarOf(join(folder.absolutePath, best.name))) ?? folder.albumCover);
}

async function sidecarOf(absolutePath: string): Promise<Sidecar | null> {
  try {
    const facts = await stat(absolutePath);
    const fingerprint = `${basename(absolutePath)}:${facts.size}:${Math.floor(facts.mtimeMs)}`;
    return facts.isFile() ? { absolutePath, fingerprint } : null;
  } catch {
    // A link to nowhere, or gone since the listing: as if it were not there.
    return null;
  }
}

const stemOf = (name: string): string => name.slice(0, name.length - extname(name).length).toLowerCase();
