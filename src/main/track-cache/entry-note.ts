import { createHash } from 'node:crypto';
import { z } from 'zod';
import { qualitySchema } from '../../contract/account-http.ts';
import { audioFactsSchema } from '../../contract/audio-facts.ts';
import { idSchema, sha256Schema, trackSchema } from '../../contract/catalog-http.ts';

/**
 * What lies beside each audio file as JSON and says what it is: from the notes alone the index can be made anew, also that of
 * the search. No address, no key, no token.
 */
const noteSchema = z.object({
  version: z.literal(2),
  sha256: sha256Schema,
  /** Of the audio. */
  bytes: z.int().positive(),
  contentType: z.string(),
  /** Strong entity tag of what is being fetched; a file that is not whole is gone on with only under the same one. */
  etag: z.string().nullable(),
  /** The tracks that play this file (the same recording may stand on several albums), as the catalog described them. */
  tracks: z.array(z.object({ id: idSchema, track: trackSchema.nullable() })).readonly(),
  /** Absent in notes that were written before anybody said it. */
  audio: audioFactsSchema.optional(),
  goodFor: qualitySchema.optional(),
});
export type EntryNote = Readonly<z.infer<typeof noteSchema>>;

const storedSchema = z.object({ note: noteSchema, check: z.string() });

/** Sixteen hex digits over a text: finds the bits a disk has turned, which JSON and SQLite would not notice. */
export const checkOf = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 16);

export const noteToText = (note: EntryNote): string =>
  JSON.stringify({ note, check: checkOf(JSON.stringify(note)) });

/** Null for what is torn, changed, foreign, or of another version. */
export const noteFromText = (text: string): EntryNote | null => {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return null;
  }
  const parsed = storedSchema.safeParse(json);
  if (!parsed.success) return null;
  const { note, check } = parsed.data;
  return checkOf(JSON.stringify(note)) === check ? note : null;
};
