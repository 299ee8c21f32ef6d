import type { HostApi } from '../../contract/host-api.ts';
import { HostFailure } from '../../contract/host-error.ts';
import type { Settings } from '../../contract/settings.ts';
import type { UpdateState } from '../../contract/update.ts';
import { decideUpdate, type Installation } from '../../core/update/decide.ts';
import type { UpdateFile, UpdateManifest } from '../../core/update/manifest.ts';
import { nextUpdateState } from '../../core/update/next-state.ts';
import { firstCheckInMs, nextCheckInMs, retryInMs, waitOf } from '../../core/update/timing.ts';
import type { OfferedVersion, UpdateEvent, UpdateWait } from '../../core/update/update-state.ts';
import type { ServiceRequests } from '../catalog-client/service-requests.ts';
import type { Clock, Log } from '../ports.ts';
import { fetchManifest } from './fetch-manifest.ts';
import { fetchUpdate } from './fetch-update.ts';
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
  readonly ports: UpdatePorts;
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

interface Offer {
  readonly manifest: UpdateManifest;
  readonly file: UpdateFile;
}

/** A download that was given up because of the listener's wish or the network; nothing went wrong. */
class Stopped extends Error {
  override readonly name = 'Stopped';
}

const METERED_AGAIN_MS = 15 * 60_000;
const TELL_EVERY_MS = 250;

const offered = ({ manifest, file }: Offer): OfferedVersion => ({
  version: manifest.version,
  notes: manifest.notes,
  sizeBytes: file.sizeBytes,
});

/** No updates here, and why. */
const createNoUpdates = (state: UpdateState): Updates => {
  const get = async (): Promise<UpdateState> => state;
  return {
    api: {
      get,
      check: get,
      download: get,
      install: get,
      skip: get,
      acknowledge: get,
      usable: async () => undefined,
    },
    snapshot: () => state,
    settingsChanged: () => undefined,
    close: async () => undefined,
  };
};

/**
 * Owns how the app keeps itself up to date. Everything it decides is in `core/update`; here it is carried out: asked, believed, fetched,
 * verified again, installed. Whatever goes wrong, the app that runs stays as it is.
 */
