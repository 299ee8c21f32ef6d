import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Plugin, ResolvedConfig } from 'vite';
import { listFiles } from './asset-list.ts';

/**
 * Writes `renderer-files.json` beside the built renderer: every file the window may ever ask for, known when the app is
 * built. The shells serve from this list, never from a path that came in an address.
 */
export const rendererFiles = (): Plugin => {
  let config: ResolvedConfig;
  return {
    name: 'riffle:renderer-files',
    apply: 'build',
    configResolved(resolved) {
      config = resolved;
    },
    // Vite has copied the public folder by now; `closeBundle` would also run after a failed build, and hide its reason.
    async writeBundle() {
      const folder = config.build.outDir;
      const files = await listFiles(folder);
      await writeFile(join(dirname(folder), 'renderer-files.json'), `${JSON.stringify(files, null, 2)}\n`);
    },
  };
};
