import { defineConfig } from 'vite';

/** The operator's command line as one folder of plain JavaScript; packages stay outside and come by npm. */
export default defineConfig({
  publicDir: false,
  ssr: { external: true },
  build: {
    ssr: true,
    target: 'node24',
    outDir: 'dist/catalog',
    emptyOutDir: true,
    rolldownOptions: {
      // The index is built in a worker, which is a file of its own beside the command line.
      input: { 'riffle-catalog': 'src/catalog/cli.ts', 'index-worker': 'src/catalog/index/index-worker.ts' },
      output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
    },
  },
});
