/** What happened to the library's documents since each was last written whole, one line a change. */
import { z } from 'zod';
import { documentNameSchema, stampSchema } from '../../contract/library-operations-http.ts';

export const journalChangeSchema = z.discriminatedUnion('kind', [
  /** Made here. Operations are checked by the document, which knows their kind. */
  z.object({
    kind: z.literal('own'),
    document: documentNameSchema,
    operations: z.array(z.unknown()).readonly(),
  }),
  /** Read from the service, which they bring to that revision. */
  z.object({
    kind: z.literal('read'),
    document: documentNameSchema,
    operations: z.array(z.unknown()).readonly(),
    revision: z.int().nonnegative(),
  }),
  /** The service has own operations up to that stamp. */
  z.object({
    kind: z.literal('taken'),
    document: documentNameSchema,
    through: stampSchema,
    revision: z.int().positive(),
  }),
  /** Another's playlist that is no longer shown to this listener. */
  z.object({ kind: z.literal('gone'), document: documentNameSchema }),
]);
export type JournalChange = Readonly<z.infer<typeof journalChangeSchema>>;

/** A line: all of its changes are there, or none. */
export const journalEntrySchema = z.object({
  /** Grows by one with every line ever written. */
  number: z.int().positive(),
  changes: z.array(journalChangeSchema).readonly(),
});
export type JournalEntry = Readonly<z.infer<typeof journalEntrySchema>>;
