import type { HostApi } from '../../contract/host-api.ts';
import { HostFailure } from '../../contract/host-error.ts';
import type { Settings } from '../../contract/settings.ts';
import type { UpdateState } from '../../contract/update.ts';
import { nextUpdateState } from '../../core/update/next-state.ts';
import { firstCheckInMs, nextCheckInMs, retryInMs, waitOf } from '../../core/update/timing.ts';
import type { UpdateEvent, UpdateWait } from '../../core/update/update-state.ts';
import type { ServiceRequests } from '../catalog-client/service-requests.ts';
import type { Clock, Log } from '../ports.ts';
import { createFeedQuestion } from './feed-question.ts';
import { createOfferDownload } from './offer-download.ts';
import { offeredVersion, type Offer } from './offer.ts';
import type { LineTurn } from './piece-reader.ts';
import { createTimer } from './timer.ts';
import { UpdateFailed } from './update-failed.ts';
import type { UpdatePorts } from './update-ports.ts';
import { isExactly } from './verify-file.ts';

export interface Updates {
  readonly api: HostApi['update'];
  snapshot(): UpdateState;
  settingsChanged(): void;
  /** Asks nothing any more; resolves when nothing is fetched or written any more. */
  close(): Promise<void>;
}

export interface UpdatesOptions {
  readonly ports: Exclude<UpdatePorts, { readonly unsupported: unknown }>;
  /** What runs. */
  readonly version: string;
  readonly settings: {
    readonly get: () => Settings;
    readonly change: (changes: Partial<Settings>) => Promise<Settings>;
  };
  readonly fetch: typeof globalThis.fetch;
  readonly clock: Clock;
  readonly isOnline: () => boolean;
  readonly isMetered: () => Promise<boolean | null>;
  /** The line that music comes over; resolves when nothing more urgent is on it. */
  readonly takeTurn: (signal: AbortSignal) => Promise<LineTurn>;
  /** To the service that counts what became of updates; null while none is known. */
  readonly post: () => ServiceRequests['post'] | null;
  readonly onChange: (state: UpdateState) => void;
  /** 0 to below 1. */
  readonly random: () => number;
  readonly log: Log;
}

const METERED_AGAIN_MS = 15 * 60_000;
const TELL_EVERY_MS = 250;

const failureOf = (error: unknown): UpdateFailed => {
  if (error instanceof UpdateFailed) return error;
  const isStorage = error instanceof HostFailure && error.code === 'storage_failed';
  return new UpdateFailed(isStorage ? 'storage_failed' : 'internal', 'the update failed', { cause: error });
};

/**
 * Owns how the app keeps itself up to date. Everything it decides is in `core/update`; here it is carried out: asked, believed, fetched,
 * verified again, installed. Whatever goes wrong, the app that runs stays as it is.
 */
