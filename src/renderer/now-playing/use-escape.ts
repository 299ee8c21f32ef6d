import { useEffect, useEffectEvent } from 'react';
import { canGoBack, goBack } from '../frame/history-reach.ts';
import { closeSidePanel, currentSidePanel } from '../frame/side-panel.ts';

/** Whatever is open above the page has Escape first. */
const OVERLAYS = '[role=dialog], [role=alertdialog], [role=menu]';

/** Back to where one was; to the start for who came from nowhere. */
export function leaveNowPlaying(navigate: (path: string) => void): void {
  if (canGoBack()) goBack();
  else navigate('/');
}

/** Escape leaves the page, after it has closed what is open above it: a dialog, a menu, a side panel. */
export function useEscape(leave: () => void): void {
  const onKeyDown = useEffectEvent((event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.defaultPrevented || event.isComposing) return;
    if (document.querySelector(OVERLAYS) !== null) return;
    event.preventDefault();
    if (currentSidePanel() === null) leave();
    else closeSidePanel();
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent): void => onKeyDown(event);
    window.addEventListener('keydown', listener);
    return () => window.removeEventListener('keydown', listener);
  }, []);
}
