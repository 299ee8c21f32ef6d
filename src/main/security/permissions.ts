import { originOf } from './origin.ts';

/** What a music player's own page needs: the clipboard to share a link, full screen for Now playing. */
const GRANTED: ReadonlySet<string> = new Set(['clipboard-sanitized-write', 'fullscreen']);

/** Whether a page may use a browser capability (camera, location, notifications, …): deny by default. */
export const decidePermission = (permission: string, requestingUrl: string, appOrigin: string): boolean =>
  GRANTED.has(permission) && originOf(requestingUrl) === appOrigin;
