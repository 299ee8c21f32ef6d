// @vitest-environment jsdom
import { cleanup, render } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createStore } from 'zustand/vanilla';
import { DEFAULT_SETTINGS, type Settings } from '../../contract/settings.ts';
import { themeColours } from '../../core/artwork-colour/theme-colours.ts';
import { withoutLayout } from '../ui/layout-for-tests.ts';
import { themeFor } from './colour-scheme.ts';
import { setPageArtwork, setPlayingArtwork, usePageArtwork } from './page-artwork.ts';
import { rowHeightsFor } from './row-heights.ts';
import { startTheme } from './start-theme.ts';

withoutLayout();

const inks = (hue: number) => {
  const ink = { lightness: 0.6, chroma: 0.1, hue };
  return { ground: ink, spark: ink };
};
const artwork = (hue: number) => ({ id: String(hue).padStart(64, '0'), palette: inks(hue) });
const accentOf = (hue: number) => themeColours({ kind: 'palette', palette: inks(hue) }, 'dark').accent;

const settings = createStore<Settings>(() => DEFAULT_SETTINGS);
const root = document.documentElement;
const accent = (): string => root.style.getPropertyValue('--accent');
/** Colours are painted once at the end of a turn. */
const endOfTurn = (): Promise<void> => Promise.resolve();
let stop = (): void => {};

beforeEach(() => {
  settings.setState({ ...DEFAULT_SETTINGS, theme: 'dark' }, true);
  stop = startTheme({ getSettings: settings.getState, onSettingsChange: settings.subscribe });
});
afterEach(() => {
  cleanup();
  setPageArtwork(null);
  setPlayingArtwork(null);
  stop();
  root.removeAttribute('style');
});

function AlbumPage({ hue }: { readonly hue: number | undefined }) {
  usePageArtwork(hue === undefined ? undefined : artwork(hue));
  return null;
}

describe('the theme of the window', () => {
  it('is on the root element, and follows the settings', async () => {
    expect(root.dataset).toMatchObject({
      theme: 'dark',
      contrast: 'normal',
      density: 'standard',
      textSize: '100',
    });
    settings.setState({ theme: 'light', contrast: 'more', density: 'roomy', textSizePercent: 130 });
    await endOfTurn();
    expect(root.dataset).toMatchObject({
      theme: 'light',
      contrast: 'more',
      density: 'roomy',
      textSize: '130',
    });
  });

  it('follows the system where the listener chose nothing', () => {
    const system = { dark: true, moreContrast: true };
    expect(themeFor({ theme: 'system', contrast: 'system' }, system)).toBe('highContrastDark');
    expect(themeFor({ theme: 'light', contrast: 'normal' }, system)).toBe('light');
  });

  it('takes its colours from the page, then from what plays, then from nothing', async () => {
    setPlayingArtwork(artwork(200));
    const { unmount } = render(<AlbumPage hue={20} />);
    await endOfTurn();
    expect(accent()).toBe(accentOf(20));
    unmount();
    await endOfTurn();
    expect(accent()).toBe(accentOf(200));
    setPlayingArtwork(null);
    await endOfTurn();
    expect(accent()).toBe('');
  });

  it('keeps its colours from one page to the next until that one knows its artwork', async () => {
    setPlayingArtwork(artwork(200));
    const { rerender } = render(<AlbumPage key="first" hue={20} />);
    await endOfTurn();
    rerender(<AlbumPage key="second" hue={undefined} />);
    await endOfTurn();
    expect(accent()).toBe(accentOf(20));
    rerender(<AlbumPage key="second" hue={140} />);
    await endOfTurn();
    expect(accent()).toBe(accentOf(140));
  });

  it('does not move for a hue less than 8 degrees away', async () => {
    setPageArtwork(artwork(20));
    await endOfTurn();
    setPageArtwork(artwork(27));
    await endOfTurn();
    expect(accent()).toBe(accentOf(20));
  });

  it('is copper again when colours from artwork are turned off', async () => {
    setPageArtwork(artwork(20));
    await endOfTurn();
    settings.setState({ accentFromArtwork: false });
    await endOfTurn();
    expect(accent()).toBe('');
  });
});

describe('the heights of rows', () => {
  it('follow density and text size', () => {
    expect(rowHeightsFor({ density: 'standard', textSizePercent: 100 })).toEqual({
      row: 40,
      rowWithArt: 48,
      nav: 28,
    });
    expect(rowHeightsFor({ density: 'compact', textSizePercent: 130 })).toEqual({
      row: 42,
      rowWithArt: 52,
      nav: 34,
    });
  });
});
