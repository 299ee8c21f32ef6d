import { html } from './html.ts';

/** `renderer/ui/logo.tsx` */
export const MARK = html`<svg
  viewBox="3 3 18 18.5"
  fill="none"
  stroke-width="2.45"
  stroke-linecap="round"
  stroke-linejoin="round"
  aria-hidden="true"
>
  <path
    stroke="currentColor"
    d="M5 19.7V9.9C5 6.7 6.9 4.9 9.1 4.9c2.4 0 3.6 1.9 4.3 4.4.7 2.5 1.5 3.7 3.1 3.7 1.3 0 2.1-.9 2.7-2.1"
  />
  <path stroke="var(--accent)" d="M9.8 18.9c1-1.9 2.7-2.3 4.5-.7 1.7 1.5 3.5 1.3 4.9-1" />
</svg>`;

/** `assets/icons/icon.svg`, without its ground. */
export const ICON = `data:image/svg+xml,${encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="3 3 18 18.5" fill="none" stroke-width="2.6" stroke-linecap="round"><path stroke="#f0915a" d="M5 19.7V9.9C5 6.7 6.9 4.9 9.1 4.9c2.4 0 3.6 1.9 4.3 4.4.7 2.5 1.5 3.7 3.1 3.7 1.3 0 2.1-.9 2.7-2.1M9.8 18.9c1-1.9 2.7-2.3 4.5-.7 1.7 1.5 3.5 1.3 4.9-1"/></svg>',
)}`;
