import { join } from 'node:path';
import type { Track } from '../../contract/catalog-http.ts';
import type { Listening } from '../../contract/history.ts';
import {
  SCROBBLERS,
  type ConnectProblem,
  type ScrobblerName,
  type ScrobblerState,
  type ScrobblingApi,
  type ScrobblingState,
} from '../../contract/scrobbling.ts';
import { beganAt, isScrobble } from '../../core/history/listening.ts';
import type { Clock, Log, SecretStore } from '../ports.ts';
import { storageFailure } from '../storage/storage-error.ts';
import { createConnectionSecrets } from './connection-secrets.ts';
import { createAsk } from './exchange.ts';
import { createLastfmCall, type LastfmCall, type LastfmKeys } from './lastfm-calls.ts';
import { beginLastfm, finishLastfm } from './lastfm-sign-in.ts';
import { createLastfm } from './lastfm.ts';
import { createListenBrainz, validateToken } from './listenbrainz.ts';
import { openScrobbleBox, type ScrobbleBox } from './scrobble-box.ts';
import { createScrobbleSender, type ScrobbleSender } from './scrobble-sender.ts';
import type { Scrobble, ScrobbleService } from './scrobble-service.ts';

/** Where the two live; tests have their own. */
export interface ScrobbleAddresses {
  readonly listenBrainz: string;
  readonly lastfm: string;
  readonly lastfmAuth: string;
}
const ADDRESSES: ScrobbleAddresses = {
  listenBrainz: 'https://api.listenbrainz.org',
  lastfm: 'https://ws.audioscrobbler.com/2.0/',
  lastfmAuth: 'https://www.last.fm/api/auth/',
};

export const NO_SCROBBLING: ScrobblingState = {
  listenBrainz: { state: 'off', problem: null },
  lastfm: { state: 'off', problem: null },
};

export interface Scrobbling {
  readonly api: ScrobblingApi;
  snapshot(): ScrobblingState;
  nowPlaying(track: Track): void;
  /** So much of it was heard; on the disk when it returns, if it is a scrobble. Throws `storage_failed`. */
  heard(track: Track, play: Listening): void;
  networkBack(): void;
  close(): Promise<void>;
}

interface Connection {
  readonly name: string;
  readonly service: ScrobbleService;
  readonly sender: ScrobbleSender;
}

const toldOf = (track: Track): Omit<Scrobble, 'id' | 'beganS'> => ({
  title: track.title,
  artist: track.artists.map(({ name }) => name).join(', '),
  album: track.album.title,
  trackNumber: track.trackNumber,
  durationMs: track.durationMs,
  isrc: track.isrc,
});

