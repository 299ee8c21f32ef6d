import { originOf } from './origin.ts';

/**
 * Whether a message over IPC comes from the app's own page: its top frame, at the app's own origin. A frame that is gone
 * (null) is nobody.
 */
export const isOwnPage = (
  frame: { readonly url: string; readonly parent: unknown } | null,
  appOrigin: string,
): boolean => frame !== null && frame.parent === null && originOf(frame.url) === appOrigin;
