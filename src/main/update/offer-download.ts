import type { UpdateChannel } from '../../core/update/manifest.ts';
import type { UpdateEvent, UpdateWait } from '../../core/update/update-state.ts';
import type { Clock, Log } from '../ports.ts';
import type { ElectronUpdater } from './electron-updater.ts';
import { fetchUpdate } from './fetch-update.ts';
import { offeredVersion, type Offer } from './offer.ts';
import type { PartialPayload } from './partial-payload.ts';
import type { LineTurn } from './piece-reader.ts';

/** A download that was given up because of the listener's wish or the network; nothing went wrong. */
class Stopped extends Error {
  override readonly name = 'Stopped';
}

export interface OfferDownload {
  isRunning(): boolean;
  /** Does nothing while one is running. */
  start(offer: Offer, channel: UpdateChannel): void;
  /** Resolves when nothing is fetched any more. */
  stop(): Promise<void>;
  /** Where the verified file of an offer lies (also of one that was signed anew since); null when it was not fetched in this run. */
  pathOf(offer: Offer): string | null;
}

/** Fetches what was offered, one at a time, and says what becomes of it. */
export const createOfferDownload = (options: {
  readonly feedUrl: string;
  readonly updater: ElectronUpdater;
  readonly partial: PartialPayload;
  readonly fetch: typeof globalThis.fetch;
  readonly clock: Clock;
  readonly isOnline: () => boolean;
  readonly takeTurn: (signal: AbortSignal) => Promise<LineTurn>;
  /** What this offer waits for now; anything but null ends its download. */
  readonly waitsNow: (offer: Offer) => Promise<UpdateWait>;
  /** Does with the verified file what must be done before it counts. */
  readonly fetched: (offer: Offer, path: string) => Promise<void>;
  readonly apply: (event: UpdateEvent) => void;
  readonly onStopped: (waits: UpdateWait) => void;
  readonly onFailed: (error: unknown) => void;
  readonly closing: AbortSignal;
  readonly log: Log;
}): OfferDownload => {
  const { takeTurn, waitsNow, apply, closing } = options;
  let running: { readonly stop: AbortController; readonly done: Promise<void> } | null = null;
  let last: { readonly sha512: string; readonly path: string } | null = null;

  const fetchIt = async (offer: Offer, channel: UpdateChannel, stop: AbortController): Promise<void> => {
    const { manifest, file } = offer;
    const path = await fetchUpdate(
      { feedUrl: options.feedUrl, channel, version: manifest.version, file },
      {
        ...options,
        signal: AbortSignal.any([closing, stop.signal]),
        async takeTurn(signal) {
          const turn = await takeTurn(signal);
          if ((await waitsNow(offer)) !== null) stop.abort(new Stopped('it has to wait again'));
          return turn;
        },
        onMoved: (doneBytes, totalBytes) => apply({ kind: 'moved', doneBytes, totalBytes }),
      },
    );
    await options.fetched(offer, path);
    last = { sha512: file.sha512, path };
    apply({ kind: 'downloaded', offer: offeredVersion(offer) });
  };

  const run = async (offer: Offer, channel: UpdateChannel, stop: AbortController): Promise<void> => {
    try {
      await fetchIt(offer, channel, stop);
    } catch (error) {
      if (closing.aborted) return;
      if (!stop.signal.aborted) {
        options.onFailed(error);
        return;
      }
      const waits = await waitsNow(offer);
      apply({ kind: 'download_stopped', offer: offeredVersion(offer), waits });
      options.onStopped(waits);
    }
  };

  return {
    isRunning: () => running !== null,
    start(offer, channel) {
      if (running !== null) return;
      const stop = new AbortController();
      apply({ kind: 'download_started' });
      const done = run(offer, channel, stop).finally(() => {
        running = null;
      });
      running = { stop, done };
    },
    async stop() {
      running?.stop.abort(new Stopped('it is no longer wanted'));
      await running?.done;
    },
    pathOf: (offer) => (last?.sha512 === offer.file.sha512 ? last.path : null),
  };
};
