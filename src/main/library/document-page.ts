import { z } from 'zod';
import type { DocumentName } from '../../core/library/documents.ts';

/** The service's answer about one document (`documentReplySchema`), of which the kind is known. */
export const documentPageOf = <Snapshot, Operation>(
  name: DocumentName,
  snapshot: z.ZodType<Snapshot>,
  operation: z.ZodType<Operation>,
) =>
  z.object({
    document: z.literal(name),
    snapshot: snapshot.nullable(),
    operations: z.array(operation).readonly(),
    revision: z.int().nonnegative(),
    more: z.boolean(),
  });
