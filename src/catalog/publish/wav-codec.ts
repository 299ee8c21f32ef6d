import type { FileHandle } from 'node:fs/promises';
import { readAt } from './audio-content.ts';

/** Uncompressed samples, which every player takes. */
export type WavCodec = 'integer' | 'float';

/** Of the `fmt ` chunk: WAVE_FORMAT_PCM, WAVE_FORMAT_IEEE_FLOAT, WAVE_FORMAT_EXTENSIBLE (mmreg.h). */
const PCM = 1;
const FLOAT = 3;
const EXTENSIBLE = 0xfffe;
/** In an extensible format the real tag is the first two bytes of the GUID behind the base fields. */
const SUBFORMAT_OFFSET = 24;
/** More chunks than this before `fmt ` are no wav. */
const MOST_CHUNKS = 64;

/** What the samples of a wav are; null for anything compressed. */
export async function readWavCodec(file: FileHandle): Promise<WavCodec | null> {
  let position = 12;
  for (let chunk = 0; chunk < MOST_CHUNKS; chunk += 1) {
    const head = await readAt(file, position, 8 + SUBFORMAT_OFFSET + 2);
    if (head.length < 8 + 16) return null;
    const bytes = head.readUInt32LE(4);
    if (head.toString('latin1', 0, 4) === 'fmt ') return codecOfTag(head.subarray(8), bytes);
    position += 8 + bytes + (bytes % 2);
  }
  return null;
}

function codecOfTag(format: Buffer, bytes: number): WavCodec | null {
  const tag = format.readUInt16LE(0);
  const isExtended =
    tag === EXTENSIBLE && bytes >= SUBFORMAT_OFFSET + 2 && format.length >= SUBFORMAT_OFFSET + 2;
  const real = isExtended ? format.readUInt16LE(SUBFORMAT_OFFSET) : tag;
  return real === PCM ? 'integer' : real === FLOAT ? 'float' : null;
}
