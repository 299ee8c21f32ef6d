/**
 * Where in an audio file its frames lie, about every second: for formats that have no index of their own (mp3, flac, AAC in
 * ADTS), in which a place can else only be found by walking every frame before it. The publisher, which reads the file anyway,
 * writes them into the track's details; whoever plays it begins to read at the point before the place that is wanted.
 */
import { z } from 'zod';

/** Ten minutes at one a second; longer tracks have them further apart. */
export const MOST_SEEK_POINTS = 600;

export const seekPointsSchema = z.object({
  /** Samples from one point to the next: whole frames. */
  everySamples: z.int().positive(),
  /** Where the first frame of sound begins; its first sample is number 0, as decoders count (delay included). */
  firstByte: z.int().nonnegative(),
  /** Bytes from one point to the next. */
  steps: z.array(z.int().positive()).max(MOST_SEEK_POINTS).readonly(),
});
export type SeekPoints = Readonly<z.infer<typeof seekPointsSchema>>;
