/**
 * What must be known of an audio file to play it to the sample. It comes with the audio itself, as the header `riffle-audio`
 * of every answer: the window never has to ask twice, and knows it without a network as well.
 */
import { z } from 'zod';

export const AUDIO_FACTS_HEADER = 'riffle-audio';

export const audioFactsSchema = z.object({
  sampleRateHz: z.int().positive(),
  /** Samples of the music, without what the encoder put before and behind it. */
  lengthSamples: z.int().nonnegative(),
  /** Samples that a decoder gives before the music: to be dropped. 0 where decoders drop them by themselves. */
  delaySamples: z.int().nonnegative(),
  /** As `audioFormatSchema` has it. */
  codec: z.string().regex(/^[\w.-]{1,20}$/),
});
export type AudioFacts = Readonly<z.infer<typeof audioFactsSchema>>;

/** `rate=44100;length=181237;delay=1105;codec=mp3` */
export const audioFactsToHeader = ({
  sampleRateHz,
  lengthSamples,
  delaySamples,
  codec,
}: AudioFacts): string => `rate=${sampleRateHz};length=${lengthSamples};delay=${delaySamples};codec=${codec}`;

/** Null for a header that is absent or not whole. */
export const audioFactsFromHeader = (header: string | null): AudioFacts | null => {
  const fields = new Map<string, string>();
  for (const field of (header ?? '').split(';')) {
    const [name = '', value = ''] = field.split('=');
    fields.set(name, value);
  }
  const number = (name: string): number => Number(fields.get(name) ?? Number.NaN);
  const parsed = audioFactsSchema.safeParse({
    sampleRateHz: number('rate'),
    lengthSamples: number('length'),
    delaySamples: number('delay'),
    codec: fields.get('codec'),
  });
  return parsed.success ? parsed.data : null;
};
