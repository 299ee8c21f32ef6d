import { create } from 'zustand';
import { MINI_WINDOW_NAME, MINI_WINDOW_SIZE } from '../../contract/mini-window.ts';
import { shell } from '../host/host-client.ts';

/** Document Picture-in-Picture (WICG), not yet in TypeScript's own library: what is used of it. */
interface PictureInPicture {
  readonly requestWindow: (options: { readonly width: number; readonly height: number }) => Promise<Window>;
}
declare global {
  interface Window {
    readonly documentPictureInPicture?: PictureInPicture;
  }
}

/** What the root element says of bars and panels that only the large window has. */
const OF_THE_LARGE_WINDOW: ReadonlySet<string> = new Set(['data-panel', 'data-notice', 'data-floating-bar']);

const useStore = create<{ readonly window: Window | null }>(() => ({ window: null }));

export const useMiniWindow = (): Window | null => useStore((state) => state.window);

/** Chromium brings such windows; where Electron's has none, its shell lets the page open one by name. */
export const canOpenMiniPlayer = (): boolean =>
  window.documentPictureInPicture !== undefined || shell() === 'electron';

const openWindow = async (): Promise<Window | null> => {
  if (shell() !== 'electron') {
    return (await window.documentPictureInPicture?.requestWindow(MINI_WINDOW_SIZE)) ?? null;
  }
  const { width, height } = MINI_WINDOW_SIZE;
  const mini = window.open('about:blank', MINI_WINDOW_NAME, `popup,width=${width},height=${height}`);
  if (mini === null) throw new DOMException('the shell opened no window', 'NotAllowedError');
  return mini;
};

/** Theme, density and colours live on the root element; the small window wears the same, also when they change. */
function dressLike(source: Document, target: Document): () => void {
  const root = source.documentElement;
  const copy = (): void => {
    for (const { name, value } of root.attributes) {
      if (!OF_THE_LARGE_WINDOW.has(name)) target.documentElement.setAttribute(name, value);
    }
  };
  copy();
  for (const sheet of source.querySelectorAll('link[rel=stylesheet], style')) {
    target.head.append(target.importNode(sheet, true));
  }
  const observer = new MutationObserver(copy);
  observer.observe(root, { attributes: true });
  return () => observer.disconnect();
}

/**
 * Opens the mini player, or closes the one that is open. Needs a press in a browser; browser or shell keeps the window on top and
 * remembers its place and size.
 *
 * @throws DOMException when the browser opens none.
 */
export async function toggleMiniPlayer(title: string): Promise<void> {
  const open = useStore.getState().window;
  if (open !== null) {
    open.close();
    return;
  }
  const mini = await openWindow();
  if (mini === null) return;
  mini.document.title = title;
  const undress = dressLike(document, mini.document);
  const button = document.activeElement;
  mini.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && !event.defaultPrevented && !event.isComposing) mini.close();
  });
  mini.addEventListener('pagehide', () => {
    undress();
    // The large window has the keyboard again, at the place that it was left from.
    window.focus();
    if (document.activeElement === document.body && button instanceof HTMLElement) button.focus();
    useStore.setState({ window: null });
  });
  useStore.setState({ window: mini });
}
