import { useEffect } from 'react';
import { createStore } from 'zustand/vanilla';

interface WindowTitle {
  readonly page: string | null;
  readonly sounding: string | null;
}

/** The one owner of `document.title`: pages and the player say what they have to say, here it is decided. */
const titles = createStore<WindowTitle>(() => ({ page: null, sounding: null }));

const change = (part: Partial<WindowTitle>): void => {
  titles.setState(part);
  const { page, sounding } = titles.getState();
  const name = sounding ?? page;
  document.title = name === null ? 'Riffle' : `${name} – Riffle`;
};

/** Names the window after its page, for the task bar and for screen readers; what sounds goes before it. */
export function usePageTitle(title: string | null): void {
  useEffect(() => change({ page: title }), [title]);
}

/** Names the window after what sounds; null in silence. */
export function setSoundingTitle(title: string | null): void {
  change({ sounding: title });
}
