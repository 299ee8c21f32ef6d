// @vitest-environment jsdom
import { QueryClientProvider } from '@tanstack/react-query';
import { act, cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import type { ReactNode } from 'react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Router } from 'wouter';
import { memoryLocation } from 'wouter/memory-location';
import type { Lyrics } from '../../contract/catalog-http.ts';
import { MINI_WINDOW_NAME } from '../../contract/mini-window.ts';
import { HostFailure } from '../../contract/host-error.ts';
import { closeSidePanel, toggleSidePanel } from '../frame/side-panel.ts';
import type { ShellKind } from '../../contract/track-url.ts';
import { standInHost } from '../host/host-for-tests.ts';
import { createQueryClient } from '../host/queries.ts';
import { speak } from '../i18n/i18n.ts';
import { clockStore, playbackStore } from '../playback/playback-store.ts';
import { player } from '../playback/player.ts';
import { queueOf, spotOf, trackOf } from '../playback/test-support.ts';
import { withoutLayout } from '../ui/layout-for-tests.ts';
import { registerAction } from '../shortcuts/registry.ts';
import { useToastStore } from '../ui/toast.ts';
import { LyricsPanel } from './lyrics-panel.tsx';
import { MiniPlayer } from './mini-player.tsx';
import { NowPlayingPage } from './now-playing-page.tsx';
import { NOW_PLAYING_PATH } from './paths.ts';

withoutLayout();

const SYNCED: Lyrics = {
  language: 'de',
  lines: [
    { atMs: 1000, text: 'Das Licht geht aus' },
    { atMs: 4000, text: '' },
    { atMs: 6000, text: 'und jemand übt im Hinterhaus' },
    { atMs: 9000, text: 'denselben Takt' },
  ],
};
const PLAIN: Lyrics = { language: null, lines: [{ atMs: null, text: 'nobody knows when' }] };

let lyrics: Lyrics | null;
let serviceAnswers: boolean;
const scrolled = vi.fn();

const standInShell = (shell: ShellKind): void => {
  standInHost(
    {
      'catalog.trackDetails': () => {
        if (!serviceAnswers) throw new HostFailure('not_found', 'no details');
        return { waveform: [0, 128, 255], lyrics };
      },
      'playback.savePosition': () => null,
    },
    shell,
  );
};

beforeEach(() => {
  lyrics = SYNCED;
  serviceAnswers = true;
  standInShell('web');
  Element.prototype.scrollTo = scrolled;
  const queue = queueOf({ current: 'E', upcoming: ['F'] });
  const current = { entryId: 'E', track: trackOf('E', { hasLyrics: true }) };
  playbackStore.setState({ queue: { ...queue, current }, state: { kind: 'playing' } });
});
afterEach(() => {
  cleanup();
  closeSidePanel();
  speak('en');
  vi.restoreAllMocks();
  scrolled.mockReset();
  playbackStore.setState(playbackStore.getInitialState(), true);
  clockStore.setState(clockStore.getInitialState(), true);
});

const show = (element: ReactNode, path: string = NOW_PLAYING_PATH): readonly string[] => {
  const { hook, history } = memoryLocation({ path, record: true });
  render(
    <QueryClientProvider client={createQueryClient()}>
      <Router hook={hook}>{element}</Router>
    </QueryClientProvider>,
  );
  return history;
};
const standsAt = (positionMs: number): void => {
  act(() => clockStore.setState({ positionMs, durationMs: 180_000 }));
};
const sungLine = (): string | null => screen.queryByRole('button', { current: true })?.textContent ?? null;

describe('the page of what plays', () => {
  it('shows what plays, with its wave, and what can be done with it', async () => {
    show(<NowPlayingPage />);
    expect(screen.getByRole('heading', { level: 1, name: 'Title E' })).toBeTruthy();
    expect(screen.getByRole('link', { name: 'Artist E' }).getAttribute('href')).toMatch(/^\/artist\//);
    expect(screen.getByRole('slider', { name: 'Position' })).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Pause' })).toBe(document.activeElement);
    expect(await screen.findByRole('list', { name: 'Lyrics' })).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Lyrics' }));
    expect(screen.queryByRole('list', { name: 'Lyrics' })).toBeNull();
    fireEvent.click(screen.getByRole('button', { name: 'Lyrics' }));
    expect(await screen.findByRole('list', { name: 'Lyrics' })).toBeTruthy();
  });

  it('is left by Escape, after what is open above it was closed', () => {
    const back = vi.spyOn(window.history, 'back').mockImplementation(() => undefined);
    show(<NowPlayingPage />);
    act(() => toggleSidePanel('queue'));
    expect(screen.getByRole('button', { name: 'Queue', pressed: true })).toBeTruthy();
    fireEvent.keyDown(document.body, { key: 'Escape' });
    expect(screen.getByRole('button', { name: 'Queue', pressed: false })).toBeTruthy();
    expect(back).not.toHaveBeenCalled();
    fireEvent.keyDown(document.body, { key: 'Escape' });
    expect(back).toHaveBeenCalledOnce();
  });

  it('says so when nothing plays, and leads on', () => {
    playbackStore.setState(playbackStore.getInitialState(), true);
    const history = show(<NowPlayingPage />);
    expect(screen.getByRole('heading', { name: 'Nothing is playing' })).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Go to Home' }));
    expect(history.at(-1)).toBe('/');
  });

  it('tells of an ad in place of the wave', () => {
    show(<NowPlayingPage />);
    act(() => playbackStore.setState({ adBreak: { breakId: 'break', spots: [spotOf('X')], index: 0 } }));
    expect(screen.getByText('Music in 0:10')).toBeTruthy();
    expect(screen.getByText('Ad: Sender X')).toBeTruthy();
    expect(screen.queryByRole('slider', { name: 'Position' })).toBeNull();
    expect(screen.getByRole('button', { name: 'Next' })).toHaveProperty('disabled', true);
  });
});

describe('lyrics with times', () => {
  it('follow what is sung, and say which line it is', async () => {
    show(<LyricsPanel />);
    const list = await screen.findByRole('list', { name: 'Lyrics' });
    expect(list.getAttribute('lang')).toBe('de');
    expect(
      within(list)
        .getAllByRole('button')
        .map((line) => line.textContent),
    ).toEqual(['Das Licht geht aus', 'und jemand übt im Hinterhaus', 'denselben Takt']);
    expect(sungLine()).toBeNull();
    standsAt(1500);
    expect(sungLine()).toBe('Das Licht geht aus');
    scrolled.mockReset();
    standsAt(6100);
    expect(sungLine()).toBe('und jemand übt im Hinterhaus');
    expect(scrolled).toHaveBeenCalledOnce();
  });

  it('play from the line that is pressed', async () => {
    const seek = vi.spyOn(player, 'seekTo').mockImplementation(() => undefined);
    show(<LyricsPanel />);
    fireEvent.click(await screen.findByRole('button', { name: 'denselben Takt' }));
    expect(seek).toHaveBeenCalledExactlyOnceWith(9000);
  });

  it('stay where they were scrolled by hand, until they are to follow again', async () => {
    show(<LyricsPanel />);
    const list = await screen.findByRole('list', { name: 'Lyrics' });
    expect(screen.queryByRole('button', { name: 'Follow the song' })).toBeNull();
    fireEvent.wheel(list, { deltaY: 40 });
    scrolled.mockReset();
    standsAt(6100);
    expect(scrolled).not.toHaveBeenCalled();
    fireEvent.click(screen.getByRole('button', { name: 'Follow the song' }));
    expect(scrolled).toHaveBeenCalledOnce();
    expect(screen.queryByRole('button', { name: 'Follow the song' })).toBeNull();
  });

  it('jump where motion is not wanted', async () => {
    vi.spyOn(window, 'matchMedia').mockImplementation((media) =>
      Object.assign(new EventTarget(), {
        media,
        matches: media.includes('prefers-reduced-motion'),
        onchange: null,
        addListener: () => {},
        removeListener: () => {},
      }),
    );
    show(<LyricsPanel />);
    await screen.findByRole('list', { name: 'Lyrics' });
    standsAt(6100);
    expect(scrolled.mock.lastCall?.[0]).toMatchObject({ behavior: 'auto' });
  });

  it('are one stop of the tab key, and gone through with the arrows', async () => {
    show(<LyricsPanel />);
    const first = await screen.findByRole('button', { name: 'Das Licht geht aus' });
    const stops = screen
      .getAllByRole('listitem')
      .flatMap((line) => within(line).queryAllByRole('button'))
      .filter((line) => line.tabIndex === 0);
    expect(stops).toEqual([first]);
    act(() => first.focus());
    fireEvent.keyDown(first, { key: 'ArrowDown' });
    expect(document.activeElement?.textContent).toBe('und jemand übt im Hinterhaus');
    fireEvent.keyDown(document.activeElement ?? first, { key: 'ArrowUp' });
    expect(document.activeElement).toBe(first);
  });
});

describe('other lyrics', () => {
  it('are read where nobody knows the times', async () => {
    lyrics = PLAIN;
    show(<LyricsPanel />);
    expect(await screen.findByText('nobody knows when')).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'nobody knows when' })).toBeNull();
  });

  it('are said to be missing', () => {
    playbackStore.setState({ queue: queueOf({ current: 'E' }) });
    show(<LyricsPanel />);
    expect(screen.getByText('There are no lyrics for this track.')).toBeTruthy();
  });

  it('that could not be fetched are asked for again on a word', async () => {
    serviceAnswers = false;
    show(<LyricsPanel />);
    expect(await screen.findByText('The lyrics could not be fetched.')).toBeTruthy();
    serviceAnswers = true;
    fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByRole('list', { name: 'Lyrics' })).toBeTruthy();
  });
});

