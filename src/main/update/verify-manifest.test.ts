import { generateKeyPairSync } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeKey, manifestOf, signed } from '../../../tests/update/world/feed.ts';
import { createFeed, parsePinnedKeys } from './pinned-keys.ts';
import { readManifest } from './verify-manifest.ts';

const installer = {
  version: '1.1.0',
  kind: 'nsis',
  name: 'riffle-1.1.0.exe',
  path: '',
  sizeBytes: 10,
  sha512: `${'A'.repeat(86)}==`,
  blockMapSize: undefined,
} as const;
const manifest = manifestOf([installer]);
const [current, next, stranger] = [makeKey(), makeKey(), makeKey()];
const pinned = [current.pinned, next.pinned];

const reasonOf = (text: string | Uint8Array): string => {
  try {
    readManifest(Buffer.from(text), pinned);
    return 'believed';
  } catch (error) {
    return String(Reflect.get(Object(error), 'reason'));
  }
};

describe('a signed manifest', () => {
  it.each([
    ['the key that signs now', current],
    ['the key that comes next', next],
  ])('is believed by %s', (_which, key) => {
    expect(readManifest(Buffer.from(signed(manifest, key)), pinned)).toEqual(manifest);
  });

  it('is believed when one of several signatures is by a pinned key', () => {
    const [ours, theirs] = [current, stranger].map((key): Record<string, unknown> =>
      JSON.parse(signed(manifest, key)),
    );
    const both = { ...ours, signatures: [theirs?.['signatures'], ours?.['signatures']].flat() };
    expect(reasonOf(JSON.stringify(both))).toBe('believed');
  });

  it('is not believed under the name of a pinned key alone', () => {
    const theirs = { ...stranger, pinned: current.pinned };
    expect(reasonOf(signed(manifest, theirs))).toBe('bad_signature');
  });

  it.each([
    ['', 'bad_manifest'],
    ['null', 'bad_manifest'],
    ['<html>', 'bad_manifest'],
    [JSON.stringify(manifest), 'bad_manifest'],
    [JSON.stringify({ payload: 'e30=', signatures: [] }), 'bad_manifest'],
    [signed({ ...manifest, format: 2 as 1 }, current), 'bad_manifest'],
    [
      signed(
        { ...manifest, files: [{ ...installer, platform: 'win32', arch: 'x64', name: '../up.exe' }] },
        current,
      ),
      'bad_manifest',
    ],
    [signed({ ...manifest, files: [] }, current), 'bad_manifest'],
    [signed({ ...manifest, rollout: { percent: 101, seed: 's' } }, current), 'bad_manifest'],
    [signed({ ...manifest, version: 'v1' }, current), 'bad_manifest'],
  ])('is refused otherwise (%#)', (text, reason) => {
    expect(reasonOf(text)).toBe(reason);
  });

  it('is refused wherever a byte of it is another', () => {
    const whole = Buffer.from(signed(manifest, current));
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 }), (place, change) => {
        const bent = Buffer.from(whole);
        bent[place] = (bent[place] ?? 0) ^ change;
        const reason = reasonOf(bent);
        // White space and the case of an escape aside, what is still believed says the same.
        expect(reason === 'believed' ? readManifest(bent, pinned) : manifest).toEqual(manifest);
        expect(['believed', 'bad_manifest', 'bad_signature']).toContain(reason);
      }),
    );
  });

  it('never throws anything but its reasons', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(['bad_manifest', 'bad_signature']).toContain(reasonOf(bytes));
      }),
    );
  });
});

describe('what a build is given', () => {
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })
    .publicKey.export({ format: 'der', type: 'spki' })
    .toString('base64');

  it('is one key or two', () => {
    expect(parsePinnedKeys(`${current.text}, ${next.text}`).map(({ keyId }) => keyId)).toEqual([
      current.pinned.keyId,
      next.pinned.keyId,
    ]);
  });

  it.each(['', ',', 'abc', rsa, current.text.slice(0, -1), `${current.text},${next.text},${stranger.text}`])(
    'is refused otherwise (%#)',
    (text) => {
      expect(() => parsePinnedKeys(text)).toThrow(/pinned key/);
    },
  );

  it.each([
    ['https://edge.example/feed', 'https://edge.example/feed/'],
    ['https://edge.example/feed/', 'https://edge.example/feed/'],
    ['http://127.0.0.1:4000', 'http://127.0.0.1:4000/'],
  ])('has a feed at %s', (url, expected) => {
    expect(createFeed(url, pinned).url).toBe(expected);
  });

  it.each([
    'http://edge.example/feed',
    'ftp://edge.example/',
    'file:///feed/',
    'https://user:secret@edge.example/',
    'https://edge.example/?a=b',
    'https://edge.example/#a',
  ])('has no feed at %s', (url) => {
    expect(() => createFeed(url, pinned)).toThrow('not a plain https address');
  });
});
