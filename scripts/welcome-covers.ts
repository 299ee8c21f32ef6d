/**
 * Paints the covers of the welcome page, which are those of the demo library, small enough to travel with the window:
 * `node scripts/welcome-covers.ts`. Needs Chromium. Run again when a cover changes.
 */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { COVERS, type CoverName } from './demo-library/covers/covers.ts';
import { paintCovers } from './demo-library/covers/paint.ts';

const folder = join(import.meta.dirname, '../src/renderer/session/covers');
/** A column of the welcome page is some 290 CSS pixels wide at the reference size. */
const SIDE_PX = 320;

await mkdir(folder, { recursive: true });
const painted = await paintCovers(Object.keys(COVERS) as CoverName[]);
for (const [name, png] of painted) {
  const { size } = await sharp(png)
    .resize(SIDE_PX)
    .webp({ quality: 68, effort: 6 })
    .toFile(join(folder, `${name}.webp`));
  process.stdout.write(`${name} ${size}\n`);
}
