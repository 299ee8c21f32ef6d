/** Installers that stand in for the app: they can be run, say their version, and are large enough to be worth a block map. */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmod, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';

/** electron-builder's own, which makes what electron-updater reads. */
const buildBlockMap = (() => {
  const fromBuilder = createRequire(createRequire(import.meta.url).resolve('electron-builder'));
  const module = z
    .object({
      buildBlockMap: z.custom<(...given: readonly unknown[]) => Promise<unknown>>(
        (value) => typeof value === 'function',
      ),
    })
    .parse(fromBuilder('app-builder-lib/out/targets/blockmap/blockmap.js'));
  return async (file: string, format: 'deflate' | 'gzip', out?: string) =>
    z
      .object({ size: z.int(), sha512: z.string(), blockMapSize: z.int().optional() })
      .parse(await module.buildBlockMap(file, format, out));
})();

export interface Installer {
  readonly version: string;
  readonly kind: 'appimage' | 'nsis';
  readonly name: string;
  readonly path: string;
  readonly sizeBytes: number;
  readonly sha512: string;
  /** Of the block map at its end; undefined where that is a file of its own. */
  readonly blockMapSize: number | undefined;
}

const BLOCK_BYTES = 64 * 1024;
const BLOCKS = 40;

/** Bytes that look random and are the same each time. */
const block = (seed: string): Buffer => {
  const key = createHash('sha256').update(seed).digest();
  const parts = Array.from({ length: BLOCK_BYTES / 64 }, (_, place) =>
    createHash('sha512').update(key).update(String(place)).digest(),
  );
  return Buffer.concat(parts);
};

/** From one version to the next a tenth of the blocks change. */
const contents = (version: string): Buffer =>
  Buffer.concat(
    Array.from({ length: BLOCKS }, (_, place) =>
      block(place % 10 === 3 ? `${place} ${version}` : `${place}`),
    ),
  );

/** In lower case, as keys of a store are. */
export const makeInstaller = async (
  folder: string,
  version: string,
  kind: Installer['kind'],
): Promise<Installer> => {
  const name = kind === 'appimage' ? `riffle-${version}.appimage` : `riffle-setup-${version}.exe`;
  const path = join(folder, name);
  await writeFile(path, Buffer.concat([Buffer.from(`#!/bin/sh\nexec echo ${version}\n`), contents(version)]));
  await chmod(path, 0o755);
  const described =
    kind === 'appimage'
      ? await buildBlockMap(path, 'deflate')
      : await buildBlockMap(path, 'gzip', `${path}.blockmap`);
  return {
    version,
    kind,
    name,
    path,
    sizeBytes: described.size,
    sha512: described.sha512,
    blockMapSize: described.blockMapSize,
  };
};

/** Starts the app at a path; gives the version it says it is. Rejects when it does not start, or is not whole. */
export const startApp = async (path: string, whole: readonly Installer[]): Promise<string> => {
  const { stdout } = await promisify(execFile)(path);
  const version = stdout.trim();
  const sha512 = createHash('sha512')
    .update(await readFile(path))
    .digest('base64');
  if (!whole.some((each) => each.version === version && each.sha512 === sha512))
    throw new Error(`what starts as ${version} is no whole version`);
  return version;
};
