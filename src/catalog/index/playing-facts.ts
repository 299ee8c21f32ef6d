import { audioFactsSchema, type AudioFacts } from '../../contract/audio-facts.ts';
import type { MediaRecord } from '../segments/catalog-records.ts';

/** Of every MPEG layer 3 decoder: 528 samples of its filter bank and one more (gabriel.mp3-tech.org/mp3infotag.html). */
const MP3_DECODER_SAMPLES = 529;

/**
 * What the window drops before the music, where a record says what the file itself states (`ExactLength`). Decoders of mp3 and
 * AAC give all that was encoded; those of the rest drop the delay by themselves (measured with WebCodecs in Chromium 156).
 * Without a LAME tag nobody knows what an encoder put before the music, and what it put behind it is in the length as well: such
 * a file plays as it was encoded, whole.
 */
const delayOf = ({ format: { codec }, encoderDelaySamples }: MediaRecord): number => {
  if (encoderDelaySamples === null) return 0;
  switch (codec) {
    case 'mp3':
      return encoderDelaySamples + MP3_DECODER_SAMPLES;
    case 'aac':
      return encoderDelaySamples;
    default:
      return 0;
  }
};

/** Null for a file whose length nobody knows: it plays until it ends. */
export const playingFactsOf = (media: MediaRecord): AudioFacts | null => {
  const facts = audioFactsSchema.safeParse({
    sampleRateHz: media.format.sampleRateHz,
    lengthSamples: media.lengthSamples,
    delaySamples: delayOf(media),
    codec: media.format.codec,
  });
  return facts.success ? facts.data : null;
};
