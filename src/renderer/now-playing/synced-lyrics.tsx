import { LocateFixed } from 'lucide-react';
import { useLayoutEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import type { Lyrics } from '../../contract/catalog-http.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { player } from '../playback/player.ts';
import { Button } from '../ui/button.tsx';
import { classNames } from '../ui/class-names.ts';
import { wordsFrom } from './lyric-lines.ts';
import styles from './lyrics.module.css';
import { useCurrentLine } from './use-current-line.ts';

/** Where the sung line stands, as a share of the height: what comes is worth more room than what was. */
const PLACE = 0.4;
/** These move the words by hand. */
const SCROLL_KEYS = new Set(['PageUp', 'PageDown', 'Home', 'End']);

const wantsStillness = (): boolean => window.matchMedia('(prefers-reduced-motion: reduce)').matches;

function bringToPlace(scroller: HTMLElement, line: HTMLElement): void {
  const top = line.offsetTop + line.offsetHeight / 2 - scroller.clientHeight * PLACE;
  scroller.scrollTo({ top, behavior: wantsStillness() ? 'auto' : 'smooth' });
}

/**
 * Lyrics with times: they follow what is sung until they are scrolled by hand, and a press on a line plays from there. One
 * tab stop; the arrows go from line to line.
 */
export function SyncedLyrics({ lyrics }: { readonly lyrics: Lyrics }): ReactNode {
  const t = useTexts('nowPlaying');
  const { lines, language } = lyrics;
  const current = useCurrentLine(lines);
  const scroller = useRef<HTMLDivElement>(null);
  const list = useRef<HTMLOListElement>(null);
  const [isFollowing, setFollowing] = useState(true);
  const [focused, setFocused] = useState<number | null>(null);
  const tabStop = focused ?? wordsFrom(lines, Math.max(current, 0) - 1, 1) ?? 0;

  useLayoutEffect(() => {
    const line = list.current?.children[Math.max(current, 0)];
    if (!isFollowing || scroller.current === null || !(line instanceof HTMLElement)) return;
    bringToPlace(scroller.current, line);
  }, [current, isFollowing]);

  const goTo = (index: number): void => {
    setFollowing(true);
    player.seekTo(lines[index]?.atMs ?? 0);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (SCROLL_KEYS.has(event.key)) setFollowing(false);
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    event.preventDefault();
    const next = wordsFrom(lines, tabStop, event.key === 'ArrowDown' ? 1 : -1);
    const button = next === null ? null : list.current?.children[next]?.querySelector('button');
    setFollowing(false);
    button?.focus();
  };

  return (
    <div className={styles.lyrics}>
      <div
        ref={scroller}
        className={styles.scroller}
        data-scroll
        onWheel={() => setFollowing(false)}
        onTouchMove={() => setFollowing(false)}
        onPointerDown={(event) => event.target === event.currentTarget && setFollowing(false)}
      >
        <ol ref={list} className={styles.lines} aria-label={t('lyrics')} lang={language ?? undefined}>
          {lines.map((line, index) => {
            const key = `${line.atMs}-${index}`;
            if (line.text === '') return <li key={key} className={styles.gap} aria-hidden />;
            return (
              <li key={key}>
                <button
                  type="button"
                  className={classNames(styles.line, index === current && styles.current)}
                  aria-current={index === current ? 'true' : undefined}
                  tabIndex={index === tabStop ? 0 : -1}
                  onFocus={() => setFocused(index)}
                  onBlur={() => setFocused(null)}
                  onKeyDown={onKeyDown}
                  onClick={() => goTo(index)}
                >
                  {line.text}
                </button>
              </li>
            );
          })}
        </ol>
      </div>
      {!isFollowing && (
        <div className={styles.follow}>
          <Button icon={LocateFixed} onClick={() => setFollowing(true)}>
            {t('follow')}
          </Button>
        </div>
      )}
    </div>
  );
}
