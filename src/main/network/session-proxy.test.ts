import { expect, it } from 'vitest';
import { isProxyAt, sessionProxy } from './session-proxy.ts';

const PROXY = {
  mode: 'manual',
  server: 'http://proxy.example:3128/',
  username: 'lena',
  bypass: '*.intern',
} as const;

it('is told to Chromium as to ourselves', () => {
  expect(sessionProxy(PROXY)).toEqual({
    mode: 'fixed_servers',
    proxyRules: 'http://proxy.example:3128',
    proxyBypassRules: '*.intern',
  });
  expect(sessionProxy({ ...PROXY, mode: 'none' })).toEqual({ mode: 'direct' });
  expect(sessionProxy({ ...PROXY, mode: 'system' })).toEqual({ mode: 'system' });
  expect(sessionProxy({ ...PROXY, server: '' })).toMatchObject({
    mode: 'fixed_servers',
    proxyRules: 'http://127.0.0.1:9',
  });
});

it.each([
  [PROXY, 'proxy.example', 3128, true],
  [PROXY, 'proxy.example', 80, false],
  [PROXY, 'evil.example', 3128, false],
  [{ ...PROXY, server: 'https://proxy.example' }, 'proxy.example', 443, true],
  [{ ...PROXY, server: '' }, '', 80, false],
  [{ ...PROXY, mode: 'system' }, 'proxy.example', 3128, false],
] as const)('gives the password of %j to %s:%d: %s', (proxy, host, port, expected) => {
  expect(isProxyAt(proxy, host, port)).toBe(expected);
});
