/** When an update is killed, and what whoever is killed needs to know. */
import { z } from 'zod';

export const MOMENTS = [
  'the manifest is asked for',
  'the yml is asked for',
  'the payload is asked for',
  'half of the payload is there',
  'it is ready',
  'the old one is kept',
  'before the new one is copied beside it',
  'half of it is copied',
  'it is copied',
  'it is in place',
  'everything is done',
] as const;
export type Moment = (typeof MOMENTS)[number];

export const orderSchema = z.object({
  root: z.string(),
  feedUrl: z.string(),
  keys: z.string(),
  version: z.string(),
  moment: z.enum(MOMENTS),
});
export type KillOrder = z.infer<typeof orderSchema>;