describe('the mini player', () => {
  beforeEach(() => {
    vi.spyOn(window, 'focus').mockReturnValue();
  });
  const openWindow = (): Window => {
    const frame = document.body.appendChild(document.createElement('iframe'));
    const mini = frame.contentWindow;
    if (mini === null) throw new Error('no window in the frame');
    mini.close = () => mini.dispatchEvent(new Event('pagehide'));
    return mini;
  };
  afterEach(() => {
    Reflect.deleteProperty(window, 'documentPictureInPicture');
    for (const frame of document.querySelectorAll('iframe')) frame.remove();
  });

  it('is not offered where the system has no such window', () => {
    show(<NowPlayingPage />);
    expect(screen.queryByRole('button', { name: 'Mini player' })).toBeNull();
  });

  it.each([
    [
      'of the browser',
      (mini: Window) =>
        Object.assign(window, { documentPictureInPicture: { requestWindow: async () => mini } }),
    ],
    [
      'of the shell',
      (mini: Window) => {
        standInShell('electron');
        vi.spyOn(window, 'open').mockImplementation((target, name) =>
          target === 'about:blank' && name === MINI_WINDOW_NAME ? mini : null,
        );
      },
    ],
  ])(
    'shows what plays and its line in a window %s, with the keys of the large one',
    async (_whose, bring) => {
      const mini = openWindow();
      bring(mini);
      document.documentElement.dataset.theme = 'light';
      const toggled = vi.fn();
      const stop = registerAction('playback.toggle', toggled);
      show(
        <>
          <NowPlayingPage />
          <MiniPlayer />
        </>,
      );
      standsAt(6100);
      fireEvent.click(screen.getByRole('button', { name: 'Mini player' }));
      const card = within(await within(mini.document.body).findByRole('main', { name: 'Mini player' }));
      expect(card.getByRole('heading', { name: 'Title E' })).toBeTruthy();
      expect(await card.findByText('und jemand übt im Hinterhaus')).toBeTruthy();
      expect(mini.document.documentElement.dataset.theme).toBe('light');
      expect(mini.document.title).toBe('Mini player');
      fireEvent.keyDown(mini.document.body, { key: ' ' });
      expect(toggled).toHaveBeenCalledOnce();
      fireEvent.click(screen.getByRole('button', { name: 'Mini player', pressed: true }));
      expect(screen.getByRole('button', { name: 'Mini player', pressed: false })).toBeTruthy();
      expect(mini.document.body.textContent).toBe('');
      stop();
    },
  );

  it('closes by Escape, and the button that opened it has the keyboard again', async () => {
    const mini = openWindow();
    Object.assign(window, { documentPictureInPicture: { requestWindow: async () => mini } });
    show(
      <>
        <NowPlayingPage />
        <MiniPlayer />
      </>,
    );
    const button = screen.getByRole('button', { name: 'Mini player' });
    button.focus();
    fireEvent.click(button);
    await within(mini.document.body).findByRole('main', { name: 'Mini player' });
    button.blur();
    fireEvent.keyDown(mini.document.body, { key: 'Escape' });
    expect(mini.document.body.textContent).toBe('');
    expect(window.focus).toHaveBeenCalled();
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Mini player', pressed: false }));
  });

  it.each([
    [
      'browser',
      () => {
        const refuse = (): Promise<Window> =>
          Promise.reject(new DOMException('no gesture', 'NotAllowedError'));
        Object.assign(window, { documentPictureInPicture: { requestWindow: refuse } });
      },
    ],
    [
      'shell',
      () => {
        standInShell('electron');
        vi.spyOn(window, 'open').mockReturnValue(null);
      },
    ],
  ])('is said not to open when the %s refuses', async (_who, refuse) => {
    refuse();
    show(<NowPlayingPage />);
    fireEvent.click(screen.getByRole('button', { name: 'Mini player' }));
    await expect
      .poll(() => useToastStore.getState().toasts.map(({ text }) => text))
      .toContain('The mini player could not be opened');
  });
});

