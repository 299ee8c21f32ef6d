import type { FileHandle } from 'node:fs/promises';
import { adtsFrameLength, adtsRateHz, isInfoFrame, mpegFrameAt, readAt } from './audio-content.ts';
import { flacFrameBegins, readFlacStream } from './flac-frames.ts';

/** A frame of sound, or what lies between frames. */
interface Step {
  readonly bytes: number;
  readonly isFrame: boolean;
}

/** How a format's frames follow each other. */
export interface FrameWalk {
  /** Of every frame but the last, which may be shorter. */
  readonly frameSamples: number;
  readonly sampleRateHz: number;
  /** Where the walk begins. */
  readonly firstByte: number;
  /** So many bytes must be there to tell what is at a place, except at the end of the file. */
  readonly reach: number;
  /** What lies at an index, when the frame that comes next is number `frame`; `left` bytes of the file are left from there. */
  stepAt(bytes: Buffer, index: number, frame: number, left: number): Step | null;
}

/**
 * MPEG layer 3 (ISO 11172-3, 2.4.1): every frame says how long it is. What is no frame of the stream's version, rate and channels
 * is passed over, as players do, and so is a frame that holds the encoder's notes in place of sound.
 */
export const mp3Walk = async (file: FileHandle, audioOffset: number): Promise<FrameWalk | null> => {
  const first = mpegFrameAt(await readAt(file, audioOffset, 4), 0);
  if (first === null) return null;
  return {
    frameSamples: first.samples,
    sampleRateHz: first.sampleRateHz,
    firstByte: audioOffset,
    reach: 64,
    stepAt(bytes, index, _frame, left) {
      const frame = mpegFrameAt(bytes, index);
      const belongs =
        frame !== null &&
        frame.bytes <= left &&
        frame.isMpeg1 === first.isMpeg1 &&
        frame.sampleRateHz === first.sampleRateHz &&
        frame.isMono === first.isMono;
      if (belongs) return { bytes: frame.bytes, isFrame: !isInfoFrame(bytes, index, frame) };
      const next = bytes.indexOf(0xff, index + 1);
      return { bytes: (next === -1 ? bytes.length : next) - index, isFrame: false };
    },
  };
};

/** AAC in ADTS (ISO 13818-7, 6.2): one block of 1024 samples a frame, or there is no telling. It ends at what is no frame. */
export const adtsWalk = async (file: FileHandle, audioOffset: number): Promise<FrameWalk | null> => {
  const sampleRateHz = adtsRateHz(await readAt(file, audioOffset, 7), 0);
  if (sampleRateHz === null) return null;
  return {
    frameSamples: 1024,
    sampleRateHz,
    firstByte: audioOffset,
    reach: 7,
    stepAt(bytes, index, _frame, left) {
      const length = adtsFrameLength(bytes, index);
      const isWhole = length !== null && length <= left && (bytes.readUInt8(index + 6) & 3) === 0;
      return isWhole ? { bytes: length, isFrame: true } : null;
    },
  };
};

/** FLAC of one block size (RFC 9639, 9.1): a frame does not say how long it is, but each has its number. */
export const flacWalk = async (file: FileHandle, audioOffset: number): Promise<FrameWalk | null> => {
  const stream = await readFlacStream(file, audioOffset);
  if (stream === null) return null;
  const { frameSamples, sampleRateHz, firstByte, leastFrameBytes } = stream;
  return {
    frameSamples,
    sampleRateHz,
    firstByte,
    reach: leastFrameBytes + 16,
    stepAt(bytes, index, frame) {
      const begins = flacFrameBegins(bytes, index, frame);
      const next = bytes.indexOf(0xff, index + (begins ? leastFrameBytes : 1));
      return { bytes: (next === -1 ? bytes.length : next) - index, isFrame: begins };
    },
  };
};
