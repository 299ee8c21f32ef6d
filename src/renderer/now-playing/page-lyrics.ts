import { create } from 'zustand';

/** Whether the page of what plays has its words beside the sleeve; for as long as the window lives. */
const usePageLyricsStore = create<{ readonly shown: boolean }>(() => ({ shown: true }));

export const usePageLyrics = (): boolean => usePageLyricsStore(({ shown }) => shown);

export function togglePageLyrics(): void {
  usePageLyricsStore.setState(({ shown }) => ({ shown: !shown }));
}
