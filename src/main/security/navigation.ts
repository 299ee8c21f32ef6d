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

/** What a window may open beside itself: no window, ever; at most something in the system's browser. */
export const decideWindowOpen = (target: string): Exclude<NavigationDecision, { kind: 'allow' }> => {
  const external = allowedExternalUrl(target);
  return external === null ? { kind: 'deny' } : { kind: 'external', url: external };
};
