/** Ogg page header up to its segment table (RFC 3533, section 6). */
const HEADER_BYTES = 27;
const CHECKSUM_AT = 22;
const SEGMENT_COUNT_AT = 26;

/**
 * Writes the comments of an Ogg Opus file anew (RFC 7845, section 5.2). ffmpeg can give a key only once; a
 * track by two artists wants it twice. The comments must fit into the one page they have: 65,025 bytes.
 */
export function withOpusComments(
  file: Buffer,
  comments: readonly (readonly [name: string, value: string])[],
): Buffer {
  const start = pageLength(file, 0);
  const end = start + pageLength(file, start);
  const header = Buffer.from(file.subarray(start, start + HEADER_BYTES));
  const packet = opusTags(comments);
  const lacing = Buffer.alloc(Math.floor(packet.length / 255) + 1, 255);
  if (lacing.length > 255) throw new Error('The comments do not fit into one Ogg page');
  lacing[lacing.length - 1] = packet.length % 255;
  header.writeUInt8(lacing.length, SEGMENT_COUNT_AT);
  header.writeUInt32LE(0, CHECKSUM_AT);
  const page = Buffer.concat([header, lacing, packet]);
  page.writeUInt32LE(checksum(page), CHECKSUM_AT);
  return Buffer.concat([file.subarray(0, start), page, file.subarray(end)]);
}

function pageLength(file: Buffer, start: number): number {
  if (file.toString('latin1', start, start + 4) !== 'OggS') throw new Error('Not an Ogg page');
  const segments = file.readUInt8(start + SEGMENT_COUNT_AT);
  const table = file.subarray(start + HEADER_BYTES, start + HEADER_BYTES + segments);
  return HEADER_BYTES + segments + table.reduce((sum, bytes) => sum + bytes, 0);
}

function opusTags(comments: readonly (readonly [string, string])[]): Buffer {
  const text = (value: string): Buffer => {
    const bytes = Buffer.from(value, 'utf8');
    const length = Buffer.alloc(4);
    length.writeUInt32LE(bytes.length);
    return Buffer.concat([length, bytes]);
  };
  const count = Buffer.alloc(4);
  count.writeUInt32LE(comments.length);
  return Buffer.concat([
    Buffer.from('OpusTags', 'latin1'),
    text('Riffle demo library'),
    count,
    ...comments.map(([name, value]) => text(`${name}=${value}`)),
  ]);
}

/** CRC-32 of Ogg: polynomial 0x04c11db7, not reflected, start and end at zero. */
function checksum(page: Buffer): number {
  let value = 0;
  for (const byte of page) {
    value ^= byte << 24;
    for (let bit = 0; bit < 8; bit++) value = value & 0x80000000 ? (value << 1) ^ 0x04c11db7 : value << 1;
  }
  return value >>> 0;
}
