import { readdir, readFile, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import type { IAudioMetadata } from 'music-metadata';
import { parseFile } from 'music-metadata';

export const DEMO_LIBRARY = join(import.meta.dirname, '../../assets/demo-library');

const AUDIO = /\.(opus|ogg|mp3|m4a|aac|flac|wav)$/;

export interface LibraryFile {
  /** Relative to the library, with `/` between its parts. */
  readonly path: string;
  readonly bytes: number;
}

export interface LibraryTrack extends LibraryFile {
  readonly extension: string;
  readonly metadata: IAudioMetadata;
}

export async function libraryFiles(): Promise<readonly LibraryFile[]> {
  const entries = await readdir(DEMO_LIBRARY, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return Promise.all(
    files.map(async (entry) => {
      const file = join(entry.parentPath, entry.name);
      const path = file
        .slice(DEMO_LIBRARY.length + 1)
        .split(sep)
        .join('/');
      return { path, bytes: (await stat(file)).size };
    }),
  );
}

export async function libraryTracks(): Promise<readonly LibraryTrack[]> {
  const audio = (await libraryFiles()).filter((file) => AUDIO.test(file.path));
  return Promise.all(
    audio.map(async (file) => ({
      ...file,
      extension: file.path.slice(file.path.lastIndexOf('.') + 1),
      metadata: await parseFile(join(DEMO_LIBRARY, file.path), { duration: true }),
    })),
  );
}

export async function libraryText(path: string): Promise<string> {
  return readFile(join(DEMO_LIBRARY, path), 'utf8');
}