export const createUpdates = (options: UpdatesOptions): Updates => {
  const { settings, clock, log, random } = options;
  const { feed, updater, install, start } = options.ports;
  const { record, kept, partial, reports } = start;
  const closing = new AbortController();
  const isOff = (): boolean => settings.get().updates === 'off';

  let state: UpdateState = isOff() ? { state: 'off' } : { state: 'idle', checkedAt: null };
  let channel = settings.get().updateChannel;
  let offer: Offer | null = null;
  /** The listener pressed "download" for it. */
  let askedFor: string | null = null;
  let failures = 0;
  let checking: { readonly stop: AbortController; readonly done: Promise<void> } | null = null;
  let toldAtMs = Number.NEGATIVE_INFINITY;

  const now = (): string => new Date(clock.now()).toISOString();
  const apply = (event: UpdateEvent): void => {
    const before = state;
    state = nextUpdateState(state, event);
    if (state === before) return;
    const isProgress = event.kind === 'moved';
    if (isProgress && clock.now() - toldAtMs < TELL_EVERY_MS) return;
    toldAtMs = isProgress ? clock.now() : Number.NEGATIVE_INFINITY;
    options.onChange(state);
  };

  const timers = { clock, closing: closing.signal, log };
  const nextCheck = createTimer({ ...timers, act: () => void check() });
  const meteredAgain = createTimer({ ...timers, act: () => void reconsider() });

  /** Says what went wrong and when it is tried again. */
  const fail = (kind: 'check_failed' | 'download_failed' | 'install_failed', error: unknown): void => {
    failures += 1;
    const inMs = retryInMs(failures, random());
    nextCheck.set(inMs);
    const { reason, message, cause } = failureOf(error);
    log.warn('updates', { kind, reason, message, ...(reason === 'internal' ? { cause } : {}) });
    apply({ kind, reason, retryAt: new Date(clock.now() + inMs).toISOString() });
  };

  const question = createFeedQuestion({
    ...options,
    feed,
    record,
    target: install.target,
    settings: settings.get,
  });

  const waitsNow = async ({ manifest }: Offer): Promise<UpdateWait> => {
    const { updates, fetchOnMetered } = settings.get();
    return waitOf({
      mode: updates === 'automatic' ? 'automatic' : 'ask',
      isAsked: askedFor === manifest.version,
      isMetered: await options.isMetered(),
      mayUseMetered: fetchOnMetered,
    });
  };
  const waitFor = (waits: UpdateWait): void => {
    if (waits === 'metered') meteredAgain.set(METERED_AGAIN_MS);
  };

  const download = createOfferDownload({
    ...options,
    feedUrl: feed.url,
    updater,
    partial,
    waitsNow,
    async fetched({ manifest }, path) {
      // For the day on which the version after this one does not start.
      if (install.runningFile === null) await kept.keep(manifest.version, path);
      failures = 0;
    },
    apply,
    onStopped: waitFor,
    onFailed: (error) => fail('download_failed', error),
    closing: closing.signal,
  });

  /** Says that it is offered, and fetches it unless it has to wait. */
  const pursue = async (found: Offer): Promise<void> => {
    const waits = await waitsNow(found);
    if (offer !== found) return;
    apply({ kind: 'offered', offer: offeredVersion(found), waits });
    waitFor(waits);
    if (waits === null && state.state === 'available') download.start(found, channel);
  };
  /** The network or the listener's wish is another than a while ago. */
  const reconsider = async (): Promise<void> => {
    if (offer !== null && state.state === 'available') await pursue(offer);
  };

  const checkNow = async (signal: AbortSignal): Promise<void> => {
    apply({ kind: 'check_started' });
    try {
      const found = await question.ask(channel, signal);
      if (signal.aborted) return;
      failures = 0;
      nextCheck.set(nextCheckInMs(random()));
      offer = found;
      if (found === null) apply({ kind: 'nothing_newer', at: now() });
      else await pursue(found);
    } catch (error) {
      if (!signal.aborted) fail('check_failed', error);
    }
  };
  const sendReports = (): void => {
    const post = isOff() ? null : options.post();
    if (post !== null) void reports.send(post);
  };
  const check = async (): Promise<void> => {
    if (isOff() || download.isRunning() || state.state === 'installing' || closing.signal.aborted) return;
    if (checking === null) {
      const stop = new AbortController();
      const done = checkNow(AbortSignal.any([closing.signal, stop.signal])).finally(() => {
        checking = null;
        sendReports();
      });
      checking = { stop, done };
    }
    await checking.done;
  };

  /** Verified again, for the disk is not ours alone; the version that runs is kept to go back to. */
  const prepareInstall = async (wanted: Offer): Promise<string> => {
    question.assertOffered(wanted, channel);
    const path = download.pathOf(wanted);
    if (path === null || !(await isExactly(path, wanted.file)))
      throw new UpdateFailed('bad_payload', 'what is to be installed is not what was signed');
    if (install.runningFile !== null && (await kept.find(options.version)) === null)
      await kept.keep(options.version, install.runningFile);
    await record.change({ installedFrom: channel });
    return path;
  };
  const installNow = async (): Promise<void> => {
    if (state.state !== 'ready' || offer === null) return;
    const wanted = offer;
    apply({ kind: 'install_started' });
    try {
      await install.replaceWith(await prepareInstall(wanted), false);
    } catch (error) {
      fail(
        'install_failed',
        error instanceof UpdateFailed
          ? error
          : new UpdateFailed('install_failed', 'not installed', { cause: error }),
      );
    }
  };

  /** Nothing is asked or fetched any more, and nothing is known of any version. */
  const stopAll = async (): Promise<void> => {
    nextCheck.clear();
    meteredAgain.clear();
    offer = null;
    askedFor = null;
    checking?.stop.abort(new Error('no longer wanted'));
    await Promise.all([checking?.done, download.stop()]);
  };

  const settingsChanged = (): void => {
    const isOtherChannel = settings.get().updateChannel !== channel;
    channel = settings.get().updateChannel;
    if (isOff()) {
      apply({ kind: 'switched_off' });
      void stopAll();
      return;
    }
    if (state.state === 'off' || isOtherChannel) {
      void stopAll().then(() => {
        apply({ kind: 'nothing_newer', at: now() });
        apply({ kind: 'switched_on' });
        if (!isOff()) nextCheck.set(firstCheckInMs(random()));
      });
      return;
    }
    void reconsider();
  };

  const { rolledBack } = record.get();
  if (rolledBack !== null && rolledBack.to === options.version)
    state = nextUpdateState(state, { kind: 'put_back', ...rolledBack });
  if (!isOff()) nextCheck.set(firstCheckInMs(random()));

  return {
    api: {
      get: async () => state,
      async check() {
        await check();
        return state;
      },
      async download() {
        askedFor = offer?.manifest.version ?? null;
        await reconsider();
        return state;
      },
      async install() {
        await installNow();
        return state;
      },
      async skip({ version }) {
        await settings.change({ skippedVersion: version });
        if (offer?.manifest.version === version) {
          offer = null;
          await download.stop();
          apply({ kind: 'skipped', at: now() });
        }
        return state;
      },
      async acknowledge() {
        if (state.state === 'rolled_back') {
          await record.change({ rolledBack: null });
          apply({ kind: 'acknowledged', isOff: isOff() });
        }
        return state;
      },
      usable: () => start.guard.usable(),
    },
    snapshot: () => state,
    settingsChanged,
    async close() {
      closing.abort();
      await stopAll();
      await start.guard.ended();
    },
  };
};
