/** Builds and packs the app as a release does, with a stand-in for Electron's own files, which are none of ours. */
import { existsSync, statSync } from 'node:fs';
import { chmod, cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { extractFile } from '@electron/asar';
import { Arch, build as pack, Platform } from 'electron-builder';
import { build as bundle } from 'electron-vite';
import type { Plugin } from 'vite';
import afterPack from '../../scripts/verify-package/after-pack.ts';
import { packedFiles } from '../../scripts/verify-package/packed-contents.ts';
import { listFiles } from '../../src/main/assets/asset-list.ts';

const REPOSITORY = resolve(import.meta.dirname, '../..');

export interface PackagedApp {
  /** Every file in its archive, `/`-separated. */
  readonly files: readonly string[];
  /** Every module the bundler looked at, also where nothing of it was kept. */
  readonly modules: readonly string[];
  /** What lies beside Electron's own files, with its size: the archive, icons, the configuration of updates. */
  readonly added: readonly { readonly path: string; readonly bytes: number }[];
  /** The program, whose fuses were flipped. */
  readonly executable: string;
  /** The archive itself. */
  readonly archive: string;
  /** As it is handed out; null where there is nothing to make it with. */
  readonly zip: string | null;
  read(file: string): Buffer;
  remove(): Promise<void>;
}

/** Things that lie about in a working tree and must stay out. */
const DECOYS = [
  'src/catalog/store/s3-store.ts',
  'src/main/host.ts',
  'dist/catalog/riffle-catalog.js',
  'dist/app/.built-from',
  'dist/app/main/index.js.map',
  'dist/app/main/node_modules/left-pad/index.js',
  'node_modules/@aws-sdk/client-s3/index.js',
  'tests/secret.test.ts',
  '.riffle/store/key',
  '.env',
];

const collectModules = (modules: Set<string>): Plugin => ({
  name: 'collect-modules',
  buildEnd() {
    for (const id of this.getModuleIds()) modules.add(id);
  },
});

const buildInto = async (outDir: string): Promise<readonly string[]> => {
  const modules = new Set<string>();
  await bundle({
    root: REPOSITORY,
    configFile: join(REPOSITORY, 'electron.vite.config.ts'),
    logLevel: 'error',
    build: { outDir },
    plugins: [collectModules(modules)],
  });
  return Array.from(modules, (id) => id.replaceAll('\\', '/'));
};

/** Electron's own files, which a release takes from Electron. */
const STAND_IN = ['riffle', 'LICENSE', 'version', 'locales/de.pak', 'locales/en-US.pak', 'locales/fr.pak'];
/**
 * Where Electron keeps its fuses, in a program that is nothing else: after this text version and count, then a digit for each, all of
 * them as Electron ships them or worse.
 */
export const PROGRAM_WITH_FUSES = Buffer.concat([
  Buffer.alloc(1_000),
  Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'),
  Buffer.from([1, 8]),
  Buffer.from('10110001'),
  Buffer.alloc(1_000),
]);

/** Of Debian's p7zip-full, in place of the one that electron-builder fetches. */
export const SEVEN_ZIP = '/usr/bin/7za';
export const hasSevenZip = existsSync(SEVEN_ZIP);

const makeStandIn = async (electronDist: string): Promise<void> => {
  for (const name of STAND_IN) {
    const path = join(electronDist, name === 'riffle' ? 'electron' : name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, name === 'riffle' ? PROGRAM_WITH_FUSES : name);
    await chmod(path, 0o755);
  }
};

export const packageApp = async (): Promise<PackagedApp> => {
  const project = await mkdtemp(join(tmpdir(), 'riffle-packaging-'));
  const modules = await buildInto(join(project, 'dist', 'app'));
  for (const name of ['package.json', 'electron-builder.yml', 'assets/icons', 'assets/install']) {
    await cp(join(REPOSITORY, name), join(project, name), { recursive: true });
  }
  for (const name of DECOYS) {
    await mkdir(join(project, name, '..'), { recursive: true });
    await writeFile(join(project, name), 'must not be packed');
  }
  const electronDist = join(project, 'electron-dist');
  await makeStandIn(electronDist);
  if (hasSevenZip) process.env['ELECTRON_BUILDER_7ZIP_PATH'] = SEVEN_ZIP;
  const made = await pack({
    projectDir: project,
    targets: Platform.LINUX.createTarget(hasSevenZip ? 'zip' : 'dir', Arch.x64),
    publish: 'never',
    config: {
      extends: join(project, 'electron-builder.yml'),
      electronDist,
      electronVersion: '45.4.1',
      afterPack,
    },
  });
  const unpacked = join(project, 'release', 'linux-unpacked');
  const archive = join(unpacked, 'resources', 'app.asar');
  const everything = await listFiles(unpacked);
  const added = everything
    .filter((path) => !STAND_IN.includes(path.replace('.electron.txt', '')))
    .map((path) => ({ path, bytes: statSync(join(unpacked, path)).size }));
  return {
    files: packedFiles(archive).map(({ path }) => path),
    modules,
    added,
    executable: join(unpacked, 'riffle'),
    archive,
    zip: made.find((path) => path.endsWith('.zip')) ?? null,
    read: (file) => extractFile(archive, file),
    remove: () => rm(project, { recursive: true, force: true }),
  };
};
