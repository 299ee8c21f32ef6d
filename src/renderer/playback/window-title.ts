import { wantsSound } from '../../core/playback/playback-state.ts';
import type { PlaybackStore } from './playback-store.ts';

/**
 * Names the window after what sounds; in silence after its page, as the page last named it. Pages set the title without
 * knowing of music, so their changes are watched for. Gives its own stop.
 */
export const startWindowTitle = (page: Document, playback: PlaybackStore): (() => void) => {
  let pageTitle = page.title;

  const wanted = (): string => {
    const { queue, state } = playback.getState();
    if (queue.current === null || !wantsSound(state)) return pageTitle;
    const { title, artists } = queue.current.track;
    return [title, artists.map((artist) => artist.name).join(', ')].filter((part) => part !== '').join(' – ');
  };
  let shown = page.title;
  const show = (): void => {
    shown = wanted();
    if (page.title !== shown) page.title = shown;
  };

  const observer = new MutationObserver(() => {
    if (page.title === shown) return;
    pageTitle = page.title;
    show();
  });
  observer.observe(page.head, { childList: true, subtree: true, characterData: true });
  const stopFollowing = playback.subscribe(show);
  show();
  return () => {
    stopFollowing();
    observer.disconnect();
    page.title = pageTitle;
  };
};
