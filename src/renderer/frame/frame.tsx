import { useEffect, useLayoutEffect, useRef, type ReactNode } from 'react';
import { useLocation } from 'wouter';
import { useTexts } from '../i18n/use-texts.ts';
import { useCurrentTrack } from '../playback/playback-hooks.ts';
import { PlayerBar } from '../playback/player-bar.tsx';
import { QueuePanel } from '../playback/queue-panel.tsx';
import { LyricsPanel } from '../now-playing/lyrics-panel.tsx';
import { NOW_PLAYING_PATH } from '../now-playing/paths.ts';
import { togglePageLyrics } from '../now-playing/page-lyrics.ts';
import { SignInAgainBar } from '../session/sign-in-again-bar.tsx';
import { useAction } from '../shortcuts/registry.ts';
import { setPlayingArtwork } from '../theme/page-artwork.ts';
import { classNames } from '../ui/class-names.ts';
import { PAGE_SCROLL_ID } from '../ui/page-scroll.ts';
import styles from './frame.module.css';
import { ScrollThumb } from './scroll-thumb.tsx';
import { useScrollMemory } from './scroll-memory.ts';
import { toggleSidePanel, useSidePanel } from './side-panel.ts';
import { Sidebar } from './sidebar.tsx';
import { TitleBar } from './title-bar.tsx';
import { useRail } from './use-rail.ts';

/** After a change of page, keys and screen readers go on from the page when what had the focus is gone. */
function useFocusOnPage(path: string, page: { readonly current: HTMLElement | null }): void {
  const before = useRef(path);
  useEffect(() => {
    if (before.current === path) return;
    before.current = path;
    const focused = document.activeElement;
    const isGone = focused === null || focused === document.body || focused.closest('[hidden]') !== null;
    if (isGone) page.current?.focus({ preventScroll: true });
  }, [path, page]);
}

/** By itself: in the frame, each change of tracks would render title bar and sidebar anew, just before or while it begins to sound. */
function PlayingArtwork(): null {
  const artwork = useCurrentTrack()?.artwork ?? null;
  useLayoutEffect(() => setPlayingArtwork(artwork), [artwork]);
  return null;
}

/** What is always there: title bar, sidebar, player; between them the page, and beside it one side panel. */
export function Frame({ children }: { readonly children: ReactNode }) {
  const t = useTexts('frame');
  const page = useRef<HTMLElement>(null);
  const panel = useSidePanel();
  const rail = useRail();
  const [path] = useLocation();
  // The page of what plays has a player of its own, and the whole window.
  const isWhole = path === NOW_PLAYING_PATH;
  useScrollMemory(page, path);
  useFocusOnPage(path, page);
  useAction('playback.lyrics', () => (isWhole ? togglePageLyrics() : toggleSidePanel('lyrics')));

  useLayoutEffect(() => {
    // The number of covers on a shelf follows the panel; the stylesheet reads it here.
    document.documentElement.dataset.panel = panel === null ? 'closed' : 'open';
  }, [panel]);

  return (
    <div className={classNames(styles.frame, isWhole && styles.whole)}>
      <PlayingArtwork />
      <button type="button" className={styles.skip} onClick={() => page.current?.focus()}>
        {t('skip')}
      </button>
      <TitleBar />
      {!isWhole && (
        <div className={styles.side}>
          <Sidebar rail={rail} />
        </div>
      )}
      <div className={styles.middle}>
        <div className={styles.pageArea}>
          <main ref={page} id={PAGE_SCROLL_ID} tabIndex={-1} className={styles.page} aria-label={t('page')}>
            <div className={styles.content}>{children}</div>
          </main>
          <ScrollThumb scroller={page} />
        </div>
        {panel !== null && !(isWhole && panel === 'lyrics') && (
          <aside className={styles.panel} aria-label={t('sidePanel')} data-scroll>
            {panel === 'queue' ? <QueuePanel /> : <LyricsPanel />}
          </aside>
        )}
      </div>
      <div className={styles.notice}>
        <SignInAgainBar />
      </div>
      <footer className={styles.player} hidden={isWhole} aria-label={t('player')}>
        <PlayerBar />
      </footer>
    </div>
  );
}
