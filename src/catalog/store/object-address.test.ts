import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { signObjectAddress, verifyObjectAddress } from './object-address.ts';

const secret = Buffer.from('a secret of at least sixteen bytes');
const nowMs = Date.UTC(2026, 0, 1);
const soon = nowMs / 1000 + 60;

const verify = (url: string, withSecret: Uint8Array = secret, atMs = nowMs) => {
  const [pathname = '', query = ''] = url.replace('https://music.example', '').split('?');
  return verifyObjectAddress({ pathname, searchParams: new URLSearchParams(query) }, withSecret, atMs);
};
const sign = (key: string) => signObjectAddress('https://music.example', key, soon, secret);

describe('A signed object address', () => {
  test('opens its object until it expires, and says so afterwards', () => {
    expect(verify(sign('audio/ab/one.mp3'))).toEqual({ ok: true, key: 'audio/ab/one.mp3' });
    expect(verify(sign('a'), secret, soon * 1000 - 1)).toEqual({ ok: true, key: 'a' });
    expect(verify(sign('a'), secret, soon * 1000)).toEqual({ ok: false, reason: 'expired' });
  });

  test('is the same wherever the base address ends in slashes or not', () => {
    expect(signObjectAddress('https://music.example/base/', 'a', soon, secret)).toBe(
      signObjectAddress('https://music.example/base', 'a', soon, secret),
    );
  });

  test('is invalid under another secret, and for another object', () => {
    expect(verify(sign('a'), Buffer.from('another secret'))).toEqual({ ok: false, reason: 'invalid' });
    expect(verify(sign('audio/one').replace('/one?', '/two?'))).toEqual({ ok: false, reason: 'invalid' });
  });

  test('that is no address at all is invalid', () => {
    const good = sign('a');
    const expiry = `expires=${soon}`;
    for (const bad of [
      '',
      '/objects/a',
      good.replace('/objects/', '/object/'),
      good.replace('/objects/a', '/objects/'),
      good.replace('/objects/a', '/objects/%61'),
      good.replace('/objects/a', '/objects/../objects/a'),
      good.replace('/objects/a', '/objects/ä'),
      good.replace(expiry, `${expiry}&${expiry}`),
      good.replace(expiry, 'expires=Infinity'),
      good.replace(expiry, 'expires=-1'),
      good.replace(expiry, `expires=0${soon}`),
      `${good}&signature=${'a'.repeat(43)}`,
      `${good}a`,
    ])
      expect({ bad, verdict: verify(bad) }).toEqual({ bad, verdict: { ok: false, reason: 'invalid' } });
  });

  test('cannot be changed in any character of path or query and still open anything', () => {
    const good = sign('audio/ab/one.mp3');
    const start = good.indexOf('/objects/');
    fc.assert(
      fc.property(
        fc.integer({ min: start, max: good.length - 1 }),
        fc.constantFrom(...'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./&=?%'),
        (at, character) => {
          fc.pre(good[at] !== character);
          expect(verify(`${good.slice(0, at)}${character}${good.slice(at + 1)}`).ok).toBe(false);
        },
      ),
      { numRuns: 2000 },
    );
  });
});
