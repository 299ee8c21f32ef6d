import { crc32, deflateSync } from 'node:zlib';

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** Length, type, data, checksum over type and data (PNG, third edition, 5.3). */
const chunk = (type: string, data: Buffer): Buffer => {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const whole = Buffer.alloc(body.length + 8);
  whole.writeUInt32BE(data.length, 0);
  body.copy(whole, 4);
  whole.writeUInt32BE(crc32(body), body.length + 4);
  return whole;
};

/** A square picture in one grey with transparency of its own for each pixel: PNG, 8 bits of grey and alpha. */
export const encodePng = (picture: {
  readonly sizePx: number;
  readonly grey: number;
  /** Row by row, 0 to 255. */
  readonly alpha: Uint8Array;
}): Buffer => {
  const { sizePx, grey, alpha } = picture;
  const header = Buffer.alloc(13);
  header.writeUInt32BE(sizePx, 0);
  header.writeUInt32BE(sizePx, 4);
  // 8 bits, grey with alpha, deflate, no filter to choose from, not interlaced.
  header.set([8, 4, 0, 0, 0], 8);
  const rowLength = 1 + sizePx * 2;
  const rows = Buffer.alloc(rowLength * sizePx);
  for (const [pixel, value] of alpha.entries()) {
    const at = Math.floor(pixel / sizePx) * rowLength + 1 + (pixel % sizePx) * 2;
    rows.set([grey, value], at);
  }
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
};
