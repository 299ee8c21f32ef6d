import {
  ADTS,
  AudioSampleSink,
  CustomSource,
  EncodedPacketSink,
  FLAC,
  Input,
  MP3,
  type AudioSample,
  type InputAudioTrack,
  type InputFormat,
} from 'mediabunny';
import type { TrackBytes } from '../track-bytes.ts';
import type { SeekPoint } from './seek-points.ts';

/** A file from one of its frames on. */
export interface Tail {
  /** From the frame on that holds this time, counted in seconds from the tail's own beginning. */
  samplesFrom(timeS: number): AsyncGenerator<AudioSample, void>;
  dispose(): void;
}

/** What makes a file of its own out of the frames from a place on. */
export interface TailFormat {
  readonly format: InputFormat;
  /** What has to stand in front of the frames. */
  readonly head: Uint8Array;
  /** So many samples before the wanted one a decoder has to begin. */
  readonly warmUpSamples: number;
}

/**
 * MP3 borrows from up to 511 bytes before a frame (ISO 11172-3, 2.4.2.7), which are nine frames at 32 kbit/s in mono, and each
 * overlaps with the one before it.
 */
export const MP3_WARM_UP_SAMPLES = 12 * 1152;
/** Each frame overlaps with the one before it. */
const AAC_WARM_UP_SAMPLES = 4 * 1024;
const FLAC_HEAD_BYTES = 4 + 4 + 34;
const LAST_BLOCK = 0x80;

/** Marker and STREAMINFO, which is made the last metadata block (RFC 9639, 8.1). */
const flacHead = async (bytes: TrackBytes): Promise<Uint8Array> => {
  const head = Uint8Array.from(await bytes.read(0, FLAC_HEAD_BYTES));
  head[4] = LAST_BLOCK;
  return head;
};

/** Null for a format that has an index of its own. To be asked while the beginning of the file is at hand. */
export const tailFormatOf = async (format: InputFormat, bytes: TrackBytes): Promise<TailFormat | null> => {
  const head = new Uint8Array();
  if (format === MP3) return { format, head, warmUpSamples: MP3_WARM_UP_SAMPLES };
  if (format === ADTS) return { format, head, warmUpSamples: AAC_WARM_UP_SAMPLES };
  return format === FLAC ? { format, head: await flacHead(bytes), warmUpSamples: 0 } : null;
};

/** Of all these formats (ISO 11172-3, 2.4.1.3; ISO 13818-7, 6.2.1; RFC 9639, 9.1): eleven bits. */
const isSyncCode = ([first = 0, second = 0]: Uint8Array): boolean => first === 0xff && second >= 0xe0;

/** Null where there is not one frame. */
const trackOf = async (input: Input): Promise<InputAudioTrack | null> => {
  const track = (await input.canRead()) ? await input.getPrimaryAudioTrack() : null;
  if (track === null) return null;
  const first = await new EncodedPacketSink(track).getFirstPacket({ metadataOnly: true });
  return first === null ? null : track;
};

/** Null where no frame of this track begins at the point: it is not what it was said to be. Rejects with what hindered the bytes. */
export const openTail = async (options: {
  readonly bytes: TrackBytes;
  readonly tailFormat: TailFormat;
  readonly point: SeekPoint;
  /** The track as it is from its beginning. */
  readonly whole: Pick<InputAudioTrack, 'getSampleRate' | 'getNumberOfChannels'>;
}): Promise<Tail | null> => {
  const { bytes, point, whole } = options;
  const { format, head } = options.tailFormat;
  const { sizeBytes } = await bytes.facts;
  if (point.byte + 2 > sizeBytes) return null;
  // Whoever looks for frames would find one a little later, and take it for this one.
  if (!isSyncCode(await bytes.read(point.byte, point.byte + 2))) return null;
  const byteAt = (position: number): number => position - head.length + point.byte;
  const withHead = async (start: number, end: number): Promise<Uint8Array> => {
    const result = new Uint8Array(end - start);
    result.set(head.subarray(start, end));
    if (end > head.length) result.set(await bytes.read(point.byte, byteAt(end)), head.length - start);
    return result;
  };
  const source = new CustomSource({
    getSize: () => head.length + sizeBytes - point.byte,
    read: (start, end) =>
      start < head.length ? withHead(start, end) : bytes.read(byteAt(start), byteAt(end)),
    maxCacheSize: 2 * 1024 * 1024,
  });
  const input = new Input({ source, formats: [format] });
  try {
    const track = await trackOf(input);
    const fits =
      track !== null &&
      (await track.getSampleRate()) === (await whole.getSampleRate()) &&
      (await track.getNumberOfChannels()) === (await whole.getNumberOfChannels());
    if (fits) {
      const sink = new AudioSampleSink(track);
      return { samplesFrom: (timeS) => sink.samples(timeS), dispose: () => input.dispose() };
    }
  } catch (cause) {
    input.dispose();
    throw cause;
  }
  input.dispose();
  return null;
};
