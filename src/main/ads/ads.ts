import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { adBreakSchema, type AdBreakRequest, type AdSpot } from '../../contract/ads-http.ts';
import { catalogPaths } from '../../contract/catalog-http.ts';
import type { HostApi } from '../../contract/host-api.ts';
import { HostFailure } from '../../contract/host-error.ts';
import type { ServiceRequests } from '../catalog-client/service-requests.ts';
import type { Clock, Log } from '../ports.ts';
import { serveTrack } from '../track-cache/serve-track.ts';
import { createEventOutbox } from './event-outbox.ts';
import { fetchSpots, type FetchedSpot } from './fetch-spots.ts';
import { createRecentSpots } from './recent-spots.ts';

/** The ads of one account: what is heard in a break, and what became of it. */
export interface Ads {
  readonly api: HostApi['ads'];
  /** The audio of a spot of the current break, from memory, as `serveTrack` serves a track's. 404 for any other. */
  serve(request: Request, spotId: string): Promise<Response>;
  /** The service answers: reports that wait are sent. May be called for each answer. */
  serviceReached(): void;
  /** Asks and sends nothing any more; resolves when nothing is written any more. What was reported is on the disk. */
  close(): Promise<void>;
}

export interface AdsOptions {
  /** The account's own. Reports wait in `ad-events.jsonl`; `ads.json` knows what was heard lately. */
  readonly folder: string;
  /** Of the account's service, with its token. */
  readonly post: ServiceRequests['post'];
  /** For the addresses of audio, which are signed: no token goes with them. */
  readonly fetch: typeof globalThis.fetch;
  /** Whether the service is known not to answer: then it is not asked. */
  readonly isUnreachable: () => boolean;
  readonly clock: Clock;
  /** Asks and sends nothing any more once it aborts. */
  readonly closing: AbortSignal;
  readonly log: Log;
  /** How long the service may take to choose. */
  readonly patienceMs?: number;
  /** How long the audio may take after that. */
  readonly fetchPatienceMs?: number;
}

/** Reads what waits from last time by itself. */
export const createAds = (options: AdsOptions): Ads => {
  const { folder, post, fetch, isUnreachable, clock, log } = options;
  const { patienceMs = 2_500, fetchPatienceMs = 12_000 } = options;
  const closed = new AbortController();
  const closing = AbortSignal.any([options.closing, closed.signal]);
  const recent = createRecentSpots({ path: join(folder, 'ads.json'), log });
  const outbox = createEventOutbox({
    path: join(folder, 'ad-events.jsonl'),
    post,
    isUnreachable,
    clock,
    log,
    closing,
  });
  let current: { readonly breakId: string; readonly spots: readonly FetchedSpot[] } | null = null;

  /** Aborts when the time is over or the account closes. Let go of it with `free`. */
  const limit = (limitMs: number): { readonly signal: AbortSignal; readonly free: () => void } => {
    const over = new AbortController();
    const freed = new AbortController();
    clock
      .wait(limitMs, AbortSignal.any([freed.signal, closing]))
      .catch(() => undefined)
      .finally(() => over.abort());
    return { signal: over.signal, free: () => freed.abort() };
  };

  /** No answer, whatever the reason: the music goes on, and nobody is told. */
  const ask = async (request: AdBreakRequest) => {
    try {
      return await post(catalogPaths.adBreak, request, adBreakSchema);
    } catch (error) {
      if (!(error instanceof HostFailure)) throw error;
      log.info('no ad break', { code: error.code });
      return null;
    }
  };

  const choose = async (request: AdBreakRequest): Promise<readonly FetchedSpot[]> => {
    if (isUnreachable() || closing.aborted) return [];
    const patience = limit(patienceMs);
    const answer = await Promise.race([ask(request), aborted(patience.signal)]);
    patience.free();
    if (answer === null || answer.breakId !== request.breakId) return [];
    const fetching = limit(fetchPatienceMs);
    const spots = await fetchSpots(answer.spots, { fetch, log, signal: fetching.signal });
    fetching.free();
    return spots;
  };

  const isLastOfBreak = (breakId: string, spotId: string): boolean =>
    current?.breakId === breakId && current.spots.at(-1)?.offered.id === spotId;

  const audioOf = (spotId: string): FetchedSpot => {
    const spot = current?.spots.find(({ offered }) => offered.id === spotId);
    if (spot === undefined) throw new HostFailure('not_found', 'no spot of the current break');
    return spot;
  };

  return {
    api: {
      async chooseBreak({ afterTrackId }) {
        const breakId = randomUUID();
        const spots = await choose({ breakId, afterTrackId, recentSpotIds: [...(await recent.list())] });
        // What may be heard at this moment stays until there is something else to hear.
        if (spots.length > 0) current = { breakId, spots };
        return { breakId, spots: spots.map(({ offered }) => withoutMedia(offered)) };
      },
      async report({ breakId, spotId, kind }) {
        await outbox.add({ breakId, spotId, kind, at: new Date(clock.now()).toISOString() });
        if (kind === 'impression') await recent.heard(spotId);
        if (kind === 'complete' && isLastOfBreak(breakId, spotId)) outbox.sendSoon();
      },
    },
    serve: (request, spotId) =>
      serveTrack(
        {
          describe: async (id) => {
            const { offered, audio } = audioOf(id);
            const { sha256, contentType } = offered.media;
            return { trackId: id, sha256, bytes: audio.byteLength, contentType };
          },
          read: async ({ trackId }, { first, last }) =>
            new Blob([audioOf(trackId).audio.subarray(first, last + 1)]).stream(),
        },
        spotId,
        request,
      ),
    serviceReached: () => outbox.serviceReached(),
    async close() {
      closed.abort();
      current = null;
      await outbox.settled();
    },
  };
};

const aborted = (signal: AbortSignal): Promise<null> =>
  new Promise((resolve) => {
    signal.addEventListener('abort', () => resolve(null), { once: true });
  });

const withoutMedia = ({ media: _media, ...spot }: FetchedSpot['offered']): AdSpot => spot;
