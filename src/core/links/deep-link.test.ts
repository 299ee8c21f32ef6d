import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatDeepLink, LINK_PAGES, LONGEST_LINK, parseDeepLink, type DeepLink } from './deep-link.ts';
import { isPlainText } from './plain-text.ts';

const ID = '0x2k7d9fmq3b5w8r1tz4';
const SHARE = 'S8vK-2_xQ0aZ7';
const CODE = `${ID}aB3-_dE6gH9jK2mN5pQ8sTuV1wX4yZ7A`;

describe('links that open something', () => {
  it.each<[string, DeepLink]>([
    [`riffle://open/track/${ID}`, { kind: 'track', id: ID, atMs: 0 }],
    [`riffle://open/track/${ID}?at=83500`, { kind: 'track', id: ID, atMs: 83_500 }],
    [`riffle://open/album/${ID}`, { kind: 'album', id: ID }],
    [`RIFFLE://open/album/${ID}/`, { kind: 'album', id: ID }],
    [`riffle://open/artist/${ID}`, { kind: 'artist', id: ID }],
    [`riffle://open/playlist/${ID}`, { kind: 'playlist', id: ID }],
    [`riffle://open/share/${SHARE}`, { kind: 'share', id: SHARE }],
    [`riffle://open/join/${CODE}`, { kind: 'join', code: CODE }],
    [`riffle://open/join/${CODE}/`, { kind: 'join', code: CODE }],
    ['riffle://open/search?q=L%C3%B6ss+%26%20Lehm', { kind: 'search', query: 'Löss & Lehm' }],
    ['riffle://open/search/?q=%2541', { kind: 'search', query: '%41' }],
    ['riffle://open/search', { kind: 'page', page: 'search' }],
    ['riffle://open/now-playing/', { kind: 'page', page: 'now-playing' }],
  ])('%s', (text, link) => {
    expect(parseDeepLink(text)).toEqual(link);
  });
});

