/** What a client asks for on one connection, read in passing: plain HTTP/1.1, request line and Range (RFC 9112, RFC 9110). */

export interface RequestHead {
  readonly method: string;
  /** Path and query, as sent. */
  readonly path: string;
  /** The Range header as sent, such as `bytes=0-99`. */
  readonly range: string | null;
}

export interface RequestReader {
  /** Gives the heads that end within this chunk. */
  read(chunk: Uint8Array): readonly RequestHead[];
}

const HEAD_END = Buffer.from('\r\n\r\n');
/** Node's own servers take 16 KiB; what is longer is not a request of ours. */
const LONGEST_HEAD_BYTES = 64 * 1024;
const REQUEST_LINE = /^([A-Z]+) (\S+) HTTP\/1\.[01]$/;

const headerOf = (lines: readonly string[], name: string): string | null => {
  const line = lines.find((each) => each.toLowerCase().startsWith(`${name}:`));
  return line === undefined ? null : line.slice(name.length + 1).trim();
};

/**
 * head ─ blank line ─▶ body (as long as Content-Length says) ─▶ head …
 *   └─ not HTTP/1.1, too long, or a body of unknown length ─▶ opaque: nothing more is read on this connection
 */
export const createRequestReader = (): RequestReader => {
  let head = Buffer.alloc(0);
  let bodyBytesLeft = 0;
  let isOpaque = false;

  const finish = (text: string): RequestHead | null => {
    const [requestLine = '', ...lines] = text.split('\r\n');
    const [, method, path] = REQUEST_LINE.exec(requestLine) ?? [];
    const length = Number(headerOf(lines, 'content-length') ?? '0');
    const isReadable = Number.isSafeInteger(length) && headerOf(lines, 'transfer-encoding') === null;
    isOpaque = method === undefined || path === undefined || !isReadable;
    if (method === undefined || path === undefined) return null;
    bodyBytesLeft = length;
    return { method, path, range: headerOf(lines, 'range') };
  };

  return {
    read(chunk) {
      const heads: RequestHead[] = [];
      let rest = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
      while (rest.byteLength > 0 && !isOpaque) {
        const skipped = Math.min(bodyBytesLeft, rest.byteLength);
        bodyBytesLeft -= skipped;
        rest = rest.subarray(skipped);
        if (rest.byteLength === 0) break;
        const known = head.byteLength;
        head = Buffer.concat([head, rest]);
        const end = head.indexOf(HEAD_END, Math.max(0, known - HEAD_END.byteLength + 1));
        if (end === -1) {
          isOpaque = head.byteLength > LONGEST_HEAD_BYTES;
          break;
        }
        rest = head.subarray(end + HEAD_END.byteLength);
        const request = finish(head.toString('latin1', 0, end));
        head = Buffer.alloc(0);
        if (request !== null) heads.push(request);
      }
      if (isOpaque) head = Buffer.alloc(0);
      return heads;
    },
  };
};
