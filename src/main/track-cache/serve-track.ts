import { AUDIO_FACTS_HEADER, audioFactsToHeader } from '../../contract/audio-facts.ts';
import { idSchema } from '../../contract/catalog-http.ts';
import { HostFailure, type HostErrorCode } from '../../contract/host-error.ts';
import { decideRange, type ByteRange } from './byte-range.ts';
import type { AudioFile } from './edge.ts';
import type { TrackCache } from './cache-contract.ts';

const STATUS_OF: Readonly<Record<HostErrorCode, number>> = {
  offline: 503,
  service_unreachable: 503,
  not_found: 404,
  gone: 410,
  invalid_argument: 400,
  forbidden: 403,
  sign_in_required: 401,
  premium_required: 403,
  too_many_requests: 429,
  media_unavailable: 502,
  storage_failed: 500,
  limit_reached: 507,
  lease_over: 403,
  cancelled: 503,
  internal: 500,
};

/** A media element that is to feed Web Audio asks with `crossorigin`; the shells decide who may ask at all. */
export const CROSS_ORIGIN_HEADERS: Readonly<Record<string, string>> = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers': `accept-ranges, content-length, content-range, etag, ${AUDIO_FACTS_HEADER}`,
};

const refusal = (
  status: number,
  code: HostErrorCode,
  extra: Readonly<Record<string, string>> = {},
): Response =>
  Response.json(
    { code },
    { status, headers: { ...CROSS_ORIGIN_HEADERS, 'cache-control': 'no-store', ...extra } },
  );

/** An answer for a track that may not be played now. */
export const refuseTrack = (code: HostErrorCode): Response => refusal(STATUS_OF[code], code);

const headersOf = (file: AudioFile, range: ByteRange): Record<string, string> => ({
  ...CROSS_ORIGIN_HEADERS,
  'accept-ranges': 'bytes',
  // Kept once, by the cache behind this, and not a second time by the browser.
  'cache-control': 'no-store',
  'content-length': String(range.last - range.first + 1),
  'content-type': file.contentType,
  etag: `"${file.sha256}"`,
  ...(file.audio === undefined ? {} : { [AUDIO_FACTS_HEADER]: audioFactsToHeader(file.audio) }),
});

/**
 * A track's audio as HTTP (RFC 9110): GET and HEAD; 200, 206, 416; single, suffix and open ranges; If-Range on the strong
 * entity tag, which is the SHA-256. 400 for what is no id, 404 for what is not in the catalog, 405 for other methods, 502 and
 * 503 when the audio cannot be had. A failure after the first byte tears the body.
 */
export const serveTrack = async (
  cache: Pick<TrackCache, 'describe' | 'read'>,
  trackId: string,
  request: Request,
): Promise<Response> => {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    return refusal(405, 'invalid_argument', { allow: 'GET, HEAD' });
  }
  if (!idSchema.safeParse(trackId).success) return refusal(400, 'invalid_argument');
  try {
    const file = await cache.describe(trackId);
    const everything: ByteRange = { first: 0, last: file.bytes - 1 };
    if (request.method === 'HEAD') return new Response(null, { headers: headersOf(file, everything) });

    const decision = decideRange(
      request.headers.get('range'),
      request.headers.get('if-range'),
      `"${file.sha256}"`,
      file.bytes,
    );
    switch (decision.kind) {
      case 'unsatisfiable':
        return refusal(416, 'invalid_argument', {
          'accept-ranges': 'bytes',
          'content-range': `bytes */${file.bytes}`,
        });
      case 'whole': {
        const body = await cache.read(file, everything, request.signal);
        return new Response(body, { headers: headersOf(file, everything) });
      }
      case 'part': {
        const { first, last } = decision.range;
        const body = await cache.read(file, decision.range, request.signal);
        return new Response(body, {
          status: 206,
          headers: {
            ...headersOf(file, decision.range),
            'content-range': `bytes ${first}-${last}/${file.bytes}`,
          },
        });
      }
    }
  } catch (error) {
    if (error instanceof HostFailure) return refusal(STATUS_OF[error.code], error.code);
    throw error;
  }
};
