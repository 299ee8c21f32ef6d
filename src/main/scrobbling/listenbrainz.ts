import { z } from 'zod';
import type { Ask, Exchange } from './exchange.ts';
import type { Later, Scrobble, ScrobbleService } from './scrobble-service.ts';

/** `MAX_LISTENS_PER_REQUEST` (ListenBrainz API, Core). */
const MOST_AT_ONCE = 1_000;
const BUSY_WAIT_MS = 60_000;

const validSchema = z.object({ valid: z.literal(true), user_name: z.string().min(1).max(200) });
const answeredSchema = z.object({ valid: z.boolean() });

export const listenBrainzHeaders = (token: string): Record<string, string> => ({
  authorization: `Token ${token}`,
});

export type TokenCheck =
  | { readonly kind: 'valid'; readonly name: string }
  | { readonly kind: 'invalid_token' }
  | { readonly kind: 'unreachable' };

/** `GET /1/validate-token`. */
export const validateToken = async (ask: Ask, baseUrl: string, token: string): Promise<TokenCheck> => {
  const exchange = await ask(`${baseUrl}/1/validate-token`, {
    method: 'GET',
    headers: listenBrainzHeaders(token),
  });
  if (exchange.kind !== 'answer') return { kind: 'unreachable' };
  const valid = validSchema.safeParse(exchange.body);
  if (exchange.status === 200 && valid.success) return { kind: 'valid', name: valid.data.user_name };
  const isAnswer = exchange.status === 401 || answeredSchema.safeParse(exchange.body).success;
  return { kind: isAnswer ? 'invalid_token' : 'unreachable' };
};

type Told = Omit<Scrobble, 'id' | 'beganS'>;

/** Always the same for the same play: the service knows one that is sent again by its time and by this. */
const metadataOf = (scrobble: Told, client: string, version: string) => ({
  artist_name: scrobble.artist,
  track_name: scrobble.title,
  release_name: scrobble.album,
  additional_info: {
    media_player: client,
    submission_client: client,
    submission_client_version: version,
    duration_ms: scrobble.durationMs,
    ...(scrobble.trackNumber === null ? {} : { tracknumber: scrobble.trackNumber }),
    ...(scrobble.isrc === null ? {} : { isrc: scrobble.isrc }),
  },
});

const waitOf = (headers: Headers): number => {
  const seconds = Number(headers.get('x-ratelimit-reset-in') ?? headers.get('retry-after'));
  return Number.isFinite(seconds) && seconds > 0 ? Math.min(seconds * 1_000, 3_600_000) : BUSY_WAIT_MS;
};

/**
 * A listen is one row for each listener, second and recording in the service's table, so what is sent again is counted once
 * (unique index over `listened_at`, user and `recording_msid`).
 */
export const createListenBrainz = (options: {
  readonly ask: Ask;
  readonly baseUrl: string;
  readonly token: string;
  readonly version: string;
}): ScrobbleService => {
  const { ask, baseUrl, token, version } = options;
  const submit = (body: unknown): Promise<Exchange> =>
    ask(`${baseUrl}/1/submit-listens`, {
      method: 'POST',
      headers: { ...listenBrainzHeaders(token), 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const unreachable: Later = { kind: 'later', cause: 'unreachable', afterMs: null };

  return {
    mostAtOnce: MOST_AT_ONCE,
    async send(scrobbles) {
      const exchange = await submit({
        listen_type: scrobbles.length === 1 ? 'single' : 'import',
        payload: scrobbles.map((scrobble) => ({
          listened_at: scrobble.beganS,
          track_metadata: metadataOf(scrobble, 'Riffle', version),
        })),
      });
      if (exchange.kind === 'not_sent') return unreachable;
      if (exchange.kind === 'lost') return { kind: 'unclear' };
      const { status, headers } = exchange;
      if (status === 200) return { kind: 'taken', refused: new Map(), limited: new Set() };
      if (status === 401 || status === 403) return { kind: 'invalid_token' };
      if (status === 429) return { kind: 'later', cause: 'busy', afterMs: waitOf(headers) };
      if (status === 400 || status === 413) return { kind: 'malformed' };
      return status >= 500 ? { kind: 'unclear' } : unreachable;
    },
    look: async () => ({ kind: 'send_again' }),
    async nowPlaying(playing) {
      await submit({
        listen_type: 'playing_now',
        payload: [{ track_metadata: metadataOf(playing, 'Riffle', version) }],
      });
    },
  };
};
