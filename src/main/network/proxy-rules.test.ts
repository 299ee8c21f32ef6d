import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ProxyConfiguration } from '../ports.ts';
import { environmentRoute, isBypassed, isLoopback, manualRoute, scriptRoute } from './proxy-rules.ts';

const DIRECT = { kind: 'direct' };
const via = (uri: string, credentials: object | null = null) => ({ kind: 'proxy', uri, credentials });
const manual = (changes: Partial<ProxyConfiguration> = {}): ProxyConfiguration => ({
  mode: 'manual',
  server: 'http://proxy.example:3128',
  username: '',
  bypass: '',
  password: null,
  ...changes,
});
const MUSIC = new URL('https://music.example/v1');

describe('a proxy set by hand', () => {
  it('is used for everything but this machine', () => {
    expect(manualRoute(manual(), MUSIC)).toEqual(via('http://proxy.example:3128'));
    for (const own of [
      'http://localhost:1',
      'http://a.localhost',
      'http://127.9.9.9:4620',
      'http://[::1]/',
    ]) {
      expect(manualRoute(manual(), new URL(own))).toEqual(DIRECT);
    }
    expect(isLoopback(new URL('http://127.0.0.1.example'))).toBe(false);
  });

  it('is told who asks', () => {
    expect(manualRoute(manual({ username: 'lena', password: 'a:b' }), MUSIC)).toEqual(
      via('http://proxy.example:3128', { username: 'lena', password: 'a:b' }),
    );
    expect(manualRoute(manual({ username: 'lena' }), MUSIC)).toMatchObject({ credentials: { password: '' } });
  });

  it('that is not named lets nothing out', () => {
    expect(manualRoute(manual({ server: '' }), MUSIC)).toEqual({ kind: 'refused' });
  });
});

describe('hosts that are reached without a proxy', () => {
  it.each([
    ['music.example', 'https://music.example', true],
    ['music.example', 'https://www.music.example', false],
    ['MUSIC.example', 'https://music.EXAMPLE.', true],
    ['*.music.example', 'https://a.b.music.example', true],
    ['*.music.example', 'https://music.example', false],
    ['*.music.example', 'https://evilmusic.example', false],
    ['.music.example', 'https://music.example', true],
    ['music.example:8443', 'https://music.example:8443', true],
    ['music.example:8443', 'https://music.example', false],
    ['music.example:443', 'https://music.example', true],
    ['<local>', 'http://intranet', true],
    ['<local>', 'http://intranet.example', false],
    ['<local>', 'http://[2001:db8::1]', false],
    ['10.0.0.0/8', 'http://10.20.30.40', true],
    ['10.0.0.0/8', 'http://11.0.0.1', false],
    ['10.0.0.0/99', 'http://10.0.0.1', false],
    ['2001:db8::/32', 'http://[2001:db8::7]', true],
    ['2001:db8::7', 'http://[2001:db8::7]', true],
    ['a.example; b.example,\n c.example', 'http://c.example', true],
    ['*', 'http://a.example', true],
    ['', 'http://a.example', false],
  ])('%j and %s: %s', (bypass, address, expected) => {
    expect(isBypassed(new URL(address), bypass)).toBe(expected);
  });

  it('are read from any text without a throw', () => {
    fc.assert(
      fc.property(fc.string(), (bypass) => {
        expect(typeof isBypassed(MUSIC, bypass)).toBe('boolean');
      }),
    );
  });
});

describe('the answer of a proxy script', () => {
  it.each([
    ['DIRECT', DIRECT],
    ['PROXY proxy.example:8080', via('http://proxy.example:8080')],
    ['HTTPS proxy.example:443; DIRECT', via('https://proxy.example')],
    ['SOCKS4 old.example:1080; SOCKS5 new.example:1080', via('socks5://new.example:1080')],
    ['proxy [2001:db8::1]:3128', via('http://[2001:db8::1]:3128')],
    ['QUIC a.example:443; PROXY', DIRECT],
    ['', DIRECT],
  ])('%j', (answer, expected) => {
    expect(scriptRoute(answer)).toEqual(expected);
  });
});

describe('the variables of a command line', () => {
  const environment = {
    HTTPS_PROXY: 'http://lena:p%40ss@proxy.example:3128',
    http_proxy: 'plain.example:80',
    NO_PROXY: 'intern.example,10.0.0.0/8',
  };
  it.each([
    ['https://music.example', via('http://proxy.example:3128', { username: 'lena', password: 'p@ss' })],
    ['http://music.example', via('http://plain.example')],
    ['https://a.intern.example', DIRECT],
    ['https://10.1.2.3', DIRECT],
    ['http://127.0.0.1:4620', DIRECT],
  ])('%s', (address, expected) => {
    expect(environmentRoute(environment, new URL(address))).toEqual(expected);
  });

  it('may be none, or one for all', () => {
    expect(environmentRoute({}, MUSIC)).toEqual(DIRECT);
    expect(environmentRoute({ all_proxy: 'socks5://s.example:1080' }, MUSIC)).toEqual(
      via('socks5://s.example:1080'),
    );
    expect(environmentRoute({ all_proxy: 'socks5://s.example:1080', no_proxy: '*' }, MUSIC)).toEqual(DIRECT);
    expect(environmentRoute({ https_proxy: 'ftp://x' }, MUSIC)).toEqual(DIRECT);
  });
});
