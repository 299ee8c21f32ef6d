/** The window: what a browser or Electron's renderer loads. Plain `vite` serves it without a host, for work on looks. */
import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { rendererFiles } from './src/main/assets/renderer-files-plugin.ts';

const here = import.meta.dirname;

export default defineConfig({
  root: resolve(here, 'src/renderer'),
  base: '/',
  plugins: [react(), rendererFiles()],
  worker: { format: 'es' },
  build: {
    outDir: resolve(here, 'dist/app/renderer'),
    emptyOutDir: true,
    target: 'chrome140',
    sourcemap: false,
    assetsInlineLimit: 0,
    // The preload polyfill is an inline script, which the content security policy forbids and Chromium does not need.
    modulePreload: { polyfill: false },
  },
  server: { host: '127.0.0.1' },
});
