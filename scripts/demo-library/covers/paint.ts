import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { chromium } from '@playwright/test';
import sharp from 'sharp';
import type { CoverKind, CoverName } from './covers.ts';
import { COVERS } from './covers.ts';
import { SIDE } from './shapes.ts';

const MAXIMUM_BYTES = 60_000;

/**
 * Paints in Chromium, because librsvg can neither read WOFF2 nor set a variable font to a width; yields each drawing (the
 * inside of an SVG of `SIDE` by `SIDE`) as PNG in full size. Throws when there is no Chromium: `RIFFLE_CHROMIUM` names one.
 */
export async function paint<Name extends string>(
  drawings: ReadonlyMap<Name, () => string>,
): Promise<ReadonlyMap<Name, Buffer>> {
  const fonts = await fontFaces();
  const browser = await chromium.launch({
    executablePath: process.env['RIFFLE_CHROMIUM'] ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--force-color-profile=srgb'],
  });
  try {
    const page = await browser.newPage({ viewport: { width: SIDE, height: SIDE } });
    const painted = new Map<Name, Buffer>();
    for (const [name, draw] of drawings) {
      await page.setContent(
        `<style>${fonts}body{margin:0}svg{display:block}</style>` +
          `<svg xmlns="http://www.w3.org/2000/svg" width="${SIDE}" height="${SIDE}">${draw()}</svg>`,
      );
      await page.evaluate(() => document.fonts.ready);
      painted.set(name, await page.screenshot({ type: 'png' }));
    }
    return painted;
  } finally {
    await browser.close();
  }
}

/** Paints covers by their names. */
export function paintCovers(names: readonly CoverName[]): Promise<ReadonlyMap<CoverName, Buffer>> {
  return paint(new Map(names.map((name) => [name, COVERS[name].draw])));
}

async function fontFaces(): Promise<string> {
  const require = createRequire(import.meta.url);
  const face = async (subset: string, range: string): Promise<string> => {
    const file = require.resolve(
      `@fontsource-variable/archivo/files/archivo-${subset}-standard-normal.woff2`,
    );
    const data = (await readFile(file)).toString('base64');
    return (
      '@font-face{font-family:Archivo;font-weight:100 900;font-stretch:62% 125%;' +
      `src:url(data:font/woff2;base64,${data}) format("woff2");unicode-range:${range}}`
    );
  };
  const faces = await Promise.all([
    face('latin', 'U+0000-00FF,U+2000-206F'),
    face('latin-ext', 'U+0100-024F'),
  ]);
  return faces.join('');
}

/** A picture for the album folder, at the best quality that stays within 60 kB. */
export async function compress(png: Buffer, kind: CoverKind): Promise<Buffer> {
  const image = sharp(png);
  const attempts = {
    jpg: [88, 80, 72, 64, 56, 48, 42].map((quality) => image.clone().jpeg({ quality, mozjpeg: true })),
    webp: [88, 80, 72, 64, 56, 48, 42].map((quality) => image.clone().webp({ quality, effort: 6 })),
    png: [128, 64, 32, 16].map((colours) => image.clone().png({ palette: true, effort: 10, colours })),
  };
  for (const attempt of attempts[kind]) {
    const data = await attempt.toBuffer();
    if (data.length <= MAXIMUM_BYTES) return data;
  }
  throw new Error(`A cover does not fit into ${MAXIMUM_BYTES} bytes as ${kind}`);
}