describe('the sleep timer', () => {
  const openMenu = (name: RegExp): void => {
    fireEvent.keyDown(screen.getByRole('button', { name }), { key: 'Enter' });
  };

  it('ends the music after some minutes, with the track or with the record', () => {
    const set = vi.spyOn(player.sleep, 'set').mockImplementation(() => undefined);
    show(<NowPlayingPage />);
    for (const name of ['In 15 minutes', 'At the end of the track', 'At the end of the record']) {
      openMenu(/^Sleep timer/);
      fireEvent.click(screen.getByRole('menuitem', { name }));
    }
    expect(set.mock.calls.map(([request]) => request)).toEqual([
      { kind: 'minutes', minutes: 15 },
      { kind: 'endOfTrack' },
      { kind: 'endOfAlbum' },
    ]);
  });

  it('says how long is left, and is taken back', () => {
    const off = vi.spyOn(player.sleep, 'off').mockImplementation(() => undefined);
    speak('de');
    show(<NowPlayingPage />);
    act(() => playbackStore.setState({ sleep: { kind: 'at', endsAtMs: performance.now() + 899_500 } }));
    openMenu(/^Schlummer-Timer, noch 1[45]:\d\d$/);
    expect(screen.getByText(/^Die Musik endet in 1[45]:\d\d$/)).toBeTruthy();
    fireEvent.click(screen.getByRole('menuitem', { name: 'Ausschalten' }));
    expect(off).toHaveBeenCalledOnce();
    act(() => playbackStore.setState({ sleep: { kind: 'endOfTrack' } }));
    expect(screen.getByRole('button', { name: 'Schlummer-Timer, gestellt', pressed: true })).toBeTruthy();
  });
});
