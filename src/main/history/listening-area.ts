import type { Track } from '../../contract/catalog-http.ts';
import type { HistoryApi, Listening, PlayedEntry } from '../../contract/history.ts';
import type { ScrobblingApi, ScrobblingState } from '../../contract/scrobbling.ts';
import { beganAt, type HistoryKeep } from '../../core/history/listening.ts';
import { inPieces } from '../../core/library/pieces.ts';
import type { Account } from '../../contract/session.ts';
import type { Settings } from '../../contract/settings.ts';
import type { HostEventSource } from '../events.ts';
import type { BroughtPlay } from '../exchange/take-over.ts';
import { pause } from '../in-slices.ts';
import type { PlayFacts } from '../library/play-facts.ts';
import type { ServiceRequests } from '../catalog-client/service-requests.ts';
import type { Seen } from '../offline-index/seen.ts';
import type { HostPorts } from '../ports.ts';
import { createScrobbling } from '../scrobbling/scrobbling.ts';
import { createHistorySync, type HistorySync } from './history-sync.ts';
import { createHistory, HISTORY_EVENT_ENTRIES, HISTORY_LIMIT } from './history.ts';
import { playFactsOf } from './play-facts-of.ts';
import { createPlaysClient } from './plays-client.ts';
import { createTrackFinder } from './track-finder.ts';
import type { PrivateSession } from './private-session.ts';

/** Plays that are written in one go; others have their turn in between. */
const MOST_AT_ONCE = 500;

/** What is written down and told of one account's listening. */
export interface ListeningArea {
  readonly api: { readonly history: HistoryApi; readonly scrobbling: ScrobblingApi };
  readonly plays: PlayFacts;
  /** Lately, for those who keep what is known of tracks. */
  tracks(): readonly Track[];
  snapshot(): { readonly history: readonly PlayedEntry[]; readonly scrobbling: ScrobblingState };
  keepChanged(): void;
  networkBack(): void;
  /** What was played on other devices may be other than it was. */
  lookElsewhere(): void;
  /** Plays that another program knows of. Rejects with a `HostFailure`: `storage_failed`, or the service's where it must say what a track is. */
  bringIn(plays: readonly BroughtPlay[]): Promise<void>;
  close(): Promise<void>;
}

export const createListeningArea = async (options: {
  /** Of the account. */
  readonly folder: string;
  readonly account: Pick<Account, 'id' | 'isPersonal'>;
  readonly ports: Pick<
    HostPorts,
    'app' | 'clock' | 'fetch' | 'log' | 'openExternal' | 'secrets' | 'scrobbleAddresses'
  >;
  readonly privacy: Pick<PrivateSession, 'isPrivate' | 'covers'>;
  readonly settings: () => Pick<Settings, 'historyKeep'>;
  readonly events: Pick<HostEventSource, 'emit'>;
  /** What was played is known without a network. */
  readonly see: (seen: Seen) => void;
  readonly knownTrack: (trackId: string) => Track | null;
  readonly requests: Pick<ServiceRequests, 'get' | 'post' | 'remove'>;
  readonly isUnreachable: () => boolean;
  /** Something was played or removed, here or elsewhere. */
  readonly onPlays: () => void;
}): Promise<ListeningArea> => {
  const { folder, account, ports, privacy, settings, events, see } = options;
  const { clock, log } = ports;
  const closing = new AbortController();
  const keep = (): HistoryKeep => settings().historyKeep;
  let sync: HistorySync | null = null;
  const history = await createHistory({
    folder,
    keep,
    isShared: account.isPersonal,
    clock,
    onToSend: () => sync?.toSend(),
    onChange(newest) {
      events.emit('history', newest);
      options.onPlays();
    },
    log,
  });
  const client = createPlaysClient(options.requests);
  const tracksOf = createTrackFinder({
    known: options.knownTrack,
    ask: client.tracks,
    onTracks: (tracks) => see({ kind: 'tracks', tracks }),
  });
  // A service without sign-in does not know whose plays they are.
  if (account.isPersonal)
    sync = createHistorySync({
      history,
      client,
      keep,
      findTracks: tracksOf,
      isUnreachable: options.isUnreachable,
      clock,
      closing: closing.signal,
      log,
    });
  const synced = sync;
  let kept = keep();
  const scrobbling = createScrobbling({
    folder,
    accountId: account.id,
    secrets: ports.secrets,
    fetch: ports.fetch,
    version: ports.app.version,
    openExternal: ports.openExternal,
    addresses: ports.scrobbleAddresses,
    clock,
    onChange: (state) => events.emit('scrobbling', state),
    log,
  });
  const isPrivate = (play: Listening | null): boolean =>
    privacy.covers(beganAt(clock.now(), play?.agoMs ?? 0));

  return {
    api: {
      history: {
        recent: async ({ limit }) => history.recent(limit),
        days: async ({ find = '' }) => history.days(find),
        page: async ({ find = '', offset, limit }) => history.page(find, offset, limit),
        onRepeat: async ({ limit }) => history.onRepeat(limit),
        async began({ track }) {
          if (!privacy.isPrivate()) scrobbling.nowPlaying(track);
        },
        async record({ track, play = null }) {
          if (isPrivate(play)) return;
          see({ kind: 'tracks', tracks: [track] });
          try {
            history.record(track, play);
          } finally {
            // A disk that does not take the one may take the other.
            if (play !== null) scrobbling.heard(track, play);
          }
        },
        async heard({ track, play }) {
          if (isPrivate(play)) return;
          try {
            history.heard(play);
          } finally {
            scrobbling.heard(track, play);
          }
        },
        remove: async ({ ids }) => history.remove(ids),
        restore: async () => history.restore(),
        clear: async () => history.clear(),
      },
      scrobbling: scrobbling.api,
    },
    plays: playFactsOf(history),
    tracks: () => history.recent(HISTORY_LIMIT).map(({ track }) => track),
    snapshot: () => ({
      history: history.recent(HISTORY_EVENT_ENTRIES),
      scrobbling: scrobbling.snapshot(),
    }),
    keepChanged: () => {
      try {
        history.keepChanged();
      } catch (error) {
        log.error('the history is trimmed at the next play', { error });
      }
      if (keep() === kept) return;
      kept = keep();
      synced?.look();
    },
    networkBack() {
      scrobbling.networkBack();
      synced?.serviceReached();
    },
    lookElsewhere: () => synced?.look(),
    async bringIn(plays) {
      const ids = [...new Set(plays.map(({ trackId }) => trackId))];
      const tracks = new Map((await tracksOf(ids)).map((track) => [track.id, track]));
      for (const some of inPieces(plays, MOST_AT_ONCE)) {
        history.bringIn(
          some.flatMap(({ trackId, atMs, heardMs }) => {
            const track = tracks.get(trackId);
            return track === undefined ? [] : [{ track, beganMs: atMs, heardMs }];
          }),
        );
        await pause();
      }
    },
    async close() {
      closing.abort();
      await scrobbling.close();
      await synced?.settled();
      history.close();
    },
  };
};
