/** Electron's API as far as the shell uses it, without windows: keeps what it is told, and can be made to say things. */
import { EventEmitter } from 'node:events';

type Entry = { readonly label?: string; readonly enabled?: boolean; readonly click?: () => void };

export class FakeWindow extends EventEmitter {
  static readonly all: FakeWindow[] = [];
  readonly id = FakeWindow.all.length + 1;
  readonly options: Readonly<Record<string, unknown>>;
  readonly sent: unknown[] = [];
  readonly loaded: string[] = [];
  thumbarButtons: readonly {
    readonly tooltip: string;
    readonly flags: readonly string[];
    readonly click: () => void;
  }[] = [];
  isShown = false;
  isGone = false;
  readonly webContents = Object.assign(new EventEmitter(), {
    send: (...given: readonly unknown[]) => this.sent.push(given),
  });

  constructor(options: Readonly<Record<string, unknown>>) {
    super();
    this.options = options;
    FakeWindow.all.push(this);
  }

  async loadURL(url: string): Promise<void> {
    this.loaded.push(url);
    this.emit('ready-to-show');
  }
  show(): void {
    this.isShown = true;
    this.emit('show');
  }
  hide(): void {
    this.isShown = false;
  }
  destroy(): void {
    this.isGone = true;
    this.emit('closed');
  }
  close(): void {
    let isPrevented = false;
    this.emit('close', { preventDefault: () => (isPrevented = true) });
    if (isPrevented) return;
    this.isGone = true;
    this.emit('closed');
  }
  setAlwaysOnTop = (): void => undefined;
  setVisibleOnAllWorkspaces = (): void => undefined;
  focus = (): void => undefined;
  maximize = (): void => undefined;
  setBackgroundColor = (): void => undefined;
  setTitleBarOverlay = (): void => undefined;
  isFocused = (): boolean => this.isShown;
  isDestroyed = (): boolean => this.isGone;
  isMinimized = (): boolean => false;
  isFullScreen = (): boolean => false;
  isMaximized = (): boolean => false;
  getNormalBounds = (): unknown => ({ x: 1, y: 2, width: 900, height: 700 });
  setThumbarButtons(buttons: typeof this.thumbarButtons): void {
    this.thumbarButtons = buttons;
  }
}

export class FakeTray extends EventEmitter {
  static readonly all: FakeTray[] = [];
  menu: readonly Entry[] = [];
  hint = '';
  isGone = false;
  constructor() {
    super();
    FakeTray.all.push(this);
  }
  setToolTip(hint: string): void {
    this.hint = hint;
  }
  setContextMenu(menu: readonly Entry[]): void {
    this.menu = menu;
  }
  setImage = (): void => undefined;
  destroy(): void {
    this.isGone = true;
  }
}

export class FakeNotification extends EventEmitter {
  static readonly shown: { readonly title: string; readonly body: string }[] = [];
  static isSupported = (): boolean => true;
  readonly options: { readonly title: string; readonly body: string };
  constructor(options: { readonly title: string; readonly body: string }) {
    super();
    this.options = options;
  }
  show(): void {
    FakeNotification.shown.push({ title: this.options.title, body: this.options.body });
  }
  close = (): void => undefined;
}

export const createFakeElectron = () => {
  const told = {
    menus: [] as (readonly Entry[])[],
    dockMenus: [] as (readonly Entry[])[],
    jumpLists: [] as unknown[],
    loginItems: [] as unknown[],
    blockers: new Set<number>(),
    proxies: [] as unknown[],
    schemes: new Map<string, (request: Request) => Promise<Response>>(),
    calls: new Map<string, (...given: readonly unknown[]) => unknown>(),
    quits: 0,
  };
  let blocker = 0;
  const app = Object.assign(new EventEmitter(), {
    isPackaged: false,
    whenReady: async () => undefined,
    getVersion: () => '1.2.3',
    getLocale: () => 'de-AT',
    getLoginItemSettings: () => ({ wasOpenedAtLogin: false }),
    setLoginItemSettings: (item: unknown) => told.loginItems.push(item),
    setJumpList: (list: unknown) => told.jumpLists.push(list),
    dock: { setMenu: (menu: readonly Entry[]) => told.dockMenus.push(menu) },
    quit: () => {
      told.quits += 1;
    },
  });
  const area = { x: 0, y: 0, width: 1920, height: 1040 };
  const module = {
    app,
    autoUpdater: new EventEmitter(),
    BrowserWindow: FakeWindow,
    dialog: {},
    ipcMain: {
      handle: (channel: string, handler: (...given: readonly unknown[]) => unknown) =>
        told.calls.set(channel, handler),
    },
    Menu: {
      buildFromTemplate: (entries: readonly Entry[]) => entries,
      setApplicationMenu: (menu: readonly Entry[]) => told.menus.push(menu),
    },
    nativeImage: { createEmpty: () => ({ addRepresentation: () => undefined }) },
    nativeTheme: Object.assign(new EventEmitter(), {
      themeSource: '',
      shouldUseDarkColors: true,
      shouldUseDarkColorsForSystemIntegratedUI: true,
    }),
    net: { isOnline: () => true },
    Notification: FakeNotification,
    powerMonitor: new EventEmitter(),
    powerSaveBlocker: {
      start: () => {
        blocker += 1;
        told.blockers.add(blocker);
        return blocker;
      },
      stop: (id: number) => told.blockers.delete(id),
    },
    protocol: {
      handle: (scheme: string, handler: (request: Request) => Promise<Response>) =>
        told.schemes.set(scheme, handler),
    },
    safeStorage: { getSelectedStorageBackend: () => 'basic_text' },
    screen: {
      getPrimaryDisplay: () => ({ id: 1, workArea: area }),
      getAllDisplays: () => [{ id: 1, workArea: area }],
    },
    session: {
      defaultSession: {
        setPermissionRequestHandler: () => undefined,
        setPermissionCheckHandler: () => undefined,
        setDevicePermissionHandler: () => undefined,
        setProxy: async (proxy: unknown) => told.proxies.push(proxy),
        resolveProxy: async () => 'DIRECT',
      },
    },
    shell: { openExternal: async () => undefined, openPath: async () => '' },
    Tray: FakeTray,
  };
  return { module, told };
};
