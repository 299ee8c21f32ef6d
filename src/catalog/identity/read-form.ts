/** A small form's fields, from a request whose body nobody has read. */
import type { IncomingMessage } from 'node:http';

const MOST_BYTES = 8192;

/** Null for what is no form, or too large a one. Of a field that is there twice the last counts. */
export const readForm = async (
  request: IncomingMessage,
): Promise<Readonly<Record<string, string>> | null> => {
  const [type] = (request.headers['content-type'] ?? '').split(';');
  if (type?.trim().toLowerCase() !== 'application/x-www-form-urlencoded') return null;
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    const part = Buffer.from(chunk);
    bytes += part.length;
    if (bytes > MOST_BYTES) return null;
    chunks.push(part);
  }
  return Object.fromEntries(new URLSearchParams(Buffer.concat(chunks).toString('utf8')));
};
