import { useLayoutEffect, useRef, useState } from 'react';
import { classNames } from './class-names.ts';
import styles from './sleeve-title.module.css';
import { breakInTwo, cutTitle, fitTitle, type TitleFit, type TitleMeasure } from './title-fit.ts';
import { tooltip } from './tooltip.tsx';

export interface SleeveTitleProps {
  readonly text: string;
  readonly size: 'xl' | 'l' | 'm' | 's';
  readonly as?: 'h1' | 'h2' | 'h3' | 'p';
  /** Two lines of about the same length whenever there are two words: artist pages. */
  readonly balanced?: boolean;
  readonly lang?: string;
}

/** Measuring at a large size keeps the rounding of glyph positions out of the result. */
const MEASURE_PX = 200;

const wordsOf = (text: string): readonly string[] => text.split(/\s+/).filter((word) => word !== '');

interface WordMeasure extends TitleMeasure {
  readonly words: readonly string[];
  readonly firstLineWords: number;
}

/** All parts stand in the document before the first is measured: laying the page out is what takes time. */
function writeParts(probe: HTMLElement, text: string): readonly HTMLElement[] {
  const words = wordsOf(text);
  const parts = [words.join(' '), ...words].map((part) => {
    const element = document.createElement('span');
    element.textContent = part;
    return element;
  });
  probe.replaceChildren(...parts);
  return parts;
}

function measureParts(text: string, parts: readonly HTMLElement[]): WordMeasure {
  const words = wordsOf(text);
  const [oneLine = 0, ...wordWidths] = parts.map((part) => part.getBoundingClientRect().width / MEASURE_PX);
  const spaceWidth =
    words.length > 1 ? (oneLine - wordWidths.reduce((sum, width) => sum + width, 0)) / (words.length - 1) : 0;
  const { width, firstLineWords } = breakInTwo(wordWidths, spaceWidth);
  return { oneLine, twoLines: width, words, firstLineWords };
}

/** Broken where it is best; left to itself, a line of a wide page would not break at all. */
function brokenInTwo({ words, firstLineWords }: WordMeasure): string {
  if (words.length < 2) return words.join(' ');
  return `${words.slice(0, firstLineWords).join(' ')}\n${words.slice(firstLineWords).join(' ')}`;
}

interface ShownTitle extends TitleFit {
  /** The title, or as much of it as fits. */
  readonly shown: string;
  /** The same with its line break. */
  readonly lined: string;
}

/** The title as the poster: narrow before it is small, small before it is cut. */
export function SleeveTitle({ text, size, as: Heading = 'h1', balanced = false, lang }: SleeveTitleProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  const probe = useRef<HTMLSpanElement>(null);
  const [fit, setFit] = useState<ShownTitle | null>(null);

  useLayoutEffect(() => {
    const element = heading.current;
    const ruler = probe.current;
    if (element === null || ruler === null) return undefined;
    const measure = (part: string): WordMeasure => measureParts(part, writeParts(ruler, part));
    const refit = (): void => {
      const parts = writeParts(ruler, text);
      const available = element.getBoundingClientRect().width;
      if (available === 0) {
        ruler.replaceChildren();
        return;
      }
      const whole = measureParts(text, parts);
      const fullSize = Number.parseFloat(getComputedStyle(ruler).getPropertyValue('outline-width'));
      const next = fitTitle(whole, available, fullSize, balanced);
      const shown = next.tooLong ? cutTitle(text, measure, available, next.sizePx) : text;
      const lined = next.lines === 2 ? brokenInTwo(shown === text ? whole : measure(shown)) : shown;
      ruler.replaceChildren();
      setFit((old) =>
        old?.shown === shown && old.lined === lined && old.sizePx === next.sizePx && old.lines === next.lines
          ? old
          : { ...next, shown, lined },
      );
    };
    refit();
    const observer = new ResizeObserver(refit);
    observer.observe(element);
    // The full size may follow the window's height, which changes no width here.
    observer.observe(document.documentElement);
    // The first measure may have been of the fallback face.
    void document.fonts?.ready.then(refit);
    return () => observer.disconnect();
  }, [text, balanced]);

  const shown = fit?.shown ?? text;
  const cut = shown !== text;
  return (
    <Heading
      ref={heading}
      lang={lang}
      className={classNames(styles.title, styles[size], fit?.lines === 2 && styles.twoLines)}
      style={fit === null ? undefined : { fontSize: `${fit.sizePx}px` }}
      {...(cut ? { ...tooltip(text), 'aria-label': text } : {})}
    >
      {fit?.lined ?? text}
      <span ref={probe} className={styles.probe} aria-hidden />
    </Heading>
  );
}
