import type { MediaRecord } from './catalog-records.ts';

/** Of every MPEG layer 3 decoder: 528 samples of its filter bank and one more (gabriel.mp3-tech.org/mp3infotag.html). */
export const MP3_DECODER_SAMPLES = 529;
/** The first frame of AAC only half overlaps with anything: no encoder puts less before the music (ISO 14496-3, 4.6.11). */
const LEAST_AAC_SAMPLES = 1024;

/**
 * Of a file that does not say what its encoder put before the music (mp3 without a LAME tag, ADTS): what none can do without. The
 * rest, and what lies behind the music, nobody knows. 0 where the file says it.
 */
export const unsaidDelaySamples = ({ format: { codec }, encoderDelaySamples }: MediaRecord): number => {
  if (encoderDelaySamples !== null) return 0;
  return codec === 'mp3' ? MP3_DECODER_SAMPLES : codec === 'aac' ? LEAST_AAC_SAMPLES : 0;
};
