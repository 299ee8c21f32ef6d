import { describe, expect, it } from 'vitest';
import type { AppCommand, WaitingCommand } from '../../contract/app-commands.ts';
import { APP_ACTIONS } from '../../contract/app-commands.ts';
import { HostFailure } from '../../contract/host-error.ts';
import type { NowPlaying } from '../../contract/system.ts';
import { LINK_PAGES } from '../../core/links/deep-link.ts';
import { createPlaybackStore } from '../playback/playback-store.ts';
import { queueOf, spotOf, trackOf } from '../playback/test-support.ts';
import { isActionName } from '../shortcuts/actions.ts';
import { carryOut } from './carry-out.ts';
import { openTrack } from './open-track.ts';
import { reportNowPlaying } from './report-now-playing.ts';
import { takeCommands } from './take-commands.ts';

const ID = '0123456789abcdefghij';
const CODE = `${ID}aB3-_dE6gH9jK2mN5pQ8sTuV`;
const SHARE_ID = `${ID}S8vK-2_xQ0aZ7rJ4mN1p5w`;

/** A window that writes down what it is made to do. */
const standIn = () => {
  const done: string[] = [];
  const note =
    (what: string) =>
    (...given: readonly unknown[]): void => {
      done.push([what, ...given.map((each) => JSON.stringify(each))].join(' '));
    };
  return {
    done,
    carry: (command: AppCommand) =>
      carryOut(command, {
        player: {
          resume: note('resume'),
          pause: note('pause'),
          next: note('next'),
          previous: note('previous'),
        },
        navigate: note('go'),
        runAction: (name) => {
          expect(isActionName(name)).toBe(true);
          note('run')(name);
        },
        toggleMiniPlayer: async () => note('mini')(),
        openTrack: async (link) => note('track')(link.id, link.atMs),
        openShared: note('shared'),
        askToJoin: note('join?'),
        importFile: async ({ fileName, text }) => note('import')(fileName, text),
        say: note('say'),
      }),
  };
};

describe('what the system asks', () => {
  it.each<[AppCommand, string]>([
    [{ kind: 'play' }, 'resume'],
    [{ kind: 'pause' }, 'pause'],
    [{ kind: 'next' }, 'next'],
    [{ kind: 'previous' }, 'previous'],
    [{ kind: 'open', link: { kind: 'album', id: ID } }, `go "/album/${ID}"`],
    [{ kind: 'open', link: { kind: 'artist', id: ID } }, `go "/artist/${ID}"`],
    [{ kind: 'open', link: { kind: 'playlist', id: ID } }, `go "/playlist/${ID}"`],
    [{ kind: 'open', link: { kind: 'share', id: SHARE_ID } }, `shared "${SHARE_ID}"`],
    [{ kind: 'open', link: { kind: 'join', code: CODE } }, `join? "${CODE}"`],
    [{ kind: 'open', link: { kind: 'search', query: 'Löss & Lehm' } }, 'go "/search?q=L%C3%B6ss+%26+Lehm"'],
    [{ kind: 'open', link: { kind: 'track', id: ID, atMs: 5 } }, `track "${ID}" 5`],
    [{ kind: 'do', action: 'mini_player' }, 'mini'],
    [{ kind: 'do', action: 'back' }, 'run "frame.back"'],
  ])('%j is done', async (command, expected) => {
    const { done, carry } = standIn();
    await carry(command);
    expect(done).toEqual([expected]);
  });

  it('has a deed for every action and a page for every name', async () => {
    const { done, carry } = standIn();
    for (const action of APP_ACTIONS) await carry({ kind: 'do', action });
    for (const page of LINK_PAGES) await carry({ kind: 'open', link: { kind: 'page', page } });
    expect(done).toHaveLength(APP_ACTIONS.length + LINK_PAGES.length);
    expect(new Set(done).size).toBe(done.length);
  });

  it('is answered honestly where a file is no playlist', async () => {
    const { done, carry } = standIn();
    await carry({ kind: 'import', fileName: 'a.m3u8', text: '#EXTM3U' });
    await carry({ kind: 'import_failed', fileName: 'b.m3u8', reason: 'too_large' });
    expect(done).toEqual([
      'import "a.m3u8" "#EXTM3U"',
      'say {"kind":"file_failed","name":"b.m3u8","reason":"too_large"}',
    ]);
  });
});

