/** The id of what scrolls a page. The frame makes it; lists, back and forward, and the skip link find it. */
export const PAGE_SCROLL_ID = 'page';

/** What scrolls this element: the page, or the side panel it stands in (`data-scroll`). */
export function pageScrollElement(element: Element): HTMLElement | null {
  return element.closest<HTMLElement>('[data-scroll]') ?? document.getElementById(PAGE_SCROLL_ID);
}
