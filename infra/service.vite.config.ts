import { defineConfig } from 'vite';

/** The service for a container: everything in a few files but what is native, so that the image holds no package it does not run. */
export default defineConfig({
  publicDir: false,
  ssr: { noExternal: true, external: ['better-sqlite3', 'sharp'] },
  build: {
    ssr: true,
    target: 'node24',
    outDir: 'dist/service',
    emptyOutDir: true,
    rolldownOptions: {
      input: { 'riffle-catalog': 'src/catalog/cli.ts', 'index-worker': 'src/catalog/index/index-worker.ts' },
      output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
    },
  },
});
