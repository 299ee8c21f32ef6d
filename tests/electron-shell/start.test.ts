/** The shell's own list, from its start to its end, with Electron stood in for and a real host. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { CALL_CHANNEL } from '../../src/contract/ipc-channels.ts';
import { DEFAULT_SETTINGS } from '../../src/contract/settings.ts';
import type { NowPlaying } from '../../src/contract/system.ts';
import { createSurfaces } from '../../src/main/shells/electron/surfaces.ts';
import type { Surroundings } from '../../src/main/shells/electron/surroundings.ts';
import { start } from '../../src/main/shells/electron/start.ts';
import { createInbox } from '../../src/main/system/inbox.ts';
import { readLaunchArguments } from '../../src/main/system/launch-arguments.ts';
import { launchFolders } from '../../src/main/system/launch-folders.ts';
import { systemTexts } from '../../src/main/system/texts.ts';
import { FakeNotification, FakeTray, FakeWindow } from '../fakes/fake-electron.ts';
import { crashesOf } from '../host/open-host.ts';
import { recordLog } from '../host/silent-log.ts';
import { temporaryFolder } from '../host/temporary-folder.ts';

const electron = await vi.hoisted(async () => {
  const { createFakeElectron } = await import('../fakes/fake-electron.ts');
  return createFakeElectron();
});
vi.mock('electron', () => electron.module);

const SONG: NowPlaying = {
  trackId: '0123456789abcdefghij',
  title: 'Löss',
  artists: 'Lene Marit',
  album: 'Lehm',
  artworkId: null,
  isPlaying: true,
  canSkip: true,
};

describe('the shell', () => {
  it('starts with its link waiting, its window in place and its menus in the system’s language', async () => {
    const folder = await temporaryFolder();
    const appFolder = join(folder, 'app');
    await mkdir(join(appFolder, 'renderer'), { recursive: true });
    await writeFile(join(appFolder, 'renderer', 'index.html'), '<title>Riffle</title>');
    await writeFile(join(appFolder, 'renderer-files.json'), '["index.html"]');
    const launch = readLaunchArguments([`--data=${folder}/data`, '--', 'riffle://open/albums'], {
      platform: 'linux',
      workingFolder: folder,
    });
    const inbox = createInbox();
    inbox.add(launch);
    const log = recordLog();
    const folders = launchFolders(launch, { data: '/none', cache: '/none', session: '/none' });
    const started = await start({ launch, folders, appFolder, inbox, crashes: crashesOf(folder, log), log });
    onTestFinished(async () => {
      const before = electron.told.quits;
      electron.module.app.emit('will-quit', { preventDefault: () => undefined });
      await expect.poll(() => electron.told.quits).toBe(before + 1);
    });

    const [window] = FakeWindow.all;
    expect(window?.loaded).toEqual(['app://riffle/']);
    expect(window).toMatchObject({ isShown: true, options: { x: 240, y: 70, width: 1440, height: 900 } });
    expect(electron.told.menus.at(-1)?.map(({ label }) => label)).toContain('Wiedergabe');
    expect([...electron.told.schemes.keys()].toSorted()).toEqual(['app', 'artwork', 'track']);
    expect(await (await electron.told.schemes.get('app')?.(new Request('app://riffle/')))?.text()).toContain(
      'Riffle',
    );
    expect(electron.told.proxies).toEqual([{ mode: 'system' }]);
    const link = { kind: 'open', link: { kind: 'page', page: 'albums' } };
    const page = { senderFrame: { url: 'app://riffle/', parent: null } };
    expect(await electron.told.calls.get(CALL_CHANNEL)?.(page, 'system.commands', undefined)).toEqual({
      ok: true,
      value: [{ id: 1, command: link }],
    });

    const openMini = (): FakeWindow => {
      const mini = new FakeWindow({});
      window?.webContents.emit('did-create-window', mini);
      return mini;
    };
    const mini = openMini();
    window?.webContents.emit('did-start-navigation', { isMainFrame: true, isSameDocument: true });
    expect(mini.isGone).toBe(false);
    window?.webContents.emit('did-start-navigation', { isMainFrame: true, isSameDocument: false });
    const later = openMini();
    window?.close();
    expect([window?.isGone, mini.isGone, later.isGone]).toEqual([true, true, true]);
    started.show();
    await expect.poll(() => FakeWindow.all.at(-1)?.isShown).toBe(true);
    expect(FakeWindow.all.at(-1)?.loaded).toEqual(['app://riffle/']);
    expect(log.lines.filter(({ level }) => level === 'error')).toEqual([]);
  });
});

describe('what there is around the window', () => {
  beforeEach(() => electron.told.blockers.clear());

  const open = (platform: NodeJS.Platform) => {
    const performed: string[] = [];
    const surfaces = createSurfaces(
      platform,
      {
        perform: ({ command }) => performed.push(command.kind),
        show: () => performed.push('show'),
        openProfile: (profile) => performed.push(`profile ${profile}`),
      },
      recordLog(),
    );
    const window = new FakeWindow({});
    const tell = (changes: Partial<Surroundings>): void => {
      const facts: Surroundings = {
        platform,
        texts: systemTexts('en', ''),
        now: SONG,
        profiles: [],
        profile: null,
        settings: DEFAULT_SETTINGS,
        window: window as never,
        ...changes,
      };
      for (const surface of surfaces) surface(facts);
    };
    return { performed, window, tell };
  };

  it('is an icon beside the clock, for as long as it is wished', () => {
    const { performed, tell } = open('linux');
    const before = FakeTray.all.length;
    tell({});
    expect(FakeTray.all).toHaveLength(before);
    tell({ settings: { ...DEFAULT_SETTINGS, closeToTray: true } });
    const tray = FakeTray.all.at(-1);
    expect(tray?.hint).toBe('Löss – Lene Marit');
    tray?.menu.find(({ label }) => label === 'Pause')?.click?.();
    tray?.emit('click');
    expect(performed).toEqual(['pause', 'show']);
    tell({});
    expect(tray?.isGone).toBe(true);
  });

  it('are buttons under the picture at the task bar and a jump list, on Windows', () => {
    const { performed, window, tell } = open('win32');
    tell({});
    expect(window.thumbarButtons.map(({ tooltip, flags }) => [tooltip, flags.length])).toEqual([
      ['Previous track', 0],
      ['Pause', 0],
      ['Next track', 0],
    ]);
    window.thumbarButtons[1]?.click();
    tell({ now: null });
    expect(window.thumbarButtons.map(({ flags }) => flags)).toEqual([
      ['disabled'],
      ['disabled'],
      ['disabled'],
    ]);
    expect(performed).toEqual(['pause']);
    expect(electron.told.jumpLists).toHaveLength(1);
  });

  it('is a menu in the Dock, on macOS', () => {
    const { tell } = open('darwin');
    tell({});
    tell({});
    expect(electron.told.dockMenus.map((menu) => menu[0]?.label)).toEqual(['Löss – Lene Marit']);
  });

  it('keeps the computer awake while something plays, and lets go', () => {
    const { tell } = open('linux');
    tell({});
    tell({ now: { ...SONG, title: 'Lehm' } });
    expect(electron.told.blockers.size).toBe(1);
    tell({ now: { ...SONG, isPlaying: false } });
    expect(electron.told.blockers.size).toBe(0);
  });

  it('opens at login when that is wished, and says nothing to the system before', () => {
    const { tell } = open('win32');
    electron.module.app.isPackaged = true;
    onTestFinished(() => {
      electron.module.app.isPackaged = false;
    });
    tell({ profile: 'kids' });
    expect(electron.told.loginItems).toEqual([]);
    tell({ profile: 'kids', settings: { ...DEFAULT_SETTINGS, launchAtLogin: true } });
    tell({ profile: 'kids' });
    const args = ['--profile=kids', '--hidden'];
    expect(electron.told.loginItems).toEqual([
      { openAtLogin: true, name: 'Riffle kids', args },
      { openAtLogin: false, name: 'Riffle kids', args },
    ]);
  });

  it('says what begins to play, once', () => {
    const { window, tell } = open('linux');
    const settings = { ...DEFAULT_SETTINGS, notifyOnTrackChange: true };
    window.hide();
    tell({ settings });
    tell({ settings, now: { ...SONG, isPlaying: false } });
    tell({ settings });
    expect(FakeNotification.shown).toEqual([{ title: 'Löss', body: 'Lene Marit – Lehm' }]);
  });
});