/** Each by what it tries. */
const REFUSED: readonly (readonly [string, string])[] = [
  ['nothing', ''],
  ['the scheme alone', 'riffle:'],
  ['no page', 'riffle://open/'],
  ['an unknown page', 'riffle://open/admin'],
  ['an unknown kind', `riffle://open/run/${ID}`],
  ['a page with an id', `riffle://open/settings/${ID}`],
  ['a record without an id', 'riffle://open/album'],
  ['an id that is too short', 'riffle://open/album/abc'],
  ['an id in capitals', `riffle://open/album/${ID.toUpperCase()}`],
  ['a kind in capitals', `riffle://open/ALBUM/${ID}`],
  ['traversal', 'riffle://open/../../etc/passwd'],
  ['traversal behind a kind', `riffle://open/album/../settings`],
  ['encoded traversal', 'riffle://open/album/%2e%2e%2fsettings'],
  ['double encoding', `riffle://open/album/%2530${ID.slice(1)}`],
  ['an encoded id', `riffle://open/album/%30${ID.slice(1)}`],
  ['backslashes', `riffle:\\\\open\\album\\${ID}`],
  ['a backslash in the path', `riffle://open/album\\${ID}`],
  ['empty segments', `riffle://open//album/${ID}`],
  ['two slashes at the end', `riffle://open/album/${ID}//`],
  ['NUL', `riffle://open/album/${ID}\0`],
  ['encoded NUL', 'riffle://open/search?q=a%00b'],
  ['CRLF', `riffle://open/album/${ID}\r\nHost: evil.example`],
  ['a line feed at the end', `riffle://open/album/${ID}\n`],
  ['encoded CRLF', 'riffle://open/search?q=a%0d%0aSet-Cookie:%20b'],
  ['a tab inside', `riffle://open/al\tbum/${ID}`],
  ['a space before', ` riffle://open/album/${ID}`],
  ['a foreign host', `riffle://evil.example/album/${ID}`],
  ['a host that begins alike', `riffle://open.evil.example/album/${ID}`],
  ['a host in capitals', `riffle://OPEN/album/${ID}`],
  ['a port', `riffle://open:80/album/${ID}`],
  ['user-info', `riffle://user@open/album/${ID}`],
  ['user-info with a password', `riffle://user:word@open/album/${ID}`],
  ['user-info that looks like the host', `riffle://open@evil.example/album/${ID}`],
  ['a host in Cyrillic letters', `riffle://оpen/album/${ID}`],
  ['an IDN host', `riffle://xn--pen-tbc/album/${ID}`],
  ['a full-width solidus', `riffle://open／album／${ID}`],
  ['an ideographic full stop', `riffle://open。evil/album/${ID}`],
  ['a fragment', `riffle://open/album/${ID}#x`],
  ['an unknown parameter', `riffle://open/album/${ID}?service=https://evil.example`],
  ['a parameter twice', `riffle://open/track/${ID}?at=1&at=2`],
  ['a second parameter', 'riffle://open/search?q=a&exact=1'],
  ['no number', `riffle://open/track/${ID}?at=1e3`],
  ['a negative number', `riffle://open/track/${ID}?at=-1`],
  ['more than a day', `riffle://open/track/${ID}?at=86400001`],
  ['a search for nothing', 'riffle://open/search?q='],
  ['a search for spaces', 'riffle://open/search?q=%20+'],
  ['half an escape', 'riffle://open/search?q=%4'],
  ['no UTF-8', 'riffle://open/search?q=%ff'],
  ['overlong UTF-8: a slash', 'riffle://open/search?q=%c0%af'],
  ['overlong UTF-8: NUL', 'riffle://open/search?q=%e0%80%80'],
  ['a surrogate in UTF-8', 'riffle://open/search?q=%ed%a0%80'],
  ['a direction override', 'riffle://open/search?q=%E2%80%AEgpj.exe'],
  ['a direction isolate', 'riffle://open/search?q=a%E2%81%A6b'],
  ['a line separator', 'riffle://open/search?q=a%E2%80%A8b'],
  ['letters that are not encoded', 'riffle://open/search?q=Löss'],
  ['markup', 'riffle://open/search?q=<script>'],
  ['a quote that ends an argument', 'riffle://open/search?q=a"--gpu-launcher=calc'],
  ['an argument after a space', `riffle://open/album/${ID} --gpu-launcher=calc`],
  ['an argument as an id', 'riffle://open/album/--no-sandbox'],
  ['an argument alone', '--gpu-launcher=calc'],
  ['an invitation without a code', 'riffle://open/join'],
  ['a code that is too short', `riffle://open/join/${CODE.slice(0, 21)}`],
  ['a code that is too long', `riffle://open/join/${'a'.repeat(65)}`],
  ['a code of another alphabet', `riffle://open/join/${CODE.slice(1)}+`],
  ['a code in base64 with its filling', `riffle://open/join/${CODE}==`],
  ['an encoded code', `riffle://open/join/%61${CODE}`],
  ['a code with a letter that only looks the same', `riffle://open/join/${CODE}а`],
  ['traversal behind an invitation', `riffle://open/join/../settings`],
  ['encoded traversal behind an invitation', `riffle://open/join/%2e%2e%2f${CODE}`],
  ['a way on behind a code', `riffle://open/join/${CODE}/accept`],
  ['an invitation that answers itself', `riffle://open/join/${CODE}?accept=1`],
  ['a place behind a code', `riffle://open/join/${CODE}#accept`],
  ['NUL behind a code', `riffle://open/join/${CODE}\0`],
  ['a line feed behind a code', `riffle://open/join/${CODE}\n`],
  ['a carriage return within a code', `riffle://open/join/${CODE.slice(0, 22)}\r${CODE.slice(22)}`],
  ['a direction override within a code', `riffle://open/join/${CODE.slice(0, 22)}\u202E${CODE.slice(22)}`],
  ['a sharing that is too short', 'riffle://open/share/S8vK-2_xQ0'],
  ['a sharing that is too long', `riffle://open/share/${'a'.repeat(65)}`],
  ['a sharing of another alphabet', `riffle://open/share/${SHARE}~`],
  ['traversal behind a sharing', 'riffle://open/share/..%2f..%2fjoin'],
  ['a parameter behind a sharing', `riffle://open/share/${SHARE}?service=https://evil.example`],
  ['file:', 'file:///etc/passwd'],
  ['javascript:', 'javascript:alert(1)'],
  ['data:', 'data:text/html,hello'],
  ['smb:', 'smb://server/share'],
  ['UNC', '\\\\server\\share\\list.m3u8'],
  ['the window’s own scheme', 'app://riffle/'],
  ['https', `https://open/album/${ID}`],
  ['a scheme that begins alike', `riffles://open/album/${ID}`],
  ['no authority', `riffle:open/album/${ID}`],
  ['a scheme within', `riffle://open/search?q=riffle://open/album/${ID}`],
  ['a link that never ends', `riffle://open/search?q=${'a'.repeat(LONGEST_LINK)}`],
  ['a query that is too long', `riffle://open/search?q=${'a'.repeat(201)}`],
];

