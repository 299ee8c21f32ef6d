import { z } from 'zod';

/** A text that may be missing, null or of another kind: then it is empty. */
export const looseText = z
  .string()
  .transform((text) => text.trim())
  .catch('');
export const looseMs = z.number().nonnegative().catch(0);
