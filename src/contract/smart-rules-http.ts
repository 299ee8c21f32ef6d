/** Smart playlists as they travel and lie in the store; what they mean is said in `core/library/smart/rules.ts`. */
import { z } from 'zod';
import {
  MATCHES,
  MOST_CONDITION_LETTERS,
  MOST_CONDITIONS,
  MOST_SMART_DAYS,
  MOST_SMART_MINUTES,
  MOST_SMART_TRACKS,
  NUMBER_FIELDS,
  NUMBER_TESTS,
  SMART_SORTS,
  TEXT_FIELDS,
  TEXT_TESTS,
  TIME_FIELDS,
  type SmartRules,
} from '../core/library/smart/rules.ts';
import { smartProblems } from '../core/library/smart/validate.ts';

const conditionSchemas = [
  z.object({
    kind: z.literal('text'),
    field: z.enum(TEXT_FIELDS),
    test: z.enum(TEXT_TESTS),
    text: z.string().trim().min(1).max(MOST_CONDITION_LETTERS),
  }),
  z.object({
    kind: z.literal('number'),
    field: z.enum(NUMBER_FIELDS),
    test: z.enum(NUMBER_TESTS),
    value: z.number().min(-1e9).max(1e9),
  }),
  z.object({
    kind: z.literal('recent'),
    field: z.enum(TIME_FIELDS),
    test: z.enum(['inTheLast', 'notInTheLast']),
    days: z.int().min(1).max(MOST_SMART_DAYS),
  }),
  z.object({
    kind: z.literal('time'),
    field: z.enum(TIME_FIELDS),
    test: z.enum(['over', 'under']),
    atMs: z.int().nonnegative(),
  }),
  z.object({ kind: z.literal('liked'), value: z.boolean() }),
] as const;

const groupSchema = z.object({
  kind: z.literal('group'),
  match: z.enum(MATCHES),
  conditions: z.array(z.discriminatedUnion('kind', conditionSchemas)).min(1).max(MOST_CONDITIONS).readonly(),
});

export const smartRulesSchema: z.ZodType<SmartRules> = z
  .object({
    match: z.enum(MATCHES),
    rules: z
      .array(z.discriminatedUnion('kind', [...conditionSchemas, groupSchema]))
      .max(MOST_CONDITIONS)
      .readonly(),
    sort: z.object({ by: z.enum(SMART_SORTS), descending: z.boolean() }),
    limit: z
      .discriminatedUnion('kind', [
        z.object({ kind: z.literal('tracks'), tracks: z.int().min(1).max(MOST_SMART_TRACKS) }),
        z.object({ kind: z.literal('minutes'), minutes: z.int().min(1).max(MOST_SMART_MINUTES) }),
      ])
      .nullable(),
  })
  .refine((rules) => smartProblems(rules).length === 0, 'rules that mean nothing');
