import type { FileHandle } from 'node:fs/promises';

/** What a file's first bytes say it is; its extension only made it a candidate. */
export type ContainerKind = 'mp3' | 'adts' | 'mp4' | 'flac' | 'ogg' | 'wav' | 'aiff';

export const MIME_OF_CONTAINER: Readonly<Record<ContainerKind, string>> = {
  mp3: 'audio/mpeg',
  adts: 'audio/aac',
  mp4: 'audio/mp4',
  flac: 'audio/flac',
  ogg: 'audio/ogg',
  wav: 'audio/wav',
  aiff: 'audio/aiff',
};

export interface AudioContent {
  readonly container: ContainerKind;
  /** Where the audio starts, after a leading ID3v2 tag. */
  readonly audioOffset: number;
}

/** The length of the sound to the sample, and what of the encoded samples is not part of it. */
export interface ExactLength {
  readonly lengthSamples: number;
  readonly sampleRateHz: number;
  /**
   * Samples that the encoder put before and after the sound, as the file states them: the LAME tag of an mp3 (a decoder
   * adds 529 of its own), the edit list or iTunSMPB of an mp4, the pre-skip of opus. Zero where the format has none.
   */
  readonly delaySamples: number | null;
  readonly paddingSamples: number | null;
  /** Channels, where this reader knows better than the tag reader. */
  readonly channels?: number;
}

/** Two frames of the highest bitrate fit. */
const USUAL_BYTES = 4096;
/** An mp3 may start with this much padding or damage before its first frame. */
const SEARCH_BYTES = 64 * 1024;

/** Reads `length` bytes at `position`, fewer at the end of the file. */
export async function readAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const buffer = Buffer.allocUnsafe(length);
  const { bytesRead } = await file.read(buffer, 0, length, position);
  return buffer.subarray(0, bytesRead);
}

/** Recognises audio by its content; null when it is none of the kinds that are published. */
export async function recogniseAudio(file: FileHandle): Promise<AudioContent | null> {
  const start = await readAt(file, 0, 16);
  const audioOffset = id3v2Length(start);
  const head = audioOffset === 0 ? start : await readAt(file, audioOffset, 16);
  const text = head.toString('latin1');
  if (text.startsWith('fLaC')) return { container: 'flac', audioOffset };
  if (text.startsWith('OggS')) return { container: 'ogg', audioOffset };
  if (/^(?:RIFF|RF64)....WAVE/s.test(text)) return { container: 'wav', audioOffset };
  if (/^FORM....AIF[FC]/s.test(text)) return { container: 'aiff', audioOffset };
  if (text.slice(4, 8) === 'ftyp') return { container: 'mp4', audioOffset };
  return (
    recogniseFrames(await readAt(file, audioOffset, USUAL_BYTES), audioOffset) ??
    recogniseFrames(await readAt(file, audioOffset, SEARCH_BYTES), audioOffset)
  );
}

/** ID3v2.4, 3.1: ten bytes of header with a synchsafe size, and ten more when it has a footer. */
function id3v2Length(head: Buffer): number {
  if (head.length < 10 || head.toString('latin1', 0, 3) !== 'ID3') return 0;
  const size = [6, 7, 8, 9].reduce((sum, index) => sum * 128 + (head.readUInt8(index) & 0x7f), 0);
  return 10 + size + ((head.readUInt8(5) & 0x10) === 0 ? 0 : 10);
}

/** Two frames in a row: one sync word alone is found in any text of bytes. */
function recogniseFrames(bytes: Buffer, audioOffset: number): AudioContent | null {
  for (let index = 0; index + 7 <= bytes.length; index += 1) {
    if (bytes[index] !== 0xff) continue;
    const adtsLength = adtsFrameLength(bytes, index);
    if (adtsLength !== null && adtsFrameLength(bytes, index + adtsLength) !== null) {
      return { container: 'adts', audioOffset: audioOffset + index };
    }
    const frame = mpegFrameAt(bytes, index);
    if (frame !== null && mpegFrameAt(bytes, index + frame.bytes)?.sampleRateHz === frame.sampleRateHz) {
      return { container: 'mp3', audioOffset: audioOffset + index };
    }
  }
  return null;
}

/** Length of an ADTS frame with its header (ISO 13818-7, 6.2), or null. */
export function adtsFrameLength(bytes: Buffer, index: number): number | null {
  if (index + 7 > bytes.length || bytes[index] !== 0xff || (bytes.readUInt8(index + 1) & 0xf6) !== 0xf0)
    return null;
  if (((bytes.readUInt8(index + 2) >> 2) & 15) > 12) return null;
  const length = (bytes.readUIntBE(index + 3, 3) >> 5) & 0x1fff;
  return length > 7 ? length : null;
}

const ADTS_RATES_HZ = [
  96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8000, 7350,
];

/** The rate that the ADTS frame at an index says, or null where there is none. */
export function adtsRateHz(bytes: Buffer, index: number): number | null {
  if (adtsFrameLength(bytes, index) === null) return null;
  return ADTS_RATES_HZ[(bytes.readUInt8(index + 2) >> 2) & 15] ?? null;
}

export interface MpegFrame {
  readonly bytes: number;
  readonly samples: number;
  readonly sampleRateHz: number;
  readonly isMpeg1: boolean;
  readonly isMono: boolean;
}

const LAYER3_KBPS_MPEG1 = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];
const LAYER3_KBPS_MPEG2 = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];
const MPEG1_RATES_HZ = [44_100, 48_000, 32_000];

/** The MPEG layer 3 frame header at an index (ISO 11172-3, 2.4.1.3), or null. Free-format streams are not taken. */
export function mpegFrameAt(bytes: Buffer, index: number): MpegFrame | null {
  if (index + 4 > bytes.length) return null;
  const header = bytes.readUInt32BE(index);
  if (header >>> 21 !== 0x7ff) return null;
  const version = (header >>> 19) & 3;
  const layer = (header >>> 17) & 3;
  const bitrateIndex = (header >>> 12) & 15;
  const rateIndex = (header >>> 10) & 3;
  if (version === 1 || layer !== 1) return null;
  const isMpeg1 = version === 3;
  const kbps = (isMpeg1 ? LAYER3_KBPS_MPEG1 : LAYER3_KBPS_MPEG2)[bitrateIndex];
  const baseRate = MPEG1_RATES_HZ[rateIndex];
  if (kbps === undefined || kbps === 0 || baseRate === undefined) return null;
  const sampleRateHz = isMpeg1 ? baseRate : version === 2 ? baseRate / 2 : baseRate / 4;
  const padding = (header >>> 9) & 1;
  const bytesLong = Math.floor(((isMpeg1 ? 144_000 : 72_000) * kbps) / sampleRateHz) + padding;
  return {
    bytes: bytesLong,
    samples: isMpeg1 ? 1152 : 576,
    sampleRateHz,
    isMpeg1,
    isMono: ((header >>> 6) & 3) === 3,
  };
}

/** Where a frame holds the encoder's notes, if it does: behind its header and side information. */
export const infoOffsetOf = ({ isMpeg1, isMono }: MpegFrame): number =>
  4 + (isMpeg1 ? (isMono ? 17 : 32) : isMono ? 9 : 17);

/** A frame that holds the encoder's notes (Xing/Info header) in place of sound. */
export function isInfoFrame(bytes: Buffer, index: number, frame: MpegFrame): boolean {
  const at = index + infoOffsetOf(frame);
  return ['Xing', 'Info'].includes(bytes.toString('latin1', at, at + 4));
}
