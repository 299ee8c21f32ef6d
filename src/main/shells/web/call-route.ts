import type { IncomingMessage, ServerResponse } from 'node:http';
import type { HostCall } from '../../bind-calls.ts';

/** A queue of 20,000 tracks is about 20 MB of JSON. */
const LARGEST_BODY_BYTES = 64 * 1024 * 1024;

const readBody = async (incoming: IncomingMessage): Promise<string | null> => {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    bytes += chunk.byteLength;
    if (bytes > LARGEST_BODY_BYTES) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
};

const sendJson = (outgoing: ServerResponse, status: number, value: unknown): void => {
  const body = Buffer.from(JSON.stringify(value));
  outgoing.writeHead(status, {
    'cache-control': 'no-store',
    'content-length': body.byteLength,
    'content-type': 'application/json; charset=utf-8',
    'x-content-type-options': 'nosniff',
  });
  outgoing.end(body);
};

const refused = (message: string) => ({ ok: false, error: { code: 'invalid_argument', message } });

/**
 * `POST /host/<method>`: JSON argument in, `HostReply` out. The status is 200 for every reply, also `ok: false`: whether the
 * host could do it is in the reply, and one place on the window's side reads it.
 */
export const answerCall = async (
  call: HostCall,
  method: string,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> => {
  // Anything else can be sent by a plain form of another site, without the browser asking first.
  if (incoming.headers['content-type']?.startsWith('application/json') !== true) {
    incoming.resume();
    sendJson(outgoing, 415, refused('the argument must be sent as application/json'));
    return;
  }
  const text = await readBody(incoming);
  if (text === null) {
    outgoing.setHeader('connection', 'close');
    sendJson(outgoing, 413, refused('the argument is too large'));
    return;
  }
  let argument: unknown;
  try {
    argument = text === '' ? undefined : JSON.parse(text);
  } catch {
    sendJson(outgoing, 400, refused('the argument is not JSON'));
    return;
  }
  sendJson(outgoing, 200, await call(method, argument));
};
