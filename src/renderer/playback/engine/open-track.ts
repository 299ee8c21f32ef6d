import {
  ALL_FORMATS,
  AudioSampleSink,
  CustomSource,
  EncodedPacketSink,
  Input,
  OggInputFormat,
  type AudioSample,
  type InputAudioTrack,
} from 'mediabunny';
import { cutBlock, musicRange } from './music-range.ts';
import type { Planes } from './resampler.ts';
import { createFarSeek } from './seek-points/far-seek.ts';
import { MP3_WARM_UP_SAMPLES } from './seek-points/open-tail.ts';
import type { AskSeekPoints } from './seek-points/seek-points.ts';
import type { TrackBytes } from './track-bytes.ts';

/** The bytes are here, but nobody in this window can make sound of them. */
export class UndecodableTrack extends Error {
  override readonly name = 'UndecodableTrack';
}

export interface OpenTrack {
  /** Of what the decoder gives. */
  readonly rateHz: number;
  readonly channels: number;
  /** Samples of music; null where only the end will tell. */
  readonly lengthSamples: number | null;
  /** Milliseconds, as exactly as it is known; null when it is not. */
  readonly durationMs: number | null;
  /** The music from sample `from` on, to its end, block after block as the decoder gives them. */
  samplesFrom(from: number): AsyncGenerator<Planes, void>;
  dispose(): void;
}

/**
 * A decoder that begins in the middle has to find its feet: AAC and Opus overlap, MP3 borrows bits from frames before and needs
 * longer. What it says in this time is dropped (RFC 7845 section 4.6 asks for 80 ms).
 */
const WARM_UP_S = 0.12;

const planesOf = (sample: AudioSample): Planes => {
  try {
    return Array.from({ length: sample.numberOfChannels }, (_, planeIndex) => {
      const plane = new Float32Array(sample.numberOfFrames);
      sample.copyTo(plane, { planeIndex, format: 'f32-planar' });
      return plane;
    });
  } finally {
    sample.close();
  }
};

/** What a browser said yes to: each question is a way to another thread and back, before anything is heard. */
const decodable = new Set<string>();

const isDecodable = async (track: InputAudioTrack): Promise<boolean> => {
  const config = await track.getDecoderConfig();
  if (config === null) return false;
  const kind = `${config.codec} ${config.sampleRate} ${config.numberOfChannels}`;
  if (!decodable.has(kind) && (await track.canDecode())) decodable.add(kind);
  return decodable.has(kind);
};

const audioIn = async (input: Input): Promise<InputAudioTrack> => {
  const canRead = await input.canRead();
  const track = canRead ? await input.getPrimaryAudioTrack() : null;
  if (track === null || !(await isDecodable(track)))
    throw new UndecodableTrack('This audio cannot be decoded here.');
  return track;
};

/**
 * What a decoder that begins in the middle leaves out although the times of the packets do not show it (measured in Chromium):
 * a Vorbis decoder gives nothing for its first packet, an Opus decoder skips the file's pre-skip once more; in Ogg the first
 * packet's time is without it, in MP4 it is not.
 */
const skippedAgain = async (input: Input, track: InputAudioTrack): Promise<number | 'packet'> => {
  const codec = await track.getCodec();
  if (codec === 'vorbis') return 'packet';
  if (codec !== 'opus' || !((await input.getFormat()) instanceof OggInputFormat)) return 0;
  const description = (await track.getDecoderConfig())?.description;
  if (description === undefined) return 0;
  const head = ArrayBuffer.isView(description)
    ? new DataView(description.buffer, description.byteOffset, description.byteLength)
    : new DataView(description);
  // RFC 7845 section 5.1: the pre-skip stands behind the magic, the version and the channel count.
  return head.byteLength < 12 ? 0 : head.getUint16(10, true);
};

/** Rejects with `UndecodableTrack`, or with what hindered the bytes. */
export const openTrack = async (bytes: TrackBytes, askPoints: AskSeekPoints): Promise<OpenTrack> => {
  const source = new CustomSource({
    getSize: async () => (await bytes.facts).sizeBytes,
    read: (start, end) => bytes.read(start, end),
    maxCacheSize: 2 * 1024 * 1024,
  });
  const input = new Input({ source, formats: ALL_FORMATS });
  try {
    const { audio } = await bytes.facts;
    const track = await audioIn(input);
    const rateHz = await track.getSampleRate();
    const channels = await track.getNumberOfChannels();
    const firstTimestampS = await track.getFirstTimestamp();
    const range = musicRange(audio, rateHz, firstTimestampS);
    const toldS = range.length === null ? await input.getDurationFromMetadata([track]) : null;
    const sink = new AudioSampleSink(track);
    const packets = new EncodedPacketSink(track);
    const skipped = await skippedAgain(input, track);
    const farSeek = await createFarSeek({ bytes, input, track, askPoints });
    const warmUpS = (await track.getCodec()) === 'mp3' ? MP3_WARM_UP_SAMPLES / rateHz : WARM_UP_S;
    let walkedTo = 0;

    /** Which sample a decoder gives first when it begins in the middle, at the packet of this time. */
    const indexOfFirst = async (timestampS: number): Promise<number> => {
      const packet = skipped === 'packet' ? await packets.getPacket(timestampS) : null;
      const given = packet === null ? null : await packets.getNextPacket(packet);
      const startS = (given?.timestamp ?? timestampS) - firstTimestampS;
      return Math.round(startS * rateHz) + (skipped === 'packet' ? 0 : skipped);
    };

    async function* samplesFrom(from: number): AsyncGenerator<Planes, void> {
      const wanted = range.first + from;
      const end = range.length === null ? Number.POSITIVE_INFINITY : range.first + range.length;
      if (wanted >= end) return;
      const far = await farSeek(wanted, walkedTo);
      const startS = wanted / rateHz - warmUpS;
      const near = startS <= 0 ? undefined : firstTimestampS + startS;
      let index = far === null && near === undefined ? 0 : null;
      try {
        for await (const sample of far?.samples() ?? sink.samples(near)) {
          index ??= far?.sampleAt(sample.timestamp) ?? (await indexOfFirst(sample.timestamp));
          const planes = planesOf(sample);
          const cut = cutBlock(planes, index, wanted, end);
          index += planes[0]?.length ?? 0;
          if (far === null) walkedTo = Math.max(walkedTo, index);
          if (cut !== null) yield cut;
          if (index >= end) return;
        }
      } finally {
        far?.dispose();
      }
    }

    return {
      rateHz,
      channels,
      lengthSamples: range.length,
      durationMs:
        range.length === null ? (toldS === null ? null : toldS * 1000) : (range.length / rateHz) * 1000,
      samplesFrom,
      dispose: () => input.dispose(),
    };
  } catch (cause) {
    input.dispose();
    throw cause;
  }
};
