import { PAGE_SCROLL_ID } from '../ui/page-scroll.ts';

/** The id of what holds the results, so that arrow down in the title bar's box finds them. */
export const SEARCH_RESULTS_ID = 'search-results';

const FOCUSABLE = 'a[href]:not([tabindex="-1"]), button:not([tabindex="-1"]), [role="row"][tabindex="0"]';

/** Whether there was a result to take the focus. */
export const focusFirstResult = (): boolean => {
  const first = document.getElementById(SEARCH_RESULTS_ID)?.querySelector<HTMLElement>(FOCUSABLE);
  first?.focus();
  return first !== null && first !== undefined;
};

/** Other results begin at their top. */
export const scrollPageToTop = (): void => {
  document.getElementById(PAGE_SCROLL_ID)?.scrollTo({ top: 0 });
};
