/** Public pages, asked for as those ask who draw a card of a link, or index it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { artworkKey } from '../../src/catalog/segments/keys.ts';
import { albumWithTracks, artworkOf, idOf } from '../builders/catalog-records.ts';
import { openServiceHome, type RunningService, type ServiceHome } from '../builders/catalog-service.ts';
import { readPage } from './read-page.ts';

/** As they call themselves (their documents, November 2026). */
const CRAWLERS = {
  Facebook: 'facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)',
  X: 'Twitterbot/1.0',
  LinkedIn: 'LinkedInBot/1.0 (compatible; Mozilla/5.0; Apache-HttpClient +http://www.linkedin.com)',
  Slack: 'Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)',
  Discord: 'Mozilla/5.0 (compatible; Discordbot/2.0; +https://discordapp.com)',
  Telegram: 'TelegramBot (like TwitterBot)',
  WhatsApp: 'WhatsApp/2.24.20.89 A',
  Mastodon: 'Mastodon/4.4.0 (http.rb/5.2.0; +https://mastodon.example/) Bot',
  Bluesky: 'Mozilla/5.0 (compatible; Bluesky Cardyb/1.1; +mailto:support@bsky.app)',
  Reddit: 'Mozilla/5.0 (compatible; redditbot/1.0; +http://www.reddit.com/feedback)',
  Google: 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)',
} as const;

const BASE = 'https://music.example';
const TRACK = idOf('track', 'Flussabwärts/Kiesbett');
const ALBUM = idOf('album', 'Flussabwärts');
const ARTIST = idOf('artist', 'Lene Wörner Trio');
const KINDS = [
  ['track', TRACK, 'music.song', 'MusicRecording', 'Kiesbett – Lene Wörner Trio'],
  ['album', ALBUM, 'music.album', 'MusicAlbum', 'Flussabwärts – Lene Wörner Trio'],
  ['artist', ARTIST, 'profile', 'MusicGroup', 'Lene Wörner Trio'],
] as const;
const MOST_BYTES = 60_000;

let home: ServiceHome;
let service: RunningService;

beforeAll(async () => {
  home = await openServiceHome();
  await home.publish(
    albumWithTracks('Flussabwärts', {
      tracks: ['Kiesbett', 'Delta', ...Array.from({ length: 300 }, (_, at) => `Stück ${at}`)],
    }),
  );
  for (const size of [96, 256, 512, 1024])
    await home.store.put(artworkKey(artworkOf('Flussabwärts').id, size), Buffer.from(`${size}`), {
      contentType: 'image/webp',
    });
  service = await home.start({ publicUrl: BASE, sharing: { downloadUrl: 'https://riffle.example/get' } });
});
afterAll(() => home.close());

describe.each(Object.entries(CRAWLERS))('%s', (_name, userAgent) => {
  it.each(KINDS)('finds a card on the page of a %s', async (kind, id, type, thing, title) => {
    const answer = await service.fetch(`/${kind}/${id}`, { headers: { 'user-agent': userAgent } });
    const text = await answer.text();
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(answer.headers.get('set-cookie')).toBeNull();
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(MOST_BYTES);

    const page = readPage(text);
    // Open Graph demands four; LinkedIn and WhatsApp also want a description, Facebook the size for its first card.
    expect(page.tag('og:title')).toBe(title);
    expect(page.tag('og:type')).toBe(type);
    expect(page.tag('og:url')).toBe(`${BASE}/${kind}/${id}`);
    expect(page.tag('og:image')).toBe(`${BASE}/v1/artwork/${artworkOf('Flussabwärts').id}/1024`);
    expect(page.tag('og:image:width')).toBe('1024');
    expect(page.tag('og:image:height')).toBe('1024');
    expect(page.tag('og:description')).toMatch(/\S/);
    expect(page.tag('og:site_name')).toBe('Test Records');
    // X.
    expect(page.tag('twitter:card')).toBe('summary');
    expect(page.tag('twitter:title')).toBe(title);
    expect(page.tag('twitter:image')).toBe(page.tag('og:image'));
    expect(page.tag('twitter:image:alt')).toMatch(/\S/);
    // Search engines.
    expect(page.document.title).toBe(title);
    expect(page.document.querySelector('link[rel=canonical]')?.getAttribute('href')).toBe(
      `${BASE}/${kind}/${id}`,
    );
    expect(page.tag('robots')).toContain('index');
    expect(page.jsonLd).toMatchObject({ '@context': 'https://schema.org', '@type': thing });
    // The head is within the first bytes, which is all that some of them read.
    expect(text.indexOf('</head>')).toBeLessThan(32_000);
  });
});

