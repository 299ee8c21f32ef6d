import type { Settings } from '../../contract/settings.ts';
import type { NowPlaying } from '../../contract/system.ts';

export interface TrackNotice {
  readonly title: string;
  readonly body: string;
}

/**
 * What to say of a track that begins: nothing unless the listener wants it, nothing while they look at the window, nothing of ads,
 * and nothing of a track that goes on after a pause.
 */
export const trackNotice = (options: {
  readonly now: NowPlaying | null;
  /** What was last said of, or would have been. */
  readonly lastTrackId: string | null;
  readonly settings: Pick<Settings, 'notifyOnTrackChange'>;
  readonly isWindowInFront: boolean;
}): TrackNotice | null => {
  const { now, lastTrackId, settings, isWindowInFront } = options;
  if (!settings.notifyOnTrackChange || isWindowInFront) return null;
  if (now === null || !now.isPlaying || now.trackId === null || now.trackId === lastTrackId) return null;
  const body = [now.artists, now.album].filter((part) => part !== '').join(' – ');
  return { title: now.title, body };
};

/** Whether the computer is to be kept from falling asleep by itself. */
export const staysAwake = (
  now: NowPlaying | null,
  settings: Pick<Settings, 'stayAwakeWhilePlaying'>,
): boolean => settings.stayAwakeWhilePlaying && now?.isPlaying === true;

/**
 * What closing the window means. Where music should go on without one, the window is only hidden: it is the window that plays.
 * On macOS that is how every app goes on.
 */
export const closingMeans = (options: {
  readonly platform: NodeJS.Platform;
  readonly settings: Pick<Settings, 'closeToTray'>;
  readonly isQuitting: boolean;
  readonly hasTray: boolean;
}): 'hide' | 'close' => {
  const { platform, settings, isQuitting, hasTray } = options;
  if (isQuitting) return 'close';
  if (platform === 'darwin') return 'hide';
  return settings.closeToTray && hasTray ? 'hide' : 'close';
};
