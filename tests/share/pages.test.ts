/** Public pages as people and caches meet them. */
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { catalogPaths, serviceInfoSchema } from '../../src/contract/catalog-http.ts';
import type { CatalogRecord } from '../../src/catalog/segments/catalog-records.ts';
import {
  albumRecord,
  albumWithTracks,
  artistRecord,
  idOf,
  trackRecord,
} from '../builders/catalog-records.ts';
import {
  eventually,
  openServiceHome,
  type RunningService,
  type ServiceHome,
} from '../builders/catalog-service.ts';
import { readPage } from './read-page.ts';

const BASE = 'https://music.example';
const TRACK = idOf('track', 'Flussabwärts/Kiesbett');
const ALBUM = idOf('album', 'Flussabwärts');
const ARTIST = idOf('artist', 'Lene Wörner Trio');

let home: ServiceHome;
let service: RunningService;

beforeAll(async () => {
  home = await openServiceHome();
  await home.publish(albumWithTracks('Flussabwärts', { tracks: ['Kiesbett', 'Delta'] }));
  service = await home.start({ publicUrl: BASE });
});
afterAll(() => home.close());

const ask = (path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Response> =>
  service.fetch(path, { method, headers });

describe('a page', () => {
  it('is in the language that the browser wants, or in that of its address', async () => {
    const german = await ask(`/album/${ALBUM}`, { 'accept-language': 'fr, de-AT;q=0.8, en;q=0.5' });
    expect(german.headers.get('vary')).toBe('accept-language');
    expect(german.headers.get('content-language')).toBe('de');
    const { document } = readPage(await german.text());
    expect(document.documentElement.lang).toBe('de');
    expect(document.querySelector('a.primary')?.textContent).toBe('In Riffle öffnen');

    const fixed = await ask(`/album/${ALBUM}?lang=en`, { 'accept-language': 'de' });
    expect(fixed.headers.get('vary')).toBeNull();
    expect(readPage(await fixed.text()).document.documentElement.lang).toBe('en');
  });

  it('is not sent again to whoever has it, in each language by itself', async () => {
    const first = await ask(`/artist/${ARTIST}`, { 'accept-language': 'de' });
    const etag = first.headers.get('etag') ?? '';
    expect(etag).toMatch(/^"[0-9a-f]{32}"$/);
    expect(first.headers.get('cache-control')).toContain('public');
    const again = await ask(`/artist/${ARTIST}`, { 'accept-language': 'de', 'if-none-match': etag });
    expect(again.status).toBe(304);
    expect(again.headers.get('vary')).toBe('accept-language');
    const other = await ask(`/artist/${ARTIST}`, { 'accept-language': 'en', 'if-none-match': etag });
    expect(other.status).toBe(200);
  });

  it('answers to HEAD as to GET, without the page', async () => {
    const [head, get] = await Promise.all([ask(`/track/${TRACK}`, {}, 'HEAD'), ask(`/track/${TRACK}`)]);
    for (const name of ['etag', 'cache-control', 'content-length', 'content-security-policy'])
      expect(head.headers.get(name)).toBe(get.headers.get(name));
    expect(await head.text()).toBe('');
  });

  it('may run nothing, send nothing and stand in no frame; the embedded one may stand in any', async () => {
    const policy = (await ask(`/track/${TRACK}`)).headers.get('content-security-policy') ?? '';
    expect(policy).toMatch(/^default-src 'none'; style-src 'sha256-[\w+/=]+'; img-src data: /);
    expect(policy).toContain("form-action 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toMatch(/script-src|unsafe/);
    const embedded = await ask(`/embed/track/${TRACK}`);
    expect(embedded.headers.get('content-security-policy')).toContain('frame-ancestors *');
    expect(embedded.headers.get('x-frame-options')).toBeNull();
    expect(embedded.headers.get('x-robots-tag')).toBe('noindex');
  });

  it.each([
    ['an unknown track', `/track/${'0'.repeat(20)}`],
    ['an unknown sharing', `/playlist/${'A'.repeat(22)}`],
    ['half a link', '/album/abc'],
    ['an embedded one that is unknown', `/embed/artist/${'0'.repeat(20)}`],
  ])('says in words that there is nothing: %s', async (_what, path) => {
    const answer = await ask(path, { 'accept-language': 'de' });
    expect(answer.status).toBe(404);
    const page = readPage(await answer.text());
    expect(page.document.querySelector('h1')?.textContent).toBe('Hier ist nichts');
    expect(page.tag('robots')).toBe('noindex');
  });

  it('passes over a time that is none, or behind the end', async () => {
    for (const time of ['x', '-4', '9999', '1&t=2']) {
      const page = readPage(await (await ask(`/track/${TRACK}?t=${time}`)).text());
      expect(page.document.querySelector('a.primary')?.getAttribute('href')).toBe(
        `riffle://open/track/${TRACK}`,
      );
    }
  });
});

describe('an operator', () => {
  it('has no pages when they are off, and the app is told', async () => {
    const closed = await home.start({ publicUrl: BASE, sharing: { pages: false } });
    expect((await closed.fetch(`/track/${TRACK}`)).status).toBe(404);
    expect((await closed.fetch(`/oembed?url=${BASE}/track/${TRACK}`)).status).toBe(404);
    expect((await closed.get(catalogPaths.service, serviceInfoSchema)).sharing).toBeNull();
    await closed.close();
  });

  it('has pages, but none to share, without a public address', async () => {
    const local = await home.start();
    expect((await local.fetch(`/track/${TRACK}`)).status).toBe(200);
    expect((await local.get(catalogPaths.service, serviceInfoSchema)).sharing).toBeNull();
    await local.close();
  });

  it('lets nobody hear anything unless they say so', async () => {
    expect((await ask(`/preview/${TRACK}`)).status).toBe(404);
    const info = await service.get(catalogPaths.service, serviceInfoSchema);
    expect(info.sharing).toEqual({ baseUrl: BASE, previews: false });
  });
});

describe('names that are meant to do harm', () => {
  const nasty = fc.oneof(
    fc.constantFrom(
      '</title><script>alert(1)</script>',
      '</script><script>alert(1)</script>',
      '<!--<script>',
      '-->',
      '"><img src=x onerror=alert(1)>',
      "' onmouseover='alert(1)",
      '</style><svg onload=alert(1)>',
      '<iframe srcdoc="&lt;script&gt;alert(1)&lt;/script&gt;">',
      '&lt;script&gt;alert(1)&lt;/script&gt;',
      'javascript:alert(1)',
      ']]><x>',
      '\u202Eevil\u2066',
      '\0<\u2028script>',
      '&amp;quot;&#34;'.repeat(60),
      '𝕏'.repeat(300),
      '<'.repeat(400),
    ),
    fc.string({ unit: 'binary', minLength: 1, maxLength: 60 }),
  );
  const ID = idOf('nasty', 'one');
  const recordsOf = (names: readonly string[]): readonly CatalogRecord[] => {
    const [artist = '', album = '', title = ''] = names.map((name) => name.toWellFormed());
    const artists = [{ id: ID, name: artist }];
    return [
      artistRecord(artist, { id: ID }),
      albumRecord(album, { id: ID, artists, notes: title, label: title, copyright: title }),
      ...Array.from({ length: 60 }, (_, at) =>
        trackRecord(title, {
          id: at === 0 ? ID : idOf('nasty', String(at)),
          artists,
          albumArtists: artists,
          album: { id: ID, title: album },
          trackNumber: at + 1,
          genres: [],
        }),
      ),
    ];
  };

  /** What only we may have written: elements, by name, that are not text. */
  const expectOnlyOurs = (text: string): void => {
    const { document, jsonLd } = readPage(text);
    const scripts = [...document.querySelectorAll('script')];
    expect(scripts.every((script) => script.type === 'application/ld+json')).toBe(true);
    expect(document.querySelectorAll('iframe, object, embed, form, base, [srcdoc]')).toHaveLength(0);
    for (const element of document.querySelectorAll('*'))
      for (const { name, value } of element.attributes) {
        expect(name).not.toMatch(/^on/);
        if (['href', 'src'].includes(name))
          expect(value).toMatch(/^(https:\/\/music\.example\/|riffle:\/\/open\/|data:image)/);
      }
    expect(document.querySelectorAll('style')).toHaveLength(1);
    expect(document.querySelectorAll('h1')).toHaveLength(1);
    expect(document.documentElement.textContent).not.toMatch(/[\u202E\u2066]/);
    if (jsonLd !== null) expect(jsonLd).toHaveProperty('@type');
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(60_000);
  };

  it('stand on every page as text, and no page grows beyond its weight', async () => {
    await fc.assert(
      fc.asyncProperty(fc.tuple(nasty, nasty, nasty), async (names) => {
        const { revision } = await home.publish(recordsOf(names));
        await eventually(() => ((service.facts()?.revision ?? 0) >= revision ? true : null));
        for (const path of ['track', 'album', 'artist', 'embed/track', 'embed/album', 'embed/artist'])
          expectOnlyOurs(await (await ask(`/${path}/${ID}`)).text());
        const xml = await (await ask(`/oembed?format=xml&url=${BASE}/track/${ID}`)).text();
        expect(xml.match(/<(?!\/|\?)/g)).toHaveLength(xml.match(/<\//g)?.length ?? 0);
      }),
      { numRuns: 8 },
    );
  });
});
