/** ListenBrainz and Last.fm as their documents describe them, over real HTTP on loopback. */
import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { z } from 'zod';

/** What becomes of the next request that writes. */
export type Mood =
  | 'well'
  /** It is taken, and the answer is lost. */
  | 'takes and hangs up'
  /** Nothing is taken, and the answer is lost. */
  | 'hangs up'
  | 'busy'
  | 'forgets the token';

export interface Listen {
  readonly second: number;
  readonly title: string;
}

const bodyOf = async (incoming: IncomingMessage): Promise<string> => {
  let text = '';
  for await (const chunk of incoming) text += String(chunk);
  return text;
};

const submissionSchema = z.object({
  listen_type: z.enum(['single', 'import', 'playing_now']),
  payload: z.array(
    z.object({
      listened_at: z.int().optional(),
      track_metadata: z.object({ artist_name: z.string().min(1), track_name: z.string().min(1) }),
    }),
  ),
});

interface Answer {
  readonly status: number;
  readonly json: unknown;
  readonly headers?: Record<string, string>;
}
const HANG_UP = null;

export const LISTENBRAINZ_TOKEN = 'listenbrainz-user-token-1';
export const API_KEY = 'api-key-of-the-operator';
export const SHARED_SECRET = 'shared-secret-of-the-operator';

export const startScrobbleServers = async () => {
  const moods: Mood[] = [];
  const requests: string[] = [];
  const batches: number[] = [];
  const playing: string[] = [];
  const listens = new Map<string, Listen>();
  const scrobbles: Listen[] = [];
  const artistsIgnored = new Map<string, number>();
  let sessionKey: string | null = null;
  let isConfirmed = false;
  let hidesTracks = false;

  const listenBrainz = (path: string, token: string | undefined, body: string): Answer | null => {
    const isKnown = token === `Token ${LISTENBRAINZ_TOKEN}`;
    if (path === '/1/validate-token')
      return {
        status: 200,
        json: isKnown ? { code: 200, valid: true, user_name: 'lene' } : { code: 200, valid: false },
      };
    if (!isKnown) return { status: 401, json: { code: 401, error: 'Invalid authorization token.' } };
    const parsed = submissionSchema.safeParse(JSON.parse(body));
    if (!parsed.success || parsed.data.payload.length > 1_000) return { status: 400, json: { code: 400 } };
    const { listen_type: kind, payload } = parsed.data;
    if (kind === 'playing_now') {
      playing.push(payload[0]?.track_metadata.track_name ?? '');
      return { status: 200, json: { status: 'ok' } };
    }
    const mood = moods.shift() ?? 'well';
    if (mood === 'busy') return { status: 429, json: {}, headers: { 'x-ratelimit-reset-in': '7' } };
    if (mood === 'forgets the token') return { status: 401, json: {} };
    if (mood === 'hangs up') return HANG_UP;
    if (payload.some(({ track_metadata: { track_name: title } }) => title.includes('malformed')))
      return { status: 400, json: { code: 400 } };
    batches.push(payload.length);
    // One row for each second and recording, as its unique index has it.
    for (const {
      listened_at: second = 0,
      track_metadata: { track_name: title },
    } of payload)
      listens.set(`${second}:${title}`, { second, title });
    return mood === 'takes and hangs up' ? HANG_UP : { status: 200, json: { status: 'ok' } };
  };

  const lastfm = (body: string): Answer | null => {
    const given = Object.fromEntries(new URLSearchParams(body));
    const { api_sig: signature, format, ...signed } = given;
    const text = Object.keys(signed)
      .sort()
      .map((name) => name + (signed[name] ?? ''))
      .join('');
    const failed = (error: number): Answer => ({
      status: error === 9 ? 403 : 400,
      json: { error, message: '' },
    });
    if (format !== 'json' || given['api_key'] !== API_KEY) return failed(10);
    if (
      createHash('md5')
        .update(text + SHARED_SECRET)
        .digest('hex') !== signature
    )
      return failed(13);
    switch (given['method']) {
      case 'auth.getToken':
        return { status: 200, json: { token: 'request-token' } };
      case 'auth.getSession':
        if (given['token'] !== 'request-token') return failed(4);
        if (!isConfirmed) return failed(14);
        sessionKey = 'session-key-1';
        return { status: 200, json: { session: { name: 'lene', key: sessionKey, subscriber: 0 } } };
      case 'track.updateNowPlaying':
        if (given['sk'] !== sessionKey) return failed(9);
        playing.push(given['track'] ?? '');
        return { status: 200, json: { nowplaying: {} } };
      case 'user.getRecentTracks': {
        if (hidesTracks) return failed(17);
        const found = scrobbles.filter(
          ({ second }) => second >= Number(given['from']) && second <= Number(given['to']),
        );
        const track = found.map(({ second, title }) => ({
          name: title,
          artist: { '#text': 'Ünder Öne' },
          date: { uts: String(second) },
        }));
        return {
          status: 200,
          json: {
            recenttracks: { track: track.length === 1 ? track[0] : track, '@attr': { totalPages: '1' } },
          },
        };
      }
      case 'track.scrobble': {
        const mood = moods.shift() ?? 'well';
        if (mood === 'forgets the token') sessionKey = null;
        if (given['sk'] !== sessionKey) return failed(9);
        if (mood === 'busy') return failed(11);
        if (mood === 'hangs up') return HANG_UP;
        const answers: unknown[] = [];
        let index = 0;
        for (; given[`track[${index}]`] !== undefined; index += 1) {
          const title = given[`track[${index}]`] ?? '';
          const code = artistsIgnored.get(title) ?? 0;
          if (code === 0) scrobbles.push({ second: Number(given[`timestamp[${index}]`]), title });
          answers.push({ ignoredMessage: { code: String(code), '#text': '' } });
        }
        if (index > 50) return failed(6);
        batches.push(index);
        if (mood === 'takes and hangs up') return HANG_UP;
        return {
          status: 200,
          json: { scrobbles: { scrobble: answers.length === 1 ? answers[0] : answers } },
        };
      }
      default:
        return failed(3);
    }
  };

  const server = createServer((incoming, outgoing) => {
    void (async () => {
      const body = await bodyOf(incoming);
      const path = incoming.url ?? '';
      requests.push(path);
      const answer = path.startsWith('/2.0/')
        ? lastfm(body)
        : listenBrainz(path, incoming.headers.authorization, body);
      if (answer === HANG_UP) {
        outgoing.destroy();
        return;
      }
      outgoing.writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers });
      outgoing.end(JSON.stringify(answer.json));
    })();
  });
  const listen = (port: number): Promise<void> =>
    new Promise((resolve) => {
      server.listen(port, '127.0.0.1', resolve);
    });
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.closeAllConnections();
      server.close(() => resolve());
    });
  await listen(0);
  const { port } = server.address() as AddressInfo;
  onTestFinished(() => (server.listening ? close() : undefined));
  const url = `http://127.0.0.1:${port}`;
  return {
    addresses: { listenBrainz: url, lastfm: `${url}/2.0/`, lastfmAuth: `${url}/auth` },
    /** Each request that writes takes the next one. */
    moods,
    requests,
    batches,
    playing,
    listens: (): readonly Listen[] => [...listens.values()],
    scrobbles,
    artistsIgnored,
    confirm: () => {
      isConfirmed = true;
    },
    hideTracks: () => {
      hidesTracks = true;
    },
    goAway: close,
    comeBack: () => listen(port),
  };
};
export type ScrobbleServers = Awaited<ReturnType<typeof startScrobbleServers>>;
