import { z } from 'zod';
import { settingsSchema, type Settings } from '../../contract/settings.ts';
import type { CrashReport } from '../../contract/reports-http.ts';

/** What remains of a field when what it falls back to is taken off. */
const bare = (field: z.ZodType): z.ZodType => {
  if (field instanceof z.ZodDefault || field instanceof z.ZodCatch || field instanceof z.ZodNullable) {
    return bare(field.unwrap() as z.ZodType);
  }
  return field;
};

/** Switches, choices and numbers as they are; of what somebody typed, named or listed only that it is there. */
export const summariseSettings = (settings: Settings): CrashReport['settings'] =>
  Object.fromEntries(
    Object.entries(settingsSchema.shape).map(([key, field]) => {
      const value: unknown = settings[key as keyof Settings];
      if (value === null || typeof value === 'boolean' || typeof value === 'number') return [key, value];
      if (typeof value === 'string') return [key, bare(field) instanceof z.ZodEnum ? value : textSet(value)];
      if (typeof value === 'object') return [key, `${Object.keys(value).length} set`];
      return [key, null];
    }),
  );

const textSet = (value: string): string => (value === '' ? 'empty' : 'set');
