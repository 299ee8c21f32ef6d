import type { Log, LogFields } from './ports.ts';

type Level = 'info' | 'warn' | 'error';

const asText = (value: unknown): unknown =>
  value instanceof Error ? `${value.name}: ${value.message}` : value;

/** JSON lines, one an event, to whatever takes text (standard error, a file). */
export const createJsonLog = (write: (line: string) => void): Log => {
  const emit =
    (level: Level) =>
    (message: string, fields: LogFields = {}): void => {
      const readable = Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, asText(value)]));
      write(`${JSON.stringify({ at: new Date().toISOString(), level, message, ...readable })}\n`);
    };
  return { info: emit('info'), warn: emit('warn'), error: emit('error') };
};
