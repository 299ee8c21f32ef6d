/**
 * What Riffle uses of electron-updater, by shape: this folder is plain Node, and only the Electron shell imports the package (tests too,
 * which run it without Electron).
 */
import type { UpdateChannel } from '../../core/update/manifest.ts';
import type { FeedDoor } from './feed-door.ts';

/** Of the `.yml` of a channel: not signed, so never believed by itself. */
export interface UnsignedInfo {
  readonly version: string;
  readonly files: readonly { readonly url: string; readonly sha512?: string; readonly size?: number }[];
}

interface CheckResult {
  readonly isUpdateAvailable: boolean;
  readonly updateInfo: UnsignedInfo;
  readonly cancellationToken?: { cancel(): void };
}

interface UpdaterLog {
  info(message?: unknown): void;
  warn(message?: unknown): void;
  error(message?: unknown): void;
}

/** An `AppUpdater` of electron-updater 6.8. */
export interface ElectronUpdater {
  autoDownload: boolean;
  autoInstallOnAppQuit: boolean;
  allowDowngrade: boolean;
  disableWebInstaller: boolean;
  logger: UpdaterLog | null;
  isUserWithinRollout: (info: never) => boolean | Promise<boolean>;
  setFeedURL(options: {
    readonly provider: 'generic';
    readonly url: string;
    readonly channel: string;
    readonly useMultipleRangeRequest: boolean;
  }): void;
  checkForUpdates(): Promise<CheckResult | null>;
  downloadUpdate(token: never): Promise<readonly string[]>;
  on(
    event: 'download-progress',
    listener: (progress: { readonly transferred: number; readonly total: number }) => void,
  ): unknown;
  removeAllListeners(event: 'download-progress'): unknown;
}

/** What it calls a channel in the names of its files. */
export const ymlChannel = (channel: UpdateChannel): string => (channel === 'stable' ? 'latest' : channel);

interface Executor {
  createRequest: FeedDoor['createRequest'];
}

const isExecutor = (value: unknown): value is Executor =>
  typeof value === 'object' &&
  value !== null &&
  'createRequest' in value &&
  typeof value.createRequest === 'function';

/**
 * Every request of this updater goes through `door` from now on. Its own way out would follow redirects anywhere, and round and round
 * (`doDownload` counts them after having passed the number on), would take any number of bytes, and names the installation in a
 * header. Throws when electron-updater is not built as it was: then nothing is fetched at all.
 */
export const sendThrough = (updater: ElectronUpdater, door: FeedDoor): void => {
  const executor: unknown = Reflect.get(updater, 'httpExecutor');
  if (!isExecutor(executor)) throw new Error('electron-updater has no request executor any more');
  executor.createRequest = (options, callback) => door.createRequest(options, callback);
};