/** What is told of one account's plays to whom its listener connected. */
export const createScrobbling = (options: {
  /** Of the account: `scrobbles.sqlite`. */
  readonly folder: string;
  readonly accountId: string;
  readonly secrets: SecretStore;
  readonly fetch: typeof globalThis.fetch;
  readonly version: string;
  readonly openExternal: (url: string) => Promise<void>;
  readonly addresses?: ScrobbleAddresses | undefined;
  readonly clock: Clock;
  readonly onChange: (state: ScrobblingState) => void;
  readonly log: Log;
  readonly patienceMs?: number;
}): Scrobbling => {
  const { folder, version, clock, onChange, log, addresses = ADDRESSES } = options;
  const closing = new AbortController();
  const secrets = createConnectionSecrets(options.secrets, options.accountId);
  const ask = createAsk({
    fetch: options.fetch,
    userAgent: `Riffle/${version}`,
    closing: closing.signal,
    ...(options.patienceMs === undefined ? {} : { patienceMs: options.patienceMs }),
  });
  const connections = new Map<ScrobblerName, Connection>();
  const problems = new Map<ScrobblerName, ConnectProblem>();
  let authorising: { readonly keys: LastfmKeys; readonly token: string } | null = null;
  let box: ScrobbleBox | null = null;

  const opened = (): ScrobbleBox => {
    try {
      return (box ??= openScrobbleBox(join(folder, 'scrobbles.sqlite'), log));
    } catch (error) {
      throw storageFailure('scrobbles cannot be opened', error);
    }
  };

  const stateOf = (scrobbler: ScrobblerName): ScrobblerState => {
    const problem = problems.get(scrobbler) ?? null;
    const connection = connections.get(scrobbler);
    if (connection === undefined)
      return { state: scrobbler === 'lastfm' && authorising !== null ? 'authorising' : 'off', problem };
    const lastMs = opened().lastTakenMs(scrobbler);
    return {
      state: 'on',
      name: connection.name,
      waiting: opened().waiting(scrobbler),
      lastSentAt: lastMs === null ? null : new Date(lastMs).toISOString(),
      problem: connection.sender.problem(),
      refused: opened().refused(scrobbler),
    };
  };
  const snapshot = (): ScrobblingState => ({
    listenBrainz: stateOf('listenBrainz'),
    lastfm: stateOf('lastfm'),
  });
  const tell = (): ScrobblingState => {
    const state = snapshot();
    if (!closing.signal.aborted) onChange(state);
    return state;
  };

  const disconnectNow = async (scrobbler: ScrobblerName): Promise<void> => {
    const before = connections.get(scrobbler);
    connections.delete(scrobbler);
    await before?.sender.close();
  };
  const connect = async (scrobbler: ScrobblerName, name: string, service: ScrobbleService): Promise<void> => {
    const before = connections.get(scrobbler);
    await disconnectNow(scrobbler);
    // What waits is the plays of whoever it was connected to.
    if (before !== undefined && before.name !== name) opened().clear(scrobbler);
    if (closing.signal.aborted) return;
    problems.delete(scrobbler);
    const sender = createScrobbleSender({
      scrobbler,
      service,
      box: opened(),
      clock,
      onChange: () => void (connections.has(scrobbler) && tell()),
      log,
    });
    connections.set(scrobbler, { name, service, sender });
  };

  const listenBrainzWith = (token: string): ScrobbleService =>
    createListenBrainz({ ask, baseUrl: addresses.listenBrainz, token, version });
  const callWith = (keys: LastfmKeys): LastfmCall =>
    createLastfmCall({ ask, apiUrl: addresses.lastfm, keys });

  /** What goes wrong with the key store is a state, not an exception: the listener can try again. */
  const keeping = async (scrobbler: ScrobblerName, work: () => Promise<void>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      if (closing.signal.aborted) return;
      log.warn('the connection could not be kept', { scrobbler, error });
      problems.set(scrobbler, 'key_store');
    }
  };

  /** Connects what was connected. */
  const start = async (): Promise<void> => {
    await keeping('listenBrainz', async () => {
      const secret = await secrets.listenBrainz();
      if (secret !== null) await connect('listenBrainz', secret.name, listenBrainzWith(secret.token));
    });
    await keeping('lastfm', async () => {
      const secret = await secrets.lastfm();
      if (secret === null) return;
      const { name, sessionKey } = secret;
      await connect('lastfm', name, createLastfm({ call: callWith(secret), sessionKey, name }));
    });
    tell();
  };
  const started = start().catch((error: unknown) => log.error('scrobbling cannot start', { error }));

  const api: ScrobblingApi = {
    async get() {
      await started;
      return snapshot();
    },
    async connectListenBrainz({ token }) {
      await started;
      const check = await validateToken(ask, addresses.listenBrainz, token.trim());
      if (check.kind === 'valid') {
        await keeping('listenBrainz', async () => {
          await secrets.keepListenBrainz({ token: token.trim(), name: check.name });
          await connect('listenBrainz', check.name, listenBrainzWith(token.trim()));
        });
      } else problems.set('listenBrainz', check.kind);
      return tell();
    },
    async beginLastfm({ apiKey, sharedSecret }) {
      await started;
      const keys = { apiKey: apiKey.trim(), sharedSecret: sharedSecret.trim() };
      authorising = null;
      problems.delete('lastfm');
      const begun = await beginLastfm(callWith(keys), keys, addresses.lastfmAuth);
      if (begun.kind === 'failed') problems.set('lastfm', begun.problem);
      else {
        authorising = { keys, token: begun.token };
        await options.openExternal(begun.address);
      }
      return tell();
    },
    async finishLastfm() {
      await started;
      if (authorising === null) return snapshot();
      const { keys, token } = authorising;
      const finished = await finishLastfm(callWith(keys), keys, token);
      if (finished.kind === 'failed') {
        problems.set('lastfm', finished.problem);
        if (finished.problem !== 'not_confirmed' && finished.problem !== 'unreachable') authorising = null;
        return tell();
      }
      authorising = null;
      const { secret } = finished;
      const { name, sessionKey } = secret;
      await keeping('lastfm', async () => {
        await secrets.keepLastfm(secret);
        await connect('lastfm', name, createLastfm({ call: callWith(keys), sessionKey, name }));
      });
      return tell();
    },
    async disconnect({ scrobbler }) {
      await started;
      if (scrobbler === 'lastfm') authorising = null;
      problems.delete(scrobbler);
      await disconnectNow(scrobbler);
      await keeping(scrobbler, () => secrets.forget(scrobbler));
      opened().clear(scrobbler);
      return tell();
    },
    async forgetRefused({ scrobbler }) {
      await started;
      opened().forgetRefused(scrobbler);
      return tell();
    },
  };

  return {
    api,
    snapshot: () =>
      connections.size === 0 && authorising === null && problems.size === 0 ? NO_SCROBBLING : snapshot(),
    nowPlaying(track) {
      for (const { service, sender } of connections.values()) {
        if (sender.problem() === 'invalid_token') continue;
        service.nowPlaying(toldOf(track)).catch((error: unknown) => {
          if (!closing.signal.aborted) log.info('not told what plays now', { error });
        });
      }
    },
    heard(track, play) {
      if (!isScrobble(track.durationMs, play.heardMs)) return;
      const beganS = Math.floor(beganAt(clock.now(), play.agoMs) / 1_000);
      let isNew = false;
      for (const scrobbler of SCROBBLERS) {
        const connection = connections.get(scrobbler);
        if (connection === undefined) continue;
        try {
          if (!opened().add(scrobbler, { ...toldOf(track), id: play.id, beganS })) continue;
        } catch (error) {
          throw storageFailure('a scrobble cannot be kept', error);
        }
        isNew = true;
        connection.sender.added();
      }
      if (isNew) tell();
    },
    networkBack() {
      for (const { sender } of connections.values()) sender.networkBack();
    },
    async close() {
      closing.abort();
      await started;
      await Promise.all([...connections.values()].map(({ sender }) => sender.close()));
      connections.clear();
      box?.close();
      box = null;
    },
  };
};
