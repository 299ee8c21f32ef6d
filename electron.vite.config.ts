/** The desktop app's three bundles. Every package is bundled: the installed app carries no `node_modules`. */
import { resolve } from 'node:path';
import { defineConfig } from 'electron-vite';
import type { Plugin, UserConfig } from 'vite';
import windowConfig from './vite.config.ts';

const here = import.meta.dirname;
/** Electron 45 brings Node 24; electron-vite's own table ends before it. */
const NODE = 'node24.18';

/** electron-vite makes every address relative, which breaks a deep page (`app://riffle/album/…`) on reload. */
const absoluteAddresses: Plugin = { name: 'riffle:absolute-addresses', config: () => ({ base: '/' }) };

const renderer: UserConfig = {
  ...windowConfig,
  plugins: [...(windowConfig.plugins ?? []), absoluteAddresses],
  build: {
    ...windowConfig.build,
    minify: 'oxc',
    rolldownOptions: { input: resolve(here, 'src/renderer/index.html') },
  },
};

/** What the app believes about updates, compiled in (`src/main/update/pinned-keys.ts`): empty where the environment names none. */
const updates = Object.fromEntries(
  ['RIFFLE_UPDATE_URL', 'RIFFLE_UPDATE_KEYS'].map((name) => [name, JSON.stringify(process.env[name] ?? '')]),
);

export default defineConfig({
  main: {
    define: updates,
    build: {
      outDir: resolve(here, 'dist/app/main'),
      target: NODE,
      externalizeDeps: false,
      sourcemap: false,
      rolldownOptions: {
        // Threads are files of their own beside the rest.
        input: {
          index: resolve(here, 'src/main/shells/electron/index.ts'),
          'read-worker': resolve(here, 'src/main/exchange/read-worker.ts'),
        },
        output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      outDir: resolve(here, 'dist/app/preload'),
      target: NODE,
      externalizeDeps: false,
      sourcemap: false,
      rolldownOptions: {
        input: { index: resolve(here, 'src/preload/index.ts') },
        // A sandboxed preload is one CommonJS file.
        output: { format: 'cjs', entryFileNames: 'index.cjs', codeSplitting: false },
      },
    },
  },
  renderer,
});
