import { audioFactsSchema, type AudioFacts } from '../../contract/audio-facts.ts';
import type { MediaRecord } from '../segments/catalog-records.ts';
import { MP3_DECODER_SAMPLES, unsaidDelaySamples } from '../segments/unsaid-delay.ts';

/**
 * What the window drops before the music, and how much is music, where a record says what the file itself states
 * (`ExactLength`). Decoders of mp3 and AAC give all that was encoded; those of the rest drop the delay by themselves (both
 * measured with WebCodecs in Chromium 156: LAME 576 + 529, AAC in m4a 1024, opus in ogg and mp4, flac, vorbis and wav 0).
 * Where a file does not say, what no encoder can do without is dropped.
 */
const playedOf = (
  media: MediaRecord,
): Pick<AudioFacts, 'delaySamples'> & { lengthSamples: number | null } => {
  const { lengthSamples, encoderDelaySamples, encoderPaddingSamples, format } = media;
  switch (format.codec) {
    case 'mp3': {
      const delaySamples = (encoderDelaySamples ?? 0) + MP3_DECODER_SAMPLES;
      // What the decoder is behind is cut off at the end, unless there is as much padding.
      const missing = Math.max(0, MP3_DECODER_SAMPLES - (encoderPaddingSamples ?? 0));
      return { delaySamples, lengthSamples: lengthSamples && Math.max(0, lengthSamples - missing) };
    }
    case 'aac': {
      const unsaid = unsaidDelaySamples(media);
      const played = lengthSamples && Math.max(0, lengthSamples - unsaid);
      return { delaySamples: (encoderDelaySamples ?? 0) + unsaid, lengthSamples: played };
    }
    default:
      return { delaySamples: 0, lengthSamples };
  }
};

/** Null for a file whose length nobody knows: it plays until it ends. */
export const playingFactsOf = (media: MediaRecord): AudioFacts | null => {
  const facts = audioFactsSchema.safeParse({
    sampleRateHz: media.format.sampleRateHz,
    ...playedOf(media),
    codec: media.format.codec,
  });
  return facts.success ? facts.data : null;
};
