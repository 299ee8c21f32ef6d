import { z } from 'zod';
import type { RefusalReason } from '../../contract/scrobbling.ts';
import { normalise } from '../../core/search-text/normalise.ts';
import type { LastfmCall, LastfmReply, Parameters } from './lastfm-calls.ts';
import type { Later, LookOutcome, Scrobble, ScrobbleService, SendOutcome } from './scrobble-service.ts';

/** "Up to a maximum of 50 scrobbles per batch" (track.scrobble). */
const MOST_AT_ONCE = 50;
const RATE_LIMIT_WAIT_MS = 5 * 60_000;
/** Of `user.getRecentTracks`. */
const MOST_LOOKED_AT = 200;
const MOST_PAGES = 10;

const OFFLINE = new Set([11, 16]);
const RATE_LIMITED = 29;
const OPERATION_FAILED = 8;
const PRIVATE_TRACKS = 17;
/** 9: session; 4, 10, 13, 14, 26: not allowed, key, signature, not authorised, suspended. Only the listener can mend them. */
const NOT_ALLOWED = new Set([4, 9, 10, 13, 14, 15, 26]);

/** Of `ignoredMessage` (track.scrobble). */
const IGNORED: Readonly<Record<number, RefusalReason>> = {
  1: 'artist',
  2: 'track',
  3: 'too_old',
  4: 'too_new',
};
const DAY_LIMIT = 5;

/** Lists of one are given as the one (their XML made JSON). */
const oneOrMany = <Item extends z.ZodType>(item: Item) =>
  z.union([z.array(item), item.transform((one) => [one])]);
const scrobbledSchema = z.object({
  scrobbles: z.object({
    scrobble: oneOrMany(z.object({ ignoredMessage: z.object({ code: z.coerce.number() }) })),
  }),
});
const recentSchema = z.object({
  recenttracks: z.object({
    track: oneOrMany(
      z.object({
        name: z.string(),
        artist: z.union([z.object({ '#text': z.string() }), z.object({ name: z.string() })]),
        date: z.object({ uts: z.coerce.number() }).optional(),
      }),
    ).default([]),
    '@attr': z.object({ totalPages: z.coerce.number() }),
  }),
});

type Told = Omit<Scrobble, 'id' | 'beganS'>;

const fieldsOf = (scrobble: Told): Parameters => ({
  artist: scrobble.artist,
  track: scrobble.title,
  album: scrobble.album,
  ...(scrobble.trackNumber === null ? {} : { trackNumber: String(scrobble.trackNumber) }),
  duration: String(Math.round(scrobble.durationMs / 1_000)),
});

const failureOf = (reply: Exclude<LastfmReply, { kind: 'ok' }>): SendOutcome => {
  if (reply.kind === 'not_sent') return { kind: 'later', cause: 'unreachable', afterMs: null };
  if (reply.kind === 'lost' || reply.error === OPERATION_FAILED) return { kind: 'unclear' };
  if (OFFLINE.has(reply.error)) return { kind: 'later', cause: 'busy', afterMs: null };
  if (reply.error === RATE_LIMITED) return { kind: 'later', cause: 'busy', afterMs: RATE_LIMIT_WAIT_MS };
  if (NOT_ALLOWED.has(reply.error)) return { kind: 'invalid_token' };
  return { kind: 'malformed' };
};

const unreachable: Later = { kind: 'later', cause: 'unreachable', afterMs: null };

export const createLastfm = (options: {
  readonly call: LastfmCall;
  readonly sessionKey: string;
  readonly name: string;
}): ScrobbleService => {
  const { call, sessionKey, name } = options;

  /** Their names may have been corrected there: the second is the identity, and artist or title a second opinion. */
  const isSame = (scrobble: Scrobble, uts: number, title: string, artist: string): boolean =>
    scrobble.beganS === uts &&
    (normalise(scrobble.title) === normalise(title) || normalise(scrobble.artist) === normalise(artist));

  const look = async (scrobbles: readonly Scrobble[]): Promise<LookOutcome> => {
    const seconds = scrobbles.map(({ beganS }) => beganS);
    const taken = new Set<string>();
    for (let page = 1, pages = 1; page <= pages; page += 1) {
      if (page > MOST_PAGES) return { kind: 'cannot_tell' };
      const reply = await call('user.getRecentTracks', {
        user: name,
        sk: sessionKey,
        from: String(Math.min(...seconds) - 1),
        to: String(Math.max(...seconds) + 1),
        limit: String(MOST_LOOKED_AT),
        page: String(page),
      });
      if (reply.kind === 'error' && reply.error === PRIVATE_TRACKS) return { kind: 'cannot_tell' };
      if (reply.kind !== 'ok') {
        const failure = failureOf(reply);
        if (failure.kind === 'later' || failure.kind === 'invalid_token') return failure;
        return failure.kind === 'malformed' ? { kind: 'cannot_tell' } : unreachable;
      }
      const parsed = recentSchema.safeParse(reply.body);
      if (!parsed.success) return unreachable;
      const { track: tracks, '@attr': about } = parsed.data.recenttracks;
      pages = about.totalPages;
      for (const { name: title, artist, date } of tracks) {
        if (date === undefined) continue;
        const artistName = 'name' in artist ? artist.name : artist['#text'];
        for (const scrobble of scrobbles)
          if (isSame(scrobble, date.uts, title, artistName)) taken.add(scrobble.id);
      }
    }
    return { kind: 'told', taken };
  };

  return {
    mostAtOnce: MOST_AT_ONCE,
    async send(scrobbles) {
      const parameters: Record<string, string> = { sk: sessionKey };
      for (const [index, scrobble] of scrobbles.entries()) {
        const fields = { ...fieldsOf(scrobble), timestamp: String(scrobble.beganS) };
        for (const [field, value] of Object.entries(fields)) parameters[`${field}[${index}]`] = value;
      }
      const reply = await call('track.scrobble', parameters);
      if (reply.kind !== 'ok') return failureOf(reply);
      const parsed = scrobbledSchema.safeParse(reply.body);
      if (!parsed.success || parsed.data.scrobbles.scrobble.length !== scrobbles.length)
        return { kind: 'unclear' };
      const refused = new Map<string, RefusalReason>();
      const limited = new Set<string>();
      for (const [index, { ignoredMessage }] of parsed.data.scrobbles.scrobble.entries()) {
        const id = scrobbles[index]?.id;
        if (id === undefined || ignoredMessage.code === 0) continue;
        if (ignoredMessage.code === DAY_LIMIT) limited.add(id);
        else refused.set(id, IGNORED[ignoredMessage.code] ?? 'other');
      }
      return { kind: 'taken', refused, limited };
    },
    look,
    async nowPlaying(playing) {
      await call('track.updateNowPlaying', { ...fieldsOf(playing), sk: sessionKey });
    },
  };
};
