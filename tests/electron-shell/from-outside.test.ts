/** What reaches the shell from outside, through Electron's own events: second starts, links, files, a proxy's question. */
import { resolve } from 'node:path';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { receive } from '../../src/main/shells/electron/launch.ts';
import { createSystemProxy } from '../../src/main/shells/electron/proxy.ts';
import type { Inbox } from '../../src/main/system/inbox.ts';
import { recordLog } from '../host/silent-log.ts';

const electron = await vi.hoisted(async () => {
  const { createFakeElectron } = await import('../fakes/fake-electron.ts');
  return createFakeElectron();
});
vi.mock('electron', () => electron.module);

const { app } = electron.module;
const LINK = 'riffle://open/artists';
const PAGE = { kind: 'page', page: 'artists' };

beforeEach(() => {
  app.removeAllListeners();
});

describe('a second start', () => {
  const open = () => {
    const arrived: Parameters<Inbox['add']>[0][] = [];
    let shown = 0;
    const log = recordLog();
    receive({
      inbox: { add: (arrival) => arrived.push(arrival), connect: () => undefined },
      show: () => {
        shown += 1;
      },
      log,
    });
    return { arrived, log, shown: () => shown };
  };
  const startAgain = (data: unknown): void => {
    // Chromium's own list, in which a switch was put before the link.
    app.emit('second-instance', {}, ['riffle', '--gpu-launcher=calc', LINK], '/', data);
  };

  it('brings the window to the front, and what it was asked for', () => {
    const { arrived, shown } = open();
    startAgain({ arguments: ['--', LINK, 'a.m3u8'], workingFolder: '/home/lena' });
    expect(arrived).toMatchObject([{ links: [PAGE], files: [resolve('/home/lena', 'a.m3u8')] }]);
    expect(shown()).toBe(1);
  });

  it.each([
    ['nothing', undefined],
    ['no list', { arguments: LINK, workingFolder: '/' }],
    ['a list of other things', { arguments: [{ toString: 1 }], workingFolder: '/' }],
    ['a list without end', { arguments: Array.from({ length: 500 }, () => LINK), workingFolder: '/' }],
  ])('that says %s only brings the window to the front', (_what, data) => {
    const { arrived, shown } = open();
    startAgain(data);
    expect([arrived, shown()]).toEqual([[], 1]);
  });

  it('that hides a switch behind its link is not followed, and the log says so', () => {
    const { arrived, log } = open();
    startAgain({ arguments: [LINK, '--gpu-launcher=calc'], workingFolder: '/' });
    expect(arrived).toMatchObject([{ links: [], files: [] }]);
    expect(log.lines).toMatchObject([{ level: 'warn', fields: { refused: ['order'] } }]);
  });

  it('is how macOS opens links and files too, and an option is none there', () => {
    const { arrived, shown } = open();
    const prevented = vi.fn();
    app.emit('open-url', { preventDefault: prevented }, LINK);
    app.emit('open-file', { preventDefault: prevented }, '/music/a.xspf');
    app.emit('open-url', { preventDefault: prevented }, '--data=/tmp');
    expect(arrived).toMatchObject([
      { links: [PAGE] },
      { files: ['/music/a.xspf'] },
      { links: [], files: [] },
    ]);
    expect([prevented.mock.calls.length, shown()]).toEqual([3, 3]);
  });
});

describe('a proxy that asks who is there', () => {
  const PROXY = {
    mode: 'manual',
    server: 'http://proxy.example:3128',
    username: 'lena',
    bypass: '',
  } as const;
  const ask = (host: string, port: number, isProxy = true, firstAuthAttempt = true): unknown => {
    const answer = vi.fn<(...given: readonly string[]) => void>();
    app.emit(
      'login',
      { preventDefault: () => undefined },
      null,
      { firstAuthAttempt },
      { isProxy, host, port },
      answer,
    );
    return answer.mock.calls[0] ?? null;
  };

  it('is told, once, if it is the one that is set; and nobody else is', () => {
    const proxy = createSystemProxy({ onChange: () => undefined, log: recordLog() });
    expect(ask('proxy.example', 3128)).toBeNull();
    proxy.use({ ...PROXY, password: 'word' });
    expect(ask('proxy.example', 3128)).toEqual(['lena', 'word']);
    expect(ask('proxy.example', 3128, true, false)).toBeNull();
    expect(ask('proxy.example', 3128, false)).toBeNull();
    expect(ask('evil.example', 3128)).toBeNull();
    expect(electron.told.proxies).toEqual([
      { mode: 'fixed_servers', proxyRules: 'http://proxy.example:3128', proxyBypassRules: '' },
    ]);
  });
});
