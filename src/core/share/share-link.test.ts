import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDeepLink } from '../links/deep-link.ts';
import {
  deepLinkOf,
  embedCode,
  embedUrl,
  readPlaylistShare,
  readShareUrl,
  shareLinkOf,
  shareUrl,
  type ShareLink,
} from './share-link.ts';

const catalogId = fc.stringMatching(/^[0-9a-z]{20}$/);
const anyLink: fc.Arbitrary<ShareLink> = fc.oneof(
  fc.record({
    kind: fc.constant('track' as const),
    id: catalogId,
    atMs: fc.integer({ min: 0, max: 86_000 }).map((seconds) => seconds * 1000),
  }),
  fc.record({ kind: fc.constantFrom('album' as const, 'artist' as const), id: catalogId }),
  fc.record({ kind: fc.constant('playlist' as const), id: fc.stringMatching(/^[0-9A-Za-z_-]{20,64}$/) }),
);
const base = fc.constantFrom('https://music.example', 'https://example.org/riffle/', 'http://localhost:4620');

describe('links to public pages', () => {
  it('are read back as what they were made from, the page and its frame alike', () => {
    fc.assert(
      fc.property(base, anyLink, (home, link) => {
        expect(readShareUrl(home, shareUrl(home, link))).toEqual(link);
        expect(readShareUrl(home, embedUrl(home, link))).toEqual(link);
        expect(readShareUrl(home, `${shareUrl(home, link)}#top`)).toEqual(link);
      }),
    );
  });

  it('say which playlist they lead to, with or without a secret behind its id', () => {
    fc.assert(
      fc.property(catalogId, fc.stringMatching(/^[0-9A-Za-z_-]{22}$/), (playlistId, secret) => {
        expect(readPlaylistShare(playlistId)).toEqual({ playlistId, secret: null });
        expect(readPlaylistShare(playlistId + secret)).toEqual({ playlistId, secret });
        expect(readPlaylistShare(playlistId + secret.slice(1))).toBeNull();
        expect(readPlaylistShare(`${playlistId}${secret}0`)).toBeNull();
      }),
    );
  });

  it('open the same in the app, at the same place', () => {
    fc.assert(
      fc.property(anyLink, (link) => {
        const opened = parseDeepLink(deepLinkOf(link));
        expect(opened).toEqual(link.kind === 'playlist' ? { kind: 'share', id: link.id } : link);
      }),
    );
  });

  it('keep whole seconds', () => {
    const link: ShareLink = { kind: 'track', id: '0'.repeat(20), atMs: 83_999 };
    expect(shareUrl('https://music.example', link)).toBe(
      `https://music.example/track/${'0'.repeat(20)}?t=83`,
    );
  });

  it.each([
    ['another service', `https://evil.example/track/${'0'.repeat(20)}`],
    ['a service whose name begins alike', `https://music.example.evil/track/${'0'.repeat(20)}`],
    ['another page', 'https://music.example/v1/tracks'],
    ['an id that is none', 'https://music.example/track/..%2f'],
    ['more behind the id', `https://music.example/track/${'0'.repeat(20)}/edit`],
    ['nothing', ''],
  ])('are not found in %s', (_what, address) => {
    expect(readShareUrl('https://music.example', address)).toBeNull();
  });

  it.each(['-1', '1e3', '99999999', ' 5', '00', 'x'])(
    'begin at the beginning for a time of %j',
    (seconds) => {
      expect(shareLinkOf('track', '0'.repeat(20), seconds)).toMatchObject({ atMs: 0 });
    },
  );

  it('stay within the attributes of the code that embeds them, whatever a title holds', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (title) => {
        const code = embedCode('https://music.example', { kind: 'album', id: '0'.repeat(20) }, title);
        expect(code.match(/[<>]/g)).toEqual(['<', '>', '<', '>']);
        expect(code.match(/"/g)).toHaveLength(14);
      }),
    );
  });
});
