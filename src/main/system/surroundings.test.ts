/** What the system draws around the window, as data. */
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import type { NowPlaying } from '../../contract/system.ts';
import { parseDeepLink } from '../../core/links/deep-link.ts';
import { appMenu, dockMenu, trayMenu, type MenuFacts } from './app-menu.ts';
import { drawGlyph } from './glyphs.ts';
import { jumpTasks } from './jump-list.ts';
import { readLaunchArguments } from './launch-arguments.ts';
import type { MenuEntry } from './menu-entry.ts';
import { closingMeans, staysAwake, trackNotice } from './policies.ts';
import { systemTexts } from './texts.ts';
import { playingLine, transportKeys } from './transport.ts';

const ENGLISH = systemTexts('en', 'de-DE');
const SONG: NowPlaying = {
  trackId: '0123456789abcdefghij',
  title: 'Löss',
  artists: 'Lene Marit, Jonas Holm',
  album: 'Lehm',
  artworkId: null,
  isPlaying: true,
  canSkip: true,
};
const AD: NowPlaying = {
  ...SONG,
  trackId: null,
  title: 'Ad: Hafenfest',
  artists: '',
  album: '',
  canSkip: false,
};
const FACTS: MenuFacts = { platform: 'linux', texts: ENGLISH, now: SONG, profiles: [], profile: null };

const flat = (entries: readonly MenuEntry[]): readonly MenuEntry[] =>
  entries.flatMap((entry) => (entry.kind === 'menu' ? [entry, ...flat(entry.entries)] : [entry]));
const labels = (entries: readonly MenuEntry[]): readonly string[] =>
  flat(entries).flatMap((entry) => ('label' in entry ? [entry.label] : []));

describe('menus', () => {
  it('speak the listener’s language, else the system’s, else English', () => {
    expect(systemTexts('system', 'de-AT').quit).toBe('Riffle beenden');
    expect(systemTexts('system', 'fr-FR').quit).toBe('Quit Riffle');
    expect(systemTexts('en', 'de-AT').quit).toBe('Quit Riffle');
    expect(systemTexts('de', 'en-GB').quit).toBe('Riffle beenden');
  });

  it.each(['win32', 'darwin', 'linux'] as const)('have what %s expects, each line once', (platform) => {
    const menu = appMenu({ ...FACTS, platform });
    const roles = flat(menu).flatMap((entry) => (entry.kind === 'role' ? [entry.role] : []));
    expect(roles).toEqual(
      expect.arrayContaining(['quit', 'copy', 'paste', 'selectAll', 'close', 'minimize']),
    );
    expect(roles.includes('hide')).toBe(platform === 'darwin');
    expect(new Set(labels(menu)).size).toBe(labels(menu).length);
  });

  it('ask only what a window understands', () => {
    const commands = flat(appMenu(FACTS)).flatMap((entry) =>
      entry.kind === 'command' ? [entry.command.kind] : [],
    );
    expect(new Set(commands)).toEqual(new Set(['open', 'do', 'pause', 'next', 'previous']));
  });

  it('name what plays, and offer what can be done about it', () => {
    expect(labels(trayMenu(FACTS))).toEqual([
      'Löss – Lene Marit, Jonas Holm',
      'Previous track',
      'Pause',
      'Next track',
      'Show Riffle',
      'Quit Riffle',
    ]);
    expect(labels(dockMenu({ texts: ENGLISH, now: null }))).toEqual([
      'Nothing plays',
      'Previous track',
      'Play',
      'Next track',
    ]);
  });

  it('let nobody skip an ad, or play nothing', () => {
    const enabled = (now: NowPlaying | null) => transportKeys(now, ENGLISH).map(({ isEnabled }) => isEnabled);
    expect([enabled(SONG), enabled(AD), enabled(null)]).toEqual([
      [true, true, true],
      [false, true, false],
      [false, false, false],
    ]);
  });

  it('cut a line that is too long between letters', () => {
    const line = playingLine({ ...SONG, title: '🎵'.repeat(80) }) ?? '';
    expect([...line]).toHaveLength(60);
    expect(line.endsWith('🎵…')).toBe(true);
  });

  it('offer the other profiles as soon as there is one', () => {
    expect(labels(appMenu(FACTS))).not.toContain('Open a profile');
    const menu = flat(appMenu({ ...FACTS, profiles: ['kids', 'work'], profile: 'work' }));
    expect(
      menu.flatMap((entry) => (entry.kind === 'profile' ? [[entry.profile, entry.isOpen]] : [])),
    ).toEqual([
      [null, false],
      ['kids', false],
      ['work', true],
    ]);
  });
});

