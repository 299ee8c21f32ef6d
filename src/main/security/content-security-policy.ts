import { ARTWORK_SCHEME, TRACK_SCHEME, type ShellKind } from '../../contract/track-url.ts';

const join = (directives: Readonly<Record<string, readonly string[]>>): string =>
  Object.entries(directives)
    .map(([name, sources]) => `${name} ${sources.join(' ')}`)
    .join('; ');

/**
 * What a page of the window may load and run: its own files and what the host serves, nothing from anywhere else. No
 * inline script and no `eval`; inline style is allowed because dialogs, tooltips and toasts place themselves with it.
 */
export const contentSecurityPolicy = (shell: ShellKind): string => {
  const host = shell === 'electron' ? [`${TRACK_SCHEME}:`, `${ARTWORK_SCHEME}:`] : [];
  return join({
    'default-src': ["'none'"],
    'script-src': ["'self'"],
    'style-src': ["'self'", "'unsafe-inline'"],
    'img-src': ["'self'", 'data:', 'blob:', ...host],
    'media-src': ["'self'", 'blob:', ...host],
    'connect-src': ["'self'", ...host],
    'font-src': ["'self'"],
    'worker-src': ["'self'"],
    'manifest-src': ["'self'"],
    'base-uri': ["'none'"],
    'form-action': ["'none'"],
    'frame-ancestors': ["'none'"],
    'object-src': ["'none'"],
  });
};

/** For every page of the window, in both shells. */
export const pageHeaders = (shell: ShellKind): Readonly<Record<string, string>> => ({
  'content-security-policy': contentSecurityPolicy(shell),
  'cross-origin-opener-policy': 'same-origin',
  // The window never listens; but without `microphone` Chromium does not tell it the names of output devices either.
  'permissions-policy':
    'camera=(), microphone=(self), speaker-selection=(self), geolocation=(), usb=(), serial=(), hid=()',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
});
