import type { FileHandle } from 'node:fs/promises';
import { readAt } from './audio-content.ts';

export interface FlacStream {
  readonly frameSamples: number;
  readonly sampleRateHz: number;
  /** Of the first frame. */
  readonly firstByte: number;
  readonly leastFrameBytes: number;
}

const STREAMINFO_END = 4 + 4 + 34;
/** Header, one constant subframe and the check at the end: less is no frame. */
const LEAST_FRAME_BYTES = 10;
/** More metadata blocks than this before the sound are no flac. */
const MOST_BLOCKS = 1024;

/** From STREAMINFO and the metadata behind it (RFC 9639, 8); null where the block size varies, or the stream does not say. */
export const readFlacStream = async (file: FileHandle, offset: number): Promise<FlacStream | null> => {
  const head = await readAt(file, offset, STREAMINFO_END);
  if (head.length < STREAMINFO_END) return null;
  const leastSamples = head.readUInt16BE(8);
  const frameSamples = head.readUInt16BE(10);
  const sampleRateHz = head.readUIntBE(18, 3) >> 4;
  if (leastSamples !== frameSamples || frameSamples === 0 || sampleRateHz === 0) return null;
  let position = offset + 4;
  for (let block = 0; block < MOST_BLOCKS; block += 1) {
    const blockHead = await readAt(file, position, 4);
    if (blockHead.length < 4) return null;
    position += 4 + blockHead.readUIntBE(1, 3);
    if ((blockHead.readUInt8(0) & 0x80) === 0) continue;
    const leastFrameBytes = Math.max(LEAST_FRAME_BYTES, head.readUIntBE(12, 3));
    return { frameSamples, sampleRateHz, firstByte: position, leastFrameBytes };
  }
  return null;
};

/** CRC-8 with the polynomial x⁸ + x² + x + 1 (RFC 9639, 9.1.8), a byte at a time. */
const CRC_8 = Uint8Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit += 1) crc = (crc << 1) ^ (crc & 0x80 ? 0x07 : 0);
  return crc;
});

/** Bytes behind the coded number, by the codes of block size and sample rate (RFC 9639, 9.1.6 and 9.1.7). */
const BLOCK_SIZE_BYTES: Readonly<Record<number, number>> = { 6: 1, 7: 2 };
const SAMPLE_RATE_BYTES: Readonly<Record<number, number>> = { 12: 1, 13: 2, 14: 2 };

/** A coded number (RFC 9639, 9.1.5: as UTF-8 codes characters, up to 31 bits); null when it is none. */
const codedNumber = (
  bytes: Buffer,
  index: number,
): { readonly value: number; readonly end: number } | null => {
  const lead = bytes[index] ?? 0xff;
  if (lead < 0x80) return { value: lead, end: index + 1 };
  const length = Math.clz32(~(lead << 24) >>> 0);
  if (length < 2 || length > 6 || index + length > bytes.length) return null;
  let value = lead & (0x7f >> length);
  for (let place = 1; place < length; place += 1)
    value = value * 64 + (bytes.readUInt8(index + place) & 0x3f);
  return { value, end: index + length };
};

/**
 * Whether a frame of fixed block size begins here and is this one: by its sync code, its number and the check over its header,
 * which together no chance bytes have.
 */
export const flacFrameBegins = (bytes: Buffer, index: number, frame: number): boolean => {
  if (bytes[index] !== 0xff || bytes[index + 1] !== 0xf8) return false;
  const codes = bytes[index + 2] ?? 0;
  const number = codedNumber(bytes, index + 4);
  if (number?.value !== frame) return false;
  const end = number.end + (BLOCK_SIZE_BYTES[codes >> 4] ?? 0) + (SAMPLE_RATE_BYTES[codes & 15] ?? 0);
  if (end >= bytes.length) return false;
  let crc = 0;
  for (let place = index; place < end; place += 1) crc = CRC_8[crc ^ bytes.readUInt8(place)] ?? 0;
  return crc === bytes[end];
};