export const createUpdates = (options: UpdatesOptions): Updates => {
  const { ports, settings, clock, log, random } = options;
  if ('unsupported' in ports) return createNoUpdates({ state: 'unsupported', because: ports.unsupported });
  const { feed, updater, install, start } = ports;
  const { record, kept, reports } = start;
  const closing = new AbortController();

  const isOff = (): boolean => settings.get().updates === 'off';
  let state: UpdateState = isOff() ? { state: 'off' } : { state: 'idle', checkedAt: null };
  let offer: Offer | null = null;
  /** Where the verified file of the offer lies. */
  let fetchedPath: string | null = null;
  let askedFor: string | null = null;
  let failures = 0;
  let checking: Promise<void> | null = null;
  let downloading: { readonly stop: AbortController; readonly done: Promise<void> } | null = null;
  let channel = settings.get().updateChannel;
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

  const nextCheck = createTimer({ clock, closing: closing.signal, log, act: () => void check() });
  const meteredAgain = createTimer({ clock, closing: closing.signal, log, act: () => void reconsider() });

  /** Asks again when it is time, and gives when that is. */
  const planRetry = (): string => {
    failures += 1;
    const inMs = retryInMs(failures, random());
    nextCheck.set(inMs);
    return new Date(clock.now() + inMs).toISOString();
  };
  const failureOf = (error: unknown): UpdateFailed => {
    if (error instanceof UpdateFailed) return error;
    const reason =
      error instanceof HostFailure && error.code === 'storage_failed' ? 'storage_failed' : 'internal';
    return new UpdateFailed(reason, 'the update failed', { cause: error });
  };

  const installation = (): Installation => {
    const { installationId, givenUp, seen } = record.get();
    return {
      version: options.version,
      channel,
      target: install.target,
      installationId,
      skippedVersion: settings.get().skippedVersion,
      givenUp,
      lastSignedAt: seen[channel],
    };
  };

  const waitsNow = async (version: string): Promise<UpdateWait> => {
    const { updates, fetchOnMetered } = settings.get();
    return waitOf({
      mode: updates === 'automatic' ? 'automatic' : 'ask',
      isAsked: askedFor === version,
      isMetered: await options.isMetered(),
      mayUseMetered: fetchOnMetered,
    });
  };

  /** Asks the feed; gives what it offers, null when that is nothing. */
  const ask = async (signal: AbortSignal): Promise<Offer | null> => {
    const manifest = await fetchManifest(feed, channel, { ...options, signal });
    const decision = decideUpdate(manifest, installation(), clock.now());
    if (decision.kind === 'refuse')
      throw new UpdateFailed(decision.because, `a manifest was refused: ${decision.because}`);
    await record.seen(channel, manifest.signedAt);
    if (decision.kind === 'offer') return { manifest, file: decision.file };
    log.info('no update', { because: decision.because, version: manifest.version });
    return null;
  };

  const sendReports = (): void => {
    const post = isOff() ? null : options.post();
    if (post !== null) void reports.send(post);
  };

  const checkNow = async (stop: AbortSignal): Promise<void> => {
    apply({ kind: 'check_started' });
    try {
      const found = await ask(stop);
      failures = 0;
      nextCheck.set(nextCheckInMs(random()));
      if (found === null) {
        offer = null;
        apply({ kind: 'nothing_newer', at: now() });
        return;
      }
      const waits = await waitsNow(found.manifest.version);
      if (stop.aborted) return;
      offer = found;
      apply({ kind: 'offered', offer: offered(found), waits });
      if (waits === null) download();
      else if (waits === 'metered') meteredAgain.set(METERED_AGAIN_MS);
    } catch (error) {
      if (stop.aborted) return;
      const { reason, message } = failureOf(error);
      log.warn('updates could not be asked for', { reason, message });
      apply({ kind: 'check_failed', reason, retryAt: planRetry() });
    }
  };

  let stopChecking = new AbortController();
  const check = (): Promise<void> => {
    if (isOff() || downloading !== null || state.state === 'installing' || closing.signal.aborted)
      return Promise.resolve();
    stopChecking = new AbortController();
    checking ??= checkNow(AbortSignal.any([closing.signal, stopChecking.signal])).finally(() => {
      checking = null;
      sendReports();
    });
    return checking;
  };

  /** The network or the listener's wish is another than a while ago. */
  const reconsider = async (): Promise<void> => {
    if (offer === null || state.state !== 'available') return;
    const waits = await waitsNow(offer.manifest.version);
    apply({ kind: 'offered', offer: offered(offer), waits });
    if (waits === null) download();
    else if (waits === 'metered') meteredAgain.set(METERED_AGAIN_MS);
  };

  const fetchOffer = async (wanted: Offer, signal: AbortSignal, stop: AbortController): Promise<void> => {
    const takeTurn = async (waiting: AbortSignal): Promise<LineTurn> => {
      const turn = await options.takeTurn(waiting);
      if ((await waitsNow(wanted.manifest.version)) !== null)
        stop.abort(new Stopped('the network is paid by use'));
      return turn;
    };
    const { manifest, file } = wanted;
    const path = await fetchUpdate(
      { feedUrl: feed.url, channel, version: manifest.version, file },
      {
        ...options,
        updater,
        signal,
        takeTurn,
        onMoved: (doneBytes, totalBytes) => apply({ kind: 'moved', doneBytes, totalBytes }),
      },
    );
    // For the day on which the version after this one does not start.
    if (install.runningFile === null) await kept.keep(manifest.version, path);
    fetchedPath = path;
    failures = 0;
    apply({ kind: 'downloaded', offer: offered(wanted) });
  };

  const downloadNow = async (wanted: Offer, stop: AbortController): Promise<void> => {
    const signal = AbortSignal.any([closing.signal, stop.signal]);
    try {
      await fetchOffer(wanted, signal, stop);
    } catch (error) {
      if (closing.signal.aborted) return;
      if (stop.signal.aborted) {
        const waits = await waitsNow(wanted.manifest.version);
        apply({ kind: 'download_stopped', offer: offered(wanted), waits });
        if (waits === 'metered') meteredAgain.set(METERED_AGAIN_MS);
        return;
      }
      const { reason, message } = failureOf(error);
      log.warn('the update could not be fetched', { reason, message });
      apply({ kind: 'download_failed', reason, retryAt: planRetry() });
    }
  };

  const download = (): void => {
    if (offer === null || downloading !== null || state.state !== 'available') return;
    const stop = new AbortController();
    fetchedPath = null;
    apply({ kind: 'download_started' });
    const done = downloadNow(offer, stop).finally(() => {
      downloading = null;
    });
    downloading = { stop, done };
  };

  /** Verified again, for the disk is not ours alone; the version that runs is kept to go back to. */
  const prepareInstall = async (wanted: Offer): Promise<string> => {
    const decision = decideUpdate(wanted.manifest, installation(), clock.now());
    if (decision.kind === 'refuse') throw new UpdateFailed(decision.because, 'no longer to be believed');
    if (decision.kind === 'nothing')
      throw new UpdateFailed('feed_differs', `no longer offered: ${decision.because}`);
    if (fetchedPath === null || !(await isExactly(fetchedPath, wanted.file)))
      throw new UpdateFailed('bad_payload', 'what is to be installed is not what was signed');
    if (install.runningFile !== null) await kept.keep(options.version, install.runningFile);
    await record.change({ installedFrom: channel });
    return fetchedPath;
  };

  const installNow = async (): Promise<void> => {
    if (state.state !== 'ready' || offer === null) return;
    const wanted = offer;
    apply({ kind: 'install_started' });
    try {
      await install.replaceWith(await prepareInstall(wanted), false);
    } catch (error) {
      const failed =
        error instanceof UpdateFailed
          ? error
          : new UpdateFailed('install_failed', 'not installed', { cause: error });
      log.error('the update could not be installed', { reason: failed.reason, error });
      apply({ kind: 'install_failed', reason: failed.reason, retryAt: planRetry() });
    }
  };

  const stopAll = (): void => {
    nextCheck.clear();
    meteredAgain.clear();
    stopChecking.abort();
    downloading?.stop.abort(new Stopped('no longer wanted'));
    offer = null;
    askedFor = null;
  };

  const settingsChanged = (): void => {
    const wasOff = state.state === 'off';
    if (isOff()) {
      stopAll();
      apply({ kind: 'switched_off' });
      return;
    }
    const isOtherChannel = settings.get().updateChannel !== channel;
    channel = settings.get().updateChannel;
    if (wasOff || isOtherChannel) {
      if (isOtherChannel) {
        stopAll();
        apply({ kind: 'nothing_newer', at: now() });
      }
      apply({ kind: 'switched_on' });
      nextCheck.set(firstCheckInMs(random()));
      return;
    }
    void reconsider();
  };

  const begin = (): void => {
    const { rolledBack } = record.get();
    if (rolledBack !== null && rolledBack.to === options.version) {
      const { from, to, at } = rolledBack;
      state = nextUpdateState(state, { kind: 'put_back', from, to, at });
    }
    if (!isOff()) nextCheck.set(firstCheckInMs(random()));
  };
  begin();

  return {
    api: {
      get: async () => state,
      async check() {
        await check();
        return state;
      },
      async download() {
        if (offer !== null) {
          askedFor = offer.manifest.version;
          download();
        }
        return state;
      },
      async install() {
        await installNow();
        return state;
      },
      async skip({ version }) {
        await settings.change({ skippedVersion: version });
        if (offer?.manifest.version === version) {
          downloading?.stop.abort(new Stopped('skipped'));
          await downloading?.done;
          offer = null;
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
      stopAll();
      await Promise.all([checking, downloading?.done]);
      await start.guard.ended();
    },
  };
};
