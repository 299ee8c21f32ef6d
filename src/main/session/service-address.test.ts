import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isLoopbackUrl, isProtectedUrl, serviceAddress } from './service-address.ts';

describe('the address of a service', () => {
  it.each([
    ['music.example', 'https://music.example'],
    ['  Music.Example/  ', 'https://music.example'],
    ['music.example:8443/riffle/', 'https://music.example:8443/riffle'],
    ['https://music.example/v1/service', 'https://music.example'],
    ['https://music.example/riffle/v1', 'https://music.example/riffle'],
    ['https://music.example/v10', 'https://music.example/v10'],
    ['https://music.example/?utm=1#top', 'https://music.example'],
    ['http://music.example', 'http://music.example'],
    ['localhost:4620', 'http://localhost:4620'],
    ['127.0.0.1:4620/', 'http://127.0.0.1:4620'],
    ['[::1]:4620', 'http://[::1]:4620'],
    ['http://localhost:4620/v1/albums?limit=3', 'http://localhost:4620'],
    ['127.evil.example', 'https://127.evil.example'],
    ['localhost.evil.example', 'https://localhost.evil.example'],
    ['münchen.example', 'https://xn--mnchen-3ya.example'],
  ])('typed as %j is %j', (typed, address) => {
    expect(serviceAddress(typed)).toBe(address);
  });

  it.each([
    '',
    '   ',
    'two words',
    'ftp://music.example',
    'file:///etc/passwd',
    'javascript://music.example/%0aalert(1)',
    'https://user:secret@music.example',
    'user@music.example',
    'https://',
    'mailto:ada@music.example',
    `https://${'x'.repeat(3_000)}.example`,
  ])('is not %j', (typed) => {
    expect(serviceAddress(typed)).toBeNull();
  });

  it('is the same when it is typed as it is kept', () => {
    fc.assert(
      fc.property(fc.webUrl({ validSchemes: ['http', 'https'], withQueryParameters: true }), (typed) => {
        const once = serviceAddress(typed);
        expect(once === null ? null : serviceAddress(once)).toBe(once);
      }),
    );
  });

  it('is never anything but http and https, whatever is typed', () => {
    fc.assert(
      fc.property(fc.string(), (typed) => {
        expect(serviceAddress(typed) ?? 'https://').toMatch(/^https?:\/\//);
      }),
    );
  });
});

describe('where tokens may be sent', () => {
  it.each([
    ['https://music.example', true],
    ['http://localhost:1', true],
    ['http://127.0.0.1/path', true],
    ['http://[::1]:3', true],
    ['http://music.example', false],
    ['http://127.evil.example', false],
    ['http://127.0.0.1.evil.example', false],
    ['http://localhost.evil.example', false],
    ['https://user:secret@music.example', false],
    ['ftp://localhost', false],
    ['nonsense', false],
  ])('%s: %s', (url, isAllowed) => {
    expect(isProtectedUrl(url)).toBe(isAllowed);
  });

  it('does not take a name for this machine because it begins like one', () => {
    expect(isLoopbackUrl('http://127.evil.example')).toBe(false);
  });
});
