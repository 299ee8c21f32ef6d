import { spawn } from 'node:child_process';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createLibraryReplay } from '../../src/catalog/publish/library-state.ts';
import type { LibraryState } from '../../src/catalog/publish/library-state.ts';
import { createCatalogLog } from '../../src/catalog/publish/catalog-log.ts';
import { ARTWORK_SIZES } from '../../src/contract/catalog-http.ts';
import { artworkKey } from '../../src/catalog/segments/keys.ts';
import type { ObjectStore } from '../../src/catalog/store/object-store.ts';
import { TONE_FOLDER } from '../fixtures/tones.ts';

const ENTRY = fileURLToPath(new URL('publisher-process.ts', import.meta.url));

export interface ProcessOutcome {
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the publish command as a process; `fault` is `SIGNAL:operation`. */
export function runPublisher(
  parameters: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<ProcessOutcome> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [ENTRY, ...parameters], {
      env: { ...process.env, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.on('error', reject);
    child.on('close', (exitCode, signal) => resolve({ exitCode, signal, stdout, stderr }));
  });
}

export const toneFile = (name: string): string => fileURLToPath(new URL(name, TONE_FOLDER));

/** A folder that holds copies of tone files: `{ 'Album/01.mp3': 'tone-440.mp3' }`. */
export async function musicFolder(root: string, files: Readonly<Record<string, string>>): Promise<string> {
  for (const [path, tone] of Object.entries(files))
    await cp(toneFile(tone), join(root, path), { recursive: true });
  return root;
}

export async function temporaryFolder(): Promise<AsyncDisposable & { readonly path: string }> {
  const path = await mkdtemp(join(tmpdir(), 'riffle-publish-test-'));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}

/** The whole catalog as a service would read it, of all libraries. */
export async function readCatalog(store: ObjectStore): Promise<LibraryState & { readonly revision: number }> {
  const log = createCatalogLog(store);
  const manifest = await log.latest();
  const replay = createLibraryReplay();
  for (const segment of manifest?.segments ?? []) {
    for await (const record of log.read(segment)) replay.apply(record);
  }
  return { ...replay.state, revision: manifest?.revision ?? 0 };
}

/** Keys that the catalog names and the store does not have: none, if every track is playable. */
export async function missingObjects(store: ObjectStore): Promise<readonly string[]> {
  const catalog = await readCatalog(store);
  const tracks = [...catalog.tracks.values()];
  const keys = tracks.flatMap((track) => [
    ...track.media.map((media) => media.key),
    ...(track.detailsKey === null ? [] : [track.detailsKey]),
    ...(track.artwork === null ? [] : ARTWORK_SIZES.map((size) => artworkKey(track.artwork?.id ?? '', size))),
  ]);
  const checked = await Promise.all(
    [...new Set(keys)].map(async (key) => ((await store.head(key)) === null ? [key] : [])),
  );
  const orphans = tracks
    .filter((track) => !catalog.albums.has(track.album.id))
    .map((track) => track.album.id);
  return [...checked.flat(), ...orphans];
}
