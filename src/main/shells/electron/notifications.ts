import { Notification } from 'electron';
import { trackNotice } from '../../system/policies.ts';
import type { Surface } from './surroundings.ts';

/**
 * Says what begins to play, by the rules of `trackNotice`; each takes the place of the one before. Without its cover: covers are
 * WebP, which notices of no system show.
 */
export const createTrackNotices = (onClick: () => void): Surface => {
  let lastTrackId: string | null = null;
  let shown: Notification | null = null;

  return ({ now, settings, window }) => {
    const isWindowInFront = window?.isFocused() === true;
    const notice = trackNotice({ now, lastTrackId, settings, isWindowInFront });
    if (now?.isPlaying === true && now.trackId !== null) lastTrackId = now.trackId;
    if (notice === null || !Notification.isSupported()) return;
    shown?.close();
    shown = new Notification({ ...notice, silent: true });
    shown.on('click', onClick);
    shown.show();
  };
};
