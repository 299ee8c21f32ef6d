/** Builds and packs the app as a release does, with a stand-in for Electron's own files, which are none of ours. */
import { readFileSync } from 'node:fs';
import { chmod, cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Arch, build as pack, Platform } from 'electron-builder';
import { build as bundle } from 'electron-vite';
import type { Plugin } from 'vite';
import { listFiles } from '../../src/main/assets/asset-list.ts';

const REPOSITORY = resolve(import.meta.dirname, '../..');

export interface PackagedApp {
  /** Every file in it, `/`-separated. */
  readonly files: readonly string[];
  /** Every module the bundler looked at, also where nothing of it was kept. */
  readonly modules: readonly string[];
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

export const packageApp = async (): Promise<PackagedApp> => {
  const project = await mkdtemp(join(tmpdir(), 'riffle-packaging-'));
  const modules = await buildInto(join(project, 'dist', 'app'));
  for (const name of ['package.json', 'electron-builder.yml', 'assets/icons']) {
    await cp(join(REPOSITORY, name), join(project, name), { recursive: true });
  }
  for (const name of DECOYS) {
    await mkdir(join(project, name, '..'), { recursive: true });
    await writeFile(join(project, name), 'must not be packed');
  }
  const electronDist = join(project, 'electron-dist');
  await mkdir(join(electronDist, 'resources'), { recursive: true });
  for (const name of ['electron', 'LICENSE', 'version']) {
    await writeFile(join(electronDist, name), '');
    await chmod(join(electronDist, name), 0o755);
  }
  await pack({
    projectDir: project,
    targets: Platform.LINUX.createTarget('dir', Arch.x64),
    publish: 'never',
    config: {
      extends: join(project, 'electron-builder.yml'),
      electronDist,
      electronVersion: '45.4.1',
      // Fuses are flipped inside Electron's real executable, which is not here.
      electronFuses: null,
      // The same files in the same places, as a folder that can be looked into.
      asar: false,
    },
  });
  const packed = join(project, 'release', 'linux-unpacked', 'resources', 'app');
  return {
    files: await listFiles(packed),
    modules,
    read: (file) => readFileSync(join(packed, file)),
    remove: () => rm(project, { recursive: true, force: true }),
  };
};