describe('what is no link', () => {
  it.each(REFUSED)('%s', (_what, text) => {
    expect(parseDeepLink(text)).toBeNull();
  });

  it('is told apart without a throw, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(parseDeepLink(text)).toBeNull();
      }),
    );
  });
});

const id = fc.stringMatching(/^[0-9a-z]{20}$/);
const anyLink: fc.Arbitrary<DeepLink> = fc.oneof(
  fc.record({ kind: fc.constant('track' as const), id, atMs: fc.integer({ min: 0, max: 86_400_000 }) }),
  fc.record({ kind: fc.constantFrom('album' as const, 'artist' as const, 'playlist' as const), id }),
  fc.record({ kind: fc.constant('share' as const), id: fc.stringMatching(/^[A-Za-z0-9_-]{11,64}$/) }),
  fc.record({ kind: fc.constant('join' as const), code: fc.stringMatching(/^[A-Za-z0-9_-]{22,64}$/) }),
  fc.record({ kind: fc.constant('page' as const), page: fc.constantFrom(...LINK_PAGES) }),
  fc.record({
    kind: fc.constant('search' as const),
    query: fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 60 })
      .map((text) => text.trim())
      .filter((text) => text !== '' && text.length <= 200 && isPlainText(text)),
  }),
);

describe('a link that is made', () => {
  it('is read back as what it was made from', () => {
    fc.assert(
      fc.property(anyLink, (link) => {
        expect(parseDeepLink(formatDeepLink(link))).toEqual(link);
      }),
    );
  });

  it('is plain ASCII without anything that a shell or a system would read', () => {
    fc.assert(
      fc.property(anyLink, (link) => {
        expect(formatDeepLink(link)).toMatch(/^riffle:\/\/open\/[A-Za-z0-9/?=%_.~-]+$/);
      }),
    );
  });

  it('fits, however its query is written', () => {
    expect(formatDeepLink({ kind: 'search', query: '語'.repeat(200) }).length).toBeLessThan(LONGEST_LINK);
  });
});

describe('a link that was tampered with', () => {
  const inserted = fc.oneof(
    fc.constantFrom('/', '..', '%', '%00', '%2f', '?', '&', '=', '@', ':', '\\', '\0', ' --x', '?at=1'),
    fc.string({ unit: 'binary', maxLength: 4 }),
  );

  it('is none, or another within the union', () => {
    fc.assert(
      fc.property(anyLink, inserted, fc.nat({ max: 60 }), (link, text, place) => {
        const whole = formatDeepLink(link);
        const read = parseDeepLink(whole.slice(0, place) + text + whole.slice(place));
        const {
          id = ID,
          query = '',
          code = CODE,
        } = { ...read } as { id?: string; query?: string; code?: string };
        expect(read === null ? null : parseDeepLink(formatDeepLink(read))).toEqual(read);
        expect(id).toMatch(/^[\w-]{11,64}$/);
        expect(code).toMatch(/^[\w-]{22,64}$/);
        expect(isPlainText(query)).toBe(true);
      }),
    );
  });
});
