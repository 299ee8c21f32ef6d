import { MINI_WINDOW_NAME } from '../../contract/mini-window.ts';
import { allowedExternalUrl } from './external-url.ts';
import { originOf } from './origin.ts';

export type NavigationDecision =
  | { readonly kind: 'allow' }
  /** Not in this window, but the system may open it. */
  | { readonly kind: 'external'; readonly url: string }
  | { readonly kind: 'deny' };

/**
 * Where a window may go: nowhere but its own pages. A link to the web, clicked, is handed to the system's browser.
 * `appOrigin` is compared whole, so `app://riffle.evil` is not `app://riffle`.
 */
export const decideNavigation = (target: string, appOrigin: string): NavigationDecision => {
  if (originOf(target) === appOrigin) return { kind: 'allow' };
  const external = allowedExternalUrl(target);
  return external === null ? { kind: 'deny' } : { kind: 'external', url: external };
};

export type WindowOpenDecision =
  | Exclude<NavigationDecision, { kind: 'allow' }>
  /** The mini player: an empty window that the page fills itself. */
  | { readonly kind: 'mini' };

/**
 * What a window may open beside itself: the mini player, once, empty and by its name, from the app's own page; else at most
 * something in the system's browser.
 */
export const decideWindowOpen = (options: {
  readonly target: string;
  readonly frameName: string;
  readonly openerUrl: string;
  readonly appOrigin: string;
  readonly isMiniOpen: boolean;
}): WindowOpenDecision => {
  const { target, frameName, openerUrl, appOrigin, isMiniOpen } = options;
  if (frameName === MINI_WINDOW_NAME) {
    const isOwn = originOf(openerUrl) === appOrigin;
    return isOwn && target === 'about:blank' && !isMiniOpen ? { kind: 'mini' } : { kind: 'deny' };
  }
  const external = allowedExternalUrl(target);
  return external === null ? { kind: 'deny' } : { kind: 'external', url: external };
};