describe('the jump list', () => {
  it('has command lines that lead where they say', () => {
    const tasks = jumpTasks({ ...FACTS, profiles: ['kids', 'work'], profile: 'work' });
    const read = tasks.map((task) =>
      readLaunchArguments(task.arguments.split(' '), { platform: 'win32', workingFolder: 'C:\\' }),
    );
    expect(tasks.map(({ title }) => title).slice(3)).toEqual([
      'Open a profile: Without a name',
      'Open a profile: kids',
    ]);
    expect(read.map(({ profile, links, refused }) => [profile, links.length, refused.length])).toEqual([
      ['work', 1, 0],
      ['work', 1, 0],
      ['work', 1, 0],
      [null, 0, 0],
      ['kids', 0, 0],
    ]);
    expect(parseDeepLink(tasks[0]?.arguments.split(' ').at(-1) ?? '')).toEqual({
      kind: 'page',
      page: 'search',
    });
  });
});

describe('a notice of a track', () => {
  const settings = { notifyOnTrackChange: true };
  const asked = { now: SONG, lastTrackId: null, settings, isWindowInFront: false };
  it('says what begins', () => {
    expect(trackNotice(asked)).toEqual({ title: 'Löss', body: 'Lene Marit, Jonas Holm – Lehm' });
  });
  it.each([
    ['where nobody wants it', { settings: { notifyOnTrackChange: false } }],
    ['to somebody who looks at the window', { isWindowInFront: true }],
    ['of a track that goes on', { lastTrackId: SONG.trackId }],
    ['of a track that is paused', { now: { ...SONG, isPlaying: false } }],
    ['of an ad', { now: AD }],
    ['in silence', { now: null }],
  ])('is not given %s', (_when, changes) => {
    expect(trackNotice({ ...asked, ...changes })).toBeNull();
  });
});

it('keeps the computer awake while something plays, if that is wished', () => {
  const wished = { stayAwakeWhilePlaying: true };
  expect(staysAwake(SONG, wished)).toBe(true);
  expect(staysAwake(AD, wished)).toBe(true);
  expect(staysAwake({ ...SONG, isPlaying: false }, wished)).toBe(false);
  expect(staysAwake(null, wished)).toBe(false);
  expect(staysAwake(SONG, { stayAwakeWhilePlaying: false })).toBe(false);
});

it.each([
  ['win32', true, true, false, 'hide'],
  ['win32', true, false, false, 'close'],
  ['win32', false, true, false, 'close'],
  ['linux', true, true, true, 'close'],
  ['darwin', false, false, false, 'hide'],
  ['darwin', true, false, true, 'close'],
] as const)(
  'closing on %s (wished %s, tray %s, quitting %s): %s',
  (platform, closeToTray, hasTray, isQuitting, means) => {
    expect(closingMeans({ platform, settings: { closeToTray }, isQuitting, hasTray })).toBe(means);
  },
);

describe('a sign', () => {
  it.each(['mark', 'play', 'pause', 'next', 'previous'] as const)(
    '%s is a picture with clear edges',
    async (name) => {
      const { data, info } = await sharp(drawGlyph(name, 32, 'white'))
        .raw()
        .toBuffer({ resolveWithObject: true });
      const alpha = Array.from(
        { length: 32 * 32 },
        (_, pixel) => data[pixel * info.channels + info.channels - 1] ?? 0,
      );
      const covered = alpha.reduce((sum, value) => sum + value / 255, 0) / alpha.length;
      expect([info.width, info.height, data[0]]).toEqual([32, 32, 255]);
      expect(covered).toBeGreaterThan(0.15);
      expect(covered).toBeLessThan(0.6);
      // Nothing touches the edge.
      expect(alpha.filter((value, pixel) => value > 0 && (pixel < 32 || pixel % 32 === 0))).toEqual([]);
    },
  );

  it('that points on is the mirror of the one that points back, but for the samples on its very edges', async () => {
    const next = await sharp(drawGlyph('next', 48, 'white'))
      .flop()
      .raw()
      .toBuffer();
    const previous = await sharp(drawGlyph('previous', 48, 'white'))
      .raw()
      .toBuffer();
    const apart = next.map((value, index) => Math.abs(value - (previous[index] ?? 0)));
    expect(next.length).toBe(previous.length);
    expect(Math.max(...apart)).toBeLessThanOrEqual(48);
  });
});