describe('commands that wait', () => {
  const open = (granted: (ids: readonly number[]) => readonly number[] = (ids) => ids) => {
    const done: string[] = [];
    const failures: unknown[] = [];
    let hear: (waiting: readonly WaitingCommand[]) => void = () => undefined;
    const start = (waiting: readonly WaitingCommand[]) =>
      takeCommands({
        waiting: async () => waiting,
        subscribe: (listener) => {
          hear = listener;
          return () => undefined;
        },
        took: async ({ ids }) => granted(ids),
        carryOut: async ({ kind }) => {
          if (kind === 'pause') throw new Error('could not');
          done.push(kind);
        },
        onFailure: (failure) => failures.push(failure),
      });
    return { done, failures, start, say: (...waiting: readonly WaitingCommand[]) => hear(waiting) };
  };
  const PLAY = { id: 1, command: { kind: 'play' } } as const;
  const PAUSE = { id: 2, command: { kind: 'pause' } } as const;
  const NEXT = { id: 3, command: { kind: 'next' } } as const;

  it('are done in order, those from before the window first, each once, whatever fails', async () => {
    const window = open();
    window.start([PLAY]);
    await expect.poll(() => window.done).toEqual(['play']);
    window.say(PLAY, PAUSE);
    window.say(PAUSE, NEXT);
    window.say();
    await expect.poll(() => window.done).toEqual(['play', 'next']);
    expect(window.failures).toHaveLength(1);
  });

  it('are left to the window that they were given to', async () => {
    const window = open((ids) => ids.filter((id) => id !== 1));
    window.start([PLAY, NEXT]);
    await expect.poll(() => window.done).toEqual(['next']);
  });
});

describe('a link to a track', () => {
  const open = async (isPlaying: boolean, failure: HostFailure | null = null) => {
    const said: unknown[] = [];
    const [first, second] = [trackOf('A'), trackOf('B')];
    const album = {
      id: first.album.id,
      title: 'An album',
      discs: [{ number: 1, title: null, tracks: [first, second] }],
    };
    let offered: (() => void) | null = null;
    await openTrack(
      { kind: 'track', id: second.id, atMs: 61_000 },
      {
        track: async () => {
          if (failure !== null) throw failure;
          return second;
        },
        album: async () => album as never,
        player: {
          play: (tracks, index) => said.push(['play', tracks.length, index]),
          seekTo: (positionMs) => said.push(['seek', positionMs]),
        },
        isPlaying: () => isPlaying,
        navigate: (path) => said.push(['go', path]),
        offer: ({ title }, play) => {
          said.push(['offer', title]);
          offered = play;
        },
        failed: (code) => said.push(['failed', code]),
      },
    );
    return { said, accept: () => offered?.() };
  };
  const page = ['go', `/album/${trackOf('B').album.id}`];

  it('opens its record and plays it from where it says', async () => {
    expect((await open(false)).said).toEqual([page, ['play', 2, 1], ['seek', 61_000]]);
  });

  it('takes no music away that plays, but offers its own', async () => {
    const { said, accept } = await open(true);
    expect(said).toEqual([page, ['offer', 'Title B']]);
    accept();
    expect(said.slice(2)).toEqual([
      ['play', 2, 1],
      ['seek', 61_000],
    ]);
  });

  it('says so when there is no such track', async () => {
    expect((await open(false, new HostFailure('not_found', 'no'))).said).toEqual([['failed', 'not_found']]);
  });
});

describe('what the system is told of playback', () => {
  it('is what plays, each change once', () => {
    const playback = createPlaybackStore();
    const told: (NowPlaying | null)[] = [];
    const stop = reportNowPlaying({
      playback,
      adTitle: ({ sender }) => `Ad: ${sender}`,
      tell: (playing) => told.push(playing),
    });
    playback.setState({ queue: queueOf({ current: 'A', upcoming: ['B'] }) });
    playback.setState({ state: { kind: 'playing' } });
    playback.setState({ volume: 0.2 });
    playback.setState({ adBreak: { breakId: 'break', spots: [spotOf('X')], index: 0 } });
    playback.setState({ adBreak: null, queue: queueOf({ current: 'B' }) });
    stop();
    playback.setState({ state: { kind: 'paused' } });
    expect(
      told.map((each) => each && [each.title, each.isPlaying, each.canSkip, each.trackId !== null]),
    ).toEqual([
      null,
      ['Title A', false, true, true],
      ['Title A', true, true, true],
      ['Ad: Sender X', true, false, false],
      ['Title B', true, true, true],
    ]);
  });

  it('is cut to what it takes', () => {
    const playback = createPlaybackStore();
    const [entry] = [queueOf({ current: 'A' }).current];
    const told: (NowPlaying | null)[] = [];
    playback.setState({
      queue: {
        ...queueOf({ current: 'A' }),
        current: entry && { ...entry, track: trackOf('A', { title: 'x'.repeat(900) }) },
      },
    });
    reportNowPlaying({ playback, adTitle: () => '', tell: (playing) => told.push(playing) });
    expect(told[0]?.title).toHaveLength(500);
  });
});
