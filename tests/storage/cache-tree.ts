import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

export type Tree = ReadonlyMap<string, string>;

const hashOf = (content: Uint8Array): string => createHash('sha256').update(content).digest('hex');

/** Every file below a folder by its path, as a hash of its content; empty for a folder that is not there. */
export const readTree = async (folder: string): Promise<Tree> => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const tree = new Map<string, string>();
  for (const entry of entries.filter((entry) => entry.isFile())) {
    const path = join(entry.parentPath, entry.name);
    tree.set(path.slice(folder.length + 1), hashOf(await readFile(path)));
  }
  return tree;
};

const contentOf = (seed: number, bytes: number): Uint8Array =>
  Uint8Array.from({ length: bytes }, (_, at) => (at * seed + (at >> 7)) & 255);

/** A cache as it lies on the disk: audio and artwork in folders of two letters, some of it in parts, some empty. */
export const writeCache = async (folder: string, tracks = 16): Promise<Tree> => {
  for (let count = 0; count < tracks; count += 1) {
    const two = count.toString(16).padStart(2, '0');
    const files: readonly (readonly [string, number])[] = [
      [`audio/${two}/${two}track.audio`, 20_000 + 7_919 * count],
      [`audio/${two}/${two}track.json`, 200],
      [`artwork/${two}/${two}cover-256.webp`, count === 3 ? 0 : 3_000],
    ];
    for (const [path, bytes] of files) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), contentOf(count + bytes, bytes));
    }
  }
  return readTree(folder);
};