describe('what crawlers are told of music', () => {
  it('is what a track lies on, who made it, and how long it is', async () => {
    const page = readPage(await (await service.fetch(`/track/${TRACK}?t=83`)).text());
    expect(page.tag('music:duration')).toBe('215');
    expect(page.tag('music:album')).toBe(`${BASE}/album/${ALBUM}`);
    expect(page.tag('music:musician')).toBe(`${BASE}/artist/${ARTIST}`);
    // Facebook shares what og:url says: the place stays; search engines know the track once.
    expect(page.tag('og:url')).toBe(`${BASE}/track/${TRACK}?t=83`);
    expect(page.document.querySelector('link[rel=canonical]')?.getAttribute('href')).toBe(
      `${BASE}/track/${TRACK}`,
    );
    expect(page.document.querySelector('a.primary')?.getAttribute('href')).toBe(
      `riffle://open/track/${TRACK}?at=83000`,
    );
    expect(page.jsonLd).toMatchObject({ duration: 'PT3M35S', inAlbum: { name: 'Flussabwärts' } });
  });

  it('is the tracks of a record, the first ones of a long one', async () => {
    const page = readPage(await (await service.fetch(`/album/${ALBUM}`)).text());
    expect(page.tags.get('music:song')).toHaveLength(20);
    expect(page.tag('music:release_date')).toBe('2024-03-01');
    expect(page.jsonLd).toMatchObject({ numTracks: 302, datePublished: '2024-03-01' });
    const rows = page.document.querySelectorAll('.tracks li').length;
    expect(page.document.querySelector('.more')?.textContent).toBe(`and ${302 - rows} more in Riffle`);
  });

  it('lets them fetch pages and pictures, and nothing else', async () => {
    const robots = await (await service.fetch('/robots.txt')).text();
    expect(robots.split('\n')).toEqual(expect.arrayContaining(['Allow: /v1/artwork/', 'Disallow: /v1/']));
  });
});

describe('oEmbed', () => {
  const ask = (query: Record<string, string>): Promise<Response> =>
    service.fetch(`/oembed?${new URLSearchParams(query)}`);

  it('is found from the page, and embeds it', async () => {
    const page = readPage(await (await service.fetch(`/album/${ALBUM}`)).text());
    const found =
      page.document.querySelector('link[type="application/json+oembed"]')?.getAttribute('href') ?? '';
    const answer = await service.fetch(found.replace(BASE, ''));
    expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(await answer.json()).toEqual({
      version: '1.0',
      type: 'rich',
      provider_name: 'Test Records',
      provider_url: BASE,
      title: 'Flussabwärts – Lene Wörner Trio',
      author_name: 'Lene Wörner Trio',
      author_url: `${BASE}/artist/${ARTIST}`,
      cache_age: 86_400,
      thumbnail_url: `${BASE}/v1/artwork/${artworkOf('Flussabwärts').id}/1024`,
      thumbnail_width: 1024,
      thumbnail_height: 1024,
      html: expect.stringContaining(`<iframe src="${BASE}/embed/album/${ALBUM}"`),
      width: 480,
      height: 380,
    });
  });

  it('keeps to the size that is asked for', async () => {
    const answer = await ask({ url: `${BASE}/track/${TRACK}`, maxwidth: '300', maxheight: '150' });
    const { width, height, html, ...rest } = await answer.json();
    expect([width, height]).toEqual([300, 150]);
    expect(html).toContain('width="300" height="150"');
    expect(rest).not.toHaveProperty('thumbnail_url');
  });

  it('is XML as well', async () => {
    const answer = await ask({ url: `${BASE}/track/${TRACK}`, format: 'xml' });
    expect(answer.headers.get('content-type')).toBe('text/xml; charset=utf-8');
    expect(await answer.text()).toContain('<title>Kiesbett – Lene Wörner Trio</title>');
  });

  it.each([
    ['another format', { url: `${BASE}/track/${TRACK}`, format: 'yaml' }, 501],
    ['an unknown track', { url: `${BASE}/track/${'0'.repeat(20)}` }, 404],
    ['a page of others', { url: `https://other.example/track/${TRACK}` }, 404],
    ['no address', {}, 400],
  ])('has no answer to %s', async (_what, query, status) => {
    expect((await ask(query)).status).toBe(status);
  });
});
