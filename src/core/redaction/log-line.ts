/** Fields whose text is somebody's own, whatever it looks like. */
const OWN_TEXT = /title|name|artist|album|query|text|user|account|label|playlist|address|url|server|subject/i;

/**
 * One line of the log as people read it: `2026-11-26T06:30:00.000Z warn document set aside reason=[not JSON]`. The message is the
 * program's own; of fields, switches and numbers stay, own text goes, and the rest is redacted.
 */
export const redactLogLine = (
  record: Readonly<Record<string, unknown>>,
  redact: (text: string) => string,
): string => {
  const { at, level, message, ...fields } = record;
  const told = Object.entries(fields).map(([key, value]) => `${redact(key)}=${toldOf(key, value, redact)}`);
  return [...[at, level, message].filter((part) => typeof part === 'string').map(redact), ...told].join(' ');
};

const toldOf = (key: string, value: unknown, redact: (text: string) => string): string => {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'string') return '<object>';
  if (OWN_TEXT.test(key)) return '<text>';
  // Brackets, since text in quotation marks is taken for content when this is redacted again.
  return `[${redact(value.replaceAll('\n', ' '))}]`;
};
