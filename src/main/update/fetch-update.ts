import type { UpdateChannel, UpdateFile } from '../../core/update/manifest.ts';
import type { Log } from '../ports.ts';
import { systemErrorCode } from '../storage/storage-error.ts';
import { sendThrough, ymlChannel, type ElectronUpdater, type UnsignedInfo } from './electron-updater.ts';
import { openFeedDoor, type FeedDoor } from './feed-door.ts';
import type { PartialPayload } from './partial-payload.ts';
import type { PieceReaderOptions } from './piece-reader.ts';
import { UpdateFailed } from './update-failed.ts';
import { isExactly } from './verify-file.ts';

const DISK_ERRORS = new Set(['ENOSPC', 'EDQUOT', 'EROFS', 'EACCES', 'EPERM', 'EIO', 'EMFILE', 'ENFILE']);

const codeOf = (error: unknown): unknown =>
  typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;

/** Whether the `.yml` leads to the very file that was signed. */
const leadsTo = (info: UnsignedInfo, version: string, file: UpdateFile, feedUrl: string): boolean => {
  const wanted = new URL(file.name, feedUrl).href;
  const named = info.files.filter(({ url }) => URL.parse(url, feedUrl)?.href === wanted);
  return (
    info.version === version &&
    named.length === 1 &&
    named.every(
      ({ sha512, size }) => sha512 === file.sha512 && (size === undefined || size === file.sizeBytes),
    )
  );
};

const explained = (error: unknown, door: FeedDoor): UpdateFailed => {
  if (error instanceof UpdateFailed) return error;
  if (codeOf(error) === 'ERR_CHECKSUM_MISMATCH')
    return new UpdateFailed('bad_payload', 'not the bytes that were signed', { cause: error });
  const code = systemErrorCode(error);
  if (code !== null && DISK_ERRORS.has(code))
    return new UpdateFailed('storage_failed', `the update cannot be stored: ${code}`, { cause: error });
  const failure = door.failure();
  if (failure !== null) return failure;
  const isMissing = codeOf(error) === 'ERR_UPDATER_CHANNEL_FILE_NOT_FOUND';
  return new UpdateFailed(isMissing ? 'feed_differs' : 'internal', 'electron-updater failed', {
    cause: error,
  });
};

/**
 * Lets electron-updater fetch the one file that was signed (only what changed of it, where it can), and gives where it lies once it is
 * byte for byte what was signed. Throws an `UpdateFailed`, or the signal's reason once that aborts.
 */
export const fetchUpdate = async (
  wanted: {
    readonly feedUrl: string;
    readonly channel: UpdateChannel;
    readonly version: string;
    readonly file: UpdateFile;
  },
  options: PieceReaderOptions & {
    readonly updater: ElectronUpdater;
    readonly partial: PartialPayload;
    readonly signal: AbortSignal;
    readonly log: Log;
    readonly onMoved: (doneBytes: number, totalBytes: number) => void;
  },
): Promise<string> => {
  const { updater, partial, signal, log, onMoved } = options;
  const { feedUrl, channel, version, file } = wanted;
  const door = openFeedDoor({ ...options, feedUrl, file });
  sendThrough(updater, door);
  updater.autoDownload = false;
  updater.autoInstallOnAppQuit = false;
  updater.disableWebInstaller = true;
  // Whose turn it is was decided by what is signed.
  updater.isUserWithinRollout = () => true;
  updater.logger = {
    info: () => undefined,
    warn: () => log.info('electron-updater warned'),
    // It has addresses and traces in it; what matters of it comes as a rejection.
    error: () => log.info('electron-updater took another way or failed'),
  };
  // An edge answers several ranges in one request with the whole object (CloudFront).
  updater.setFeedURL({
    provider: 'generic',
    url: feedUrl,
    channel: ymlChannel(channel),
    useMultipleRangeRequest: false,
  });
  updater.allowDowngrade = false;

  try {
    const found = await updater.checkForUpdates();
    signal.throwIfAborted();
    if (found === null) throw new UpdateFailed('internal', 'electron-updater is not active');
    if (!found.isUpdateAvailable || !leadsTo(found.updateInfo, version, file, feedUrl))
      throw new UpdateFailed('feed_differs', 'the feed leads elsewhere than its signed manifest');
    const { cancellationToken } = found;
    const cancel = (): void => cancellationToken?.cancel();
    signal.addEventListener('abort', cancel, { once: true });
    updater.removeAllListeners('download-progress');
    updater.on('download-progress', ({ transferred, total }) => onMoved(transferred, total));
    try {
      const [path] = await updater.downloadUpdate(cancellationToken as never);
      if (path === undefined || !(await isExactly(path, file)))
        throw new UpdateFailed('bad_payload', 'what was stored is not what was signed');
      await partial.forget();
      return path;
    } finally {
      signal.removeEventListener('abort', cancel);
    }
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    const failure = explained(error, door);
    // Going on from bytes that are wrong, or of another file, would go wrong every time.
    if (['bad_payload', 'feed_differs'].includes(failure.reason)) await partial.forget();
    throw failure;
  }
};
