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
      input: { 'riffle-catalog': 'src/catalog/cli.ts' },
      output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
    },
  },
});
