// Draws every icon the installers need from `assets/icons/icon.svg`: PNGs, a Windows .ico and a macOS .icns.
// Run again when the SVG changes: `node scripts/make-icons.mjs`.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';

const folder = join(import.meta.dirname, '..', 'assets', 'icons');
const PNG_SIZES = [16, 24, 32, 48, 64, 128, 256, 512, 1024];
const ICO_SIZES = [16, 24, 32, 48, 64, 128, 256];
// The types that hold a PNG, by Apple's naming: the @2x variants stand beside the plain ones.
const ICNS_TYPES = [
  ['ic11', 32],
  ['ic12', 64],
  ['ic07', 128],
  ['ic13', 256],
  ['ic08', 256],
  ['ic14', 512],
  ['ic09', 512],
  ['ic10', 1024],
];

/** Directory of fixed entries, then the images; a side of 256 is written as 0. */
const toIco = (images) => {
  const headerBytes = 6 + 16 * images.length;
  const header = Buffer.alloc(headerBytes);
  header.writeUInt16LE(1, 2);
  header.writeUInt16LE(images.length, 4);
  let offset = headerBytes;
  images.forEach(({ size, png }, index) => {
    const at = 6 + 16 * index;
    header.writeUInt8(size % 256, at);
    header.writeUInt8(size % 256, at + 1);
    header.writeUInt16LE(1, at + 4);
    header.writeUInt16LE(32, at + 6);
    header.writeUInt32LE(png.length, at + 8);
    header.writeUInt32LE(offset, at + 12);
    offset += png.length;
  });
  return Buffer.concat([header, ...images.map(({ png }) => png)]);
};

/** `icns`, the length of all, then type, length, image for each. */
const toIcns = (images) => {
  const block = (type, content) => {
    const head = Buffer.alloc(8);
    head.write(type, 'ascii');
    head.writeUInt32BE(content.length + 8, 4);
    return Buffer.concat([head, content]);
  };
  return block('icns', Buffer.concat(images.map(({ type, png }) => block(type, png))));
};

const svg = await readFile(join(folder, 'icon.svg'));
const drawn = new Map();
for (const size of PNG_SIZES) {
  const png = await sharp(svg, { density: (72 * size) / 512 })
    .resize(size, size)
    .png({ compressionLevel: 9, palette: size > 256 })
    .toBuffer();
  drawn.set(size, png);
  await writeFile(join(folder, `${size}x${size}.png`), png);
}
await writeFile(join(folder, 'icon.ico'), toIco(ICO_SIZES.map((size) => ({ size, png: drawn.get(size) }))));
await writeFile(
  join(folder, 'icon.icns'),
  toIcns(ICNS_TYPES.map(([type, size]) => ({ type, png: drawn.get(size) }))),
);
