import { originOf } from './origin.ts';

/** What a music player's own page needs: the clipboard to share a link, full screen for Now playing. */
const GRANTED: ReadonlySet<string> = new Set(['clipboard-sanitized-write', 'fullscreen']);

/** Whether a page may use a browser capability (camera, location, notifications, …): deny by default. */
export const decidePermission = (permission: string, requestingUrl: string, appOrigin: string): boolean =>
  GRANTED.has(permission) && originOf(requestingUrl) === appOrigin;

/**
 * Whether a page counts as one that may already use a capability. Beyond what it may use, only `media` for audio: Chromium tells the names
 * of output devices to nobody else. A page that then wants to listen asks all the same, and is refused by `decidePermission`.
 */
export const decidePermissionCheck = (
  permission: string,
  mediaType: string | undefined,
  requestingUrl: string,
  appOrigin: string,
): boolean =>
  permission === 'media'
    ? mediaType === 'audio' && originOf(requestingUrl) === appOrigin
    : decidePermission(permission, requestingUrl, appOrigin);
