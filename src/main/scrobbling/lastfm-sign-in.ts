import { z } from 'zod';
import type { ConnectProblem } from '../../contract/scrobbling.ts';
import type { LastfmSecret } from './connection-secrets.ts';
import type { LastfmCall, LastfmKeys, LastfmReply } from './lastfm-calls.ts';

const tokenSchema = z.object({ token: z.string().min(1).max(200) });
const sessionSchema = z.object({
  session: z.object({ name: z.string().min(1).max(200), key: z.string().min(1).max(200) }),
});

const EXPIRED = new Set([4, 15]);
const NOT_AUTHORISED = 14;
const WRONG_KEYS = new Set([10, 13, 26]);

const problemOf = (reply: LastfmReply): ConnectProblem => {
  if (reply.kind !== 'error') return 'unreachable';
  if (WRONG_KEYS.has(reply.error)) return 'invalid_key';
  if (reply.error === NOT_AUTHORISED) return 'not_confirmed';
  return EXPIRED.has(reply.error) ? 'expired' : 'unreachable';
};

export type LastfmBegun =
  | { readonly kind: 'begun'; readonly token: string; readonly address: string }
  | { readonly kind: 'failed'; readonly problem: ConnectProblem };
export type LastfmFinished =
  | { readonly kind: 'connected'; readonly secret: LastfmSecret }
  | { readonly kind: 'failed'; readonly problem: ConnectProblem };

/** Authentication for desktop applications (Last.fm API): a token, the listener's yes on a page of theirs, a session without an end. */
export const beginLastfm = async (
  call: LastfmCall,
  keys: LastfmKeys,
  authUrl: string,
): Promise<LastfmBegun> => {
  const reply = await call('auth.getToken', {});
  const parsed = tokenSchema.safeParse(reply.kind === 'ok' ? reply.body : null);
  if (!parsed.success) return { kind: 'failed', problem: problemOf(reply) };
  const { token } = parsed.data;
  return {
    kind: 'begun',
    token,
    address: `${authUrl}?${new URLSearchParams({ api_key: keys.apiKey, token })}`,
  };
};

export const finishLastfm = async (
  call: LastfmCall,
  keys: LastfmKeys,
  token: string,
): Promise<LastfmFinished> => {
  const reply = await call('auth.getSession', { token });
  const parsed = sessionSchema.safeParse(reply.kind === 'ok' ? reply.body : null);
  if (!parsed.success) return { kind: 'failed', problem: problemOf(reply) };
  const { name, key } = parsed.data.session;
  return { kind: 'connected', secret: { ...keys, sessionKey: key, name } };
};
