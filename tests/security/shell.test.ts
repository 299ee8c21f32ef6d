/** Electron's security checklist, points 4, 5, 13 to 15 and 17, where the shell binds the decisions to Electron's events. */
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { CALL_CHANNEL } from '../../src/contract/ipc-channels.ts';
import { MINI_WINDOW_NAME } from '../../src/contract/mini-window.ts';
import type { Host } from '../../src/main/host.ts';
import { answerCalls } from '../../src/main/shells/electron/ipc.ts';
import { lockDown } from '../../src/main/shells/electron/navigation.ts';
import { registerSchemes } from '../../src/main/shells/electron/protocols.ts';

type Handler = (...given: readonly never[]) => unknown;

const electron = vi.hoisted(() => {
  const handlers = new Map<string, unknown>();
  const opened: string[] = [];
  const keep =
    (name: string) =>
    (handler: unknown): void => {
      handlers.set(name, handler);
    };
  return {
    handlers,
    opened,
    module: {
      app: { on: (name: string, handler: unknown) => handlers.set(`app ${name}`, handler) },
      ipcMain: { handle: (channel: string, handler: unknown) => handlers.set(`ipc ${channel}`, handler) },
      protocol: { registerSchemesAsPrivileged: keep('schemes') },
      session: {
        defaultSession: {
          setPermissionRequestHandler: keep('request'),
          setPermissionCheckHandler: keep('check'),
          setDevicePermissionHandler: keep('device'),
        },
      },
      shell: {
        openExternal: async (url: string) => {
          opened.push(url);
        },
      },
    },
  };
});
vi.mock('electron', () => electron.module);

const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
const handler = (name: string): Handler => electron.handlers.get(name) as Handler;
const call = (name: string, ...given: readonly unknown[]): unknown => handler(name)(...(given as never[]));

/** A web contents that was just made, as the shell sees it. */
const openContents = (url = 'app://riffle/') => {
  const guards = new Map<string, (event: object) => void>();
  let answer: (details: object) => unknown = () => null;
  call(
    'app web-contents-created',
    {},
    {
      on: (name: string, guard: (event: object) => void) => guards.set(name, guard),
      setWindowOpenHandler: (opens: (details: object) => unknown) => {
        answer = opens;
      },
      getURL: () => url,
    },
  );
  const tries = (event: string, target: string): boolean => {
    const prevented = vi.fn();
    guards.get(event)?.({ url: target, preventDefault: prevented });
    return prevented.mock.calls.length > 0;
  };
  return { guards, tries, opens: (target: string, frameName = '') => answer({ url: target, frameName }) };
};

beforeEach(() => {
  electron.handlers.clear();
  electron.opened.length = 0;
  lockDown({ isOpen: () => false, options: () => ({ title: 'mini' }) }, log);
});

describe('every web contents', () => {
  it.each(['will-navigate', 'will-redirect', 'will-frame-navigate'])(
    'is kept from leaving by %s (13)',
    (event) => {
      const { tries } = openContents();
      expect(tries(event, 'app://riffle/album/1')).toBe(false);
      for (const target of [
        'https://example.org/',
        'file:///etc/passwd',
        'app://riffle.evil/',
        'javascript:1',
      ]) {
        expect(tries(event, target)).toBe(true);
      }
      expect(electron.opened).toEqual(['https://example.org/']);
    },
  );

  it('attaches no webview (11, 12)', () => {
    expect(openContents().tries('will-attach-webview', '')).toBe(true);
  });

  it('opens no window but the mini player, and hands only what is safe to the system (14, 15)', () => {
    const { opens } = openContents();
    for (const target of [
      'app://riffle/',
      'file:///c:/x.exe',
      'smb://server/share',
      'ms-msdt:/id',
      'about:blank',
    ]) {
      expect(opens(target)).toEqual({ action: 'deny' });
    }
    expect(opens('https://example.org/')).toEqual({ action: 'deny' });
    expect(electron.opened).toEqual(['https://example.org/']);
    expect(opens('about:blank', MINI_WINDOW_NAME)).toEqual({
      action: 'allow',
      overrideBrowserWindowOptions: { title: 'mini' },
    });
    expect(openContents('about:blank').opens('about:blank', MINI_WINDOW_NAME)).toEqual({ action: 'deny' });
  });
});

describe('the session', () => {
  it('denies capabilities and devices unless they are on the list (5)', () => {
    const asked = (permission: string, requestingUrl: string): boolean => {
      const answer = vi.fn<(granted: boolean) => void>();
      call('request', {}, permission, answer, { requestingUrl });
      return answer.mock.calls[0]?.[0] ?? false;
    };
    expect(asked('fullscreen', 'app://riffle/')).toBe(true);
    expect(asked('media', 'app://riffle/')).toBe(false);
    expect(asked('fullscreen', 'https://example.org/')).toBe(false);
    expect(call('check', {}, 'geolocation', 'app://riffle/', {})).toBe(false);
    expect(call('check', {}, 'media', 'app://riffle/', { mediaType: 'video' })).toBe(false);
    expect(call('device', {})).toBe(false);
  });
});

describe('a message to the main process', () => {
  it('is answered only when the app’s own page sent it (17)', async () => {
    const answered = vi.fn(async () => ({ ok: true, value: 1 }));
    answerCalls({ call: answered } as unknown as Host);
    const send = (senderFrame: object | null): unknown =>
      call(`ipc ${CALL_CHANNEL}`, { senderFrame }, 'settings.get', undefined);
    for (const frame of [
      null,
      { url: 'https://example.org/', parent: null },
      { url: 'about:blank', parent: null },
      { url: 'app://riffle/', parent: {} },
    ]) {
      expect(await send(frame)).toMatchObject({ ok: false, error: { code: 'forbidden' } });
    }
    expect(answered).not.toHaveBeenCalled();
    expect(await send({ url: 'app://riffle/', parent: null })).toEqual({ ok: true, value: 1 });
  });
});

describe('the schemes', () => {
  it('are the app’s own, secure, and none of them beyond the policy (18)', () => {
    registerSchemes();
    const schemes = electron.handlers.get('schemes') as readonly {
      readonly scheme: string;
      readonly privileges: Readonly<Record<string, boolean>>;
    }[];
    expect(schemes.map(({ scheme }) => scheme).toSorted()).toEqual(['app', 'artwork', 'track']);
    for (const { privileges } of schemes) {
      expect(privileges).toMatchObject({ standard: true, secure: true });
      expect(privileges).not.toHaveProperty('bypassCSP');
      expect(privileges).not.toHaveProperty('allowServiceWorkers');
    }
  });
});
