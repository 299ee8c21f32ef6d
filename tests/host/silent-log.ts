import type { Log, LogFields } from '../../src/main/ports.ts';

export interface RecordedLog extends Log {
  readonly lines: readonly { readonly level: string; readonly message: string; readonly fields: LogFields }[];
}

/** Keeps what was logged, for tests that look at it. */
export const recordLog = (): RecordedLog => {
  const lines: { level: string; message: string; fields: LogFields }[] = [];
  const at =
    (level: string) =>
    (message: string, fields: LogFields = {}): void => {
      lines.push({ level, message, fields });
    };
  return { lines, info: at('info'), warn: at('warn'), error: at('error') };
};
