/** Playlists as listeners share them: the link, its page, and the end of both, at two replicas of one service. */
import * as fc from 'fast-check';
import sharp from 'sharp';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { EditOf } from '../../src/core/library/edits.ts';
import { embedUrl } from '../../src/core/share/share-link.ts';
import { catalogPaths, problemSchema } from '../../src/contract/catalog-http.ts';
import {
  imageReplySchema,
  invitationSchema,
  libraryPaths,
  playlistSchema,
  sharedPlaylistSchema,
  shareSchema,
  type Share,
} from '../../src/contract/library-http.ts';
import { albumWithTracks, idOf as catalogIdOf } from '../builders/catalog-records.ts';
import { eventually, type RunningService } from '../builders/catalog-service.ts';
import { createDevice, idOf, newPlaylist, type Device } from '../library-service/devices.ts';
import {
  openTwoReplicas,
  sending,
  type Listener,
  type TwoReplicas,
} from '../library-service/two-replicas.ts';
import { readPage, type ReadPage } from './read-page.ts';

const BASE = 'https://music.example';
const TITLES = ['Kiesbett', 'Delta', 'Schwelle'];
const TRACKS = TITLES.map((title) => catalogIdOf('track', `Flussabwärts/${title}`));

let replicas: TwoReplicas;
let story = 0;
let ID: string;
let lene: Listener;
let device: Device;
let one: RunningService;
let other: RunningService;

beforeAll(async () => {
  replicas = await openTwoReplicas({ publicUrl: BASE, followIntervalMs: 50 });
  ({ one, other } = replicas);
  const { revision } = await replicas.home.publish(albumWithTracks('Flussabwärts', { tracks: TITLES }));
  for (const service of [one, other])
    await eventually(() => ((service.facts()?.revision ?? 0) >= revision ? true : null));
});
afterAll(() => replicas.close());
beforeEach(async () => {
  story += 1;
  ID = idOf('geteilt', story);
  lene = await replicas.listener(`lene-${story}@example.org`);
  device = createDevice(lene.id);
});

const edit = async (...edits: readonly EditOf['playlist'][]): Promise<void> => {
  device.edit('playlist', `playlist:${ID}`, edits);
  expect(await device.send(lene.sendTo(one))).toMatchObject([{ outcome: 'taken' }]);
};
const make = (isPublic = false): Promise<void> =>
  edit(...newPlaylist('Kieswege', 0, isPublic), {
    type: 'edit',
    changes: { description: 'Für lange Wege\nam Fluss' },
  });
const fill = (): Promise<void> =>
  edit({ type: 'add', before: null, tracks: TRACKS.map((trackId) => ({ trackId })) });

const asking = (id = ID) => sending('POST', { kind: 'playlist', id });
const shared = (by = lene, at = one): Promise<Share> =>
  by.json(at, shareSchema, libraryPaths.shares, asking());
const revoke = (shareId: string, by = lene): Promise<Response> =>
  by.ask(one, libraryPaths.share.replace(':id', shareId), { method: 'DELETE' });
const joined = async (id: string, role: 'editor' | 'viewer'): Promise<Listener> => {
  const member = await replicas.listener(id);
  const path = libraryPaths.invitations.replace(':id', ID);
  const { code } = await lene.json(one, invitationSchema, path, sending('POST', { role }));
  const join = libraryPaths.invitation.replace(':code', code);
  await member.json(one, playlistSchema, join, sending('POST'));
  return member;
};

/** What whoever has the link gets, without a token, at the replica that did not make it. */
const page = (shareId: string, kind = ''): Promise<Response> =>
  other.fetch(`${kind}/playlist/${shareId}`, { headers: { 'accept-language': 'en' } });
const statusOf = async (shareId: string): Promise<number> => (await page(shareId)).status;
const read = async (shareId: string): Promise<ReadPage> => readPage(await (await page(shareId)).text());
const titlesOn = ({ document }: ReadPage): readonly string[] =>
  [...document.querySelectorAll('ol.tracks bdi')].map((title) => title.textContent);

describe('a private playlist', () => {
  it('is shown to whoever has its link, as it is now, and names nobody', async () => {
    await make();
    await fill();
    const otto = await joined(`otto-${story}`, 'editor');
    const { shareId, url } = await shared();
    expect(shareId).toMatch(/^[0-9a-z]{20}[0-9A-Za-z_-]{22}$/);
    expect(url).toBe(`${BASE}/playlist/${shareId}`);
    expect(await shared(otto, other)).toEqual({ shareId, url });

    const text = await (await page(shareId)).text();
    const seen = readPage(text);
    expect(seen.document.querySelector('h1')?.textContent).toBe('Kieswege');
    expect(seen.tag('og:title')).toBe('Kieswege');
    expect(text).toContain('Für lange Wege');
    expect(titlesOn(seen)).toEqual(expect.arrayContaining(TITLES));
    expect(seen.document.querySelector('a.primary')?.getAttribute('href')).toBe(
      `riffle://open/share/${shareId}`,
    );
    for (const name of [lene.id, `lene-${story}`, otto.id]) expect(text).not.toContain(name);

    await edit({ type: 'edit', changes: { name: 'Feldwege' } });
    expect((await read(shareId)).document.querySelector('h1')?.textContent).toBe('Feldwege');
    expect((await page(shareId, '/embed')).status).toBe(200);
    const oembed = await other.fetch(`/oembed?url=${encodeURIComponent(url)}`);
    expect(await oembed.text()).toContain(embedUrl(BASE, { kind: 'playlist', id: shareId }));
    expect((await page(shareId)).headers.get('cache-control')).toBe('no-cache');
    expect(replicas.log.join('')).not.toContain(shareId.slice(20));
  });

  it('has one link, however many ask for the first at once', async () => {
    await make();
    const links = await Promise.all([one, other, one, other].map((service) => shared(lene, service)));
    expect(new Set(links.map(({ shareId }) => shareId)).size).toBe(1);
  });

  it('is shown no more at once when that is taken back, and a new link is another', async () => {
    await make();
    const { shareId } = await shared();
    expect(await statusOf(shareId)).toBe(200);
    expect((await revoke(shareId)).status).toBe(204);
    const gone = await page(shareId);
    expect(gone.status).toBe(410);
    expect(gone.headers.get('cache-control')).toBe('no-store');
    expect(await gone.text()).not.toContain('Kieswege');
    expect((await page(shareId, '/embed')).status).toBe(410);
    expect((await revoke(shareId)).status).toBe(204);
    const next = await shared();
    expect(next.shareId).not.toBe(shareId);
    expect(await statusOf(next.shareId)).toBe(200);
    expect(await statusOf(shareId)).toBe(410);
  });

  it('is shared by its owner and its editors alone', async () => {
    await make();
    const mia = await replicas.listener(`mia-${story}`);
    expect((await mia.ask(one, libraryPaths.shares, asking())).status).toBe(404);
    const viewer = await joined(`viewer-${story}`, 'viewer');
    expect((await viewer.ask(one, libraryPaths.shares, asking())).status).toBe(403);
    const { shareId } = await shared();
    expect((await viewer.ask(one, libraryPaths.shares, asking())).status).toBe(403);
    expect((await revoke(shareId, viewer)).status).toBe(403);
    expect((await revoke(shareId, mia)).status).toBe(404);
    expect((await other.fetch(libraryPaths.shares, asking())).status).toBe(401);
    expect(await statusOf(shareId)).toBe(200);
  });

  it('is found by nothing else than its link', async () => {
    await make();
    const { shareId } = await shared();
    const last = shareId.endsWith('A') ? 'Q' : 'A';
    for (const guess of [ID, `${ID}${'A'.repeat(22)}`, shareId.slice(0, -1) + last, shareId.slice(0, -1)])
      expect(await statusOf(guess)).toBe(404);
    expect((await revoke(`${ID}${'A'.repeat(22)}`)).status).toBe(404);
    expect((await revoke(catalogIdOf('album', 'Flussabwärts'))).status).toBe(404);
    expect(await statusOf(shareId)).toBe(200);
  });

  it('is gone with the playlist, and comes back with it', async () => {
    await make();
    const { shareId } = await shared();
    await edit({ type: 'delete' });
    expect(await statusOf(shareId)).toBe(410);
    expect((await lene.ask(one, libraryPaths.shares, asking())).status).toBe(404);
    await edit({ type: 'restore' });
    expect(await statusOf(shareId)).toBe(200);
  });

  it('is gone with its owner, and nothing of its sharing is left in the store', async () => {
    await make();
    const { shareId } = await shared();
    const left = async (): Promise<number> => {
      let count = 0;
      for await (const { key } of replicas.home.store.list('library/playlists/'))
        if (key.includes(`${ID}/shares/`)) count += 1;
      return count;
    };
    expect(await left()).toBe(1);
    await lene.ask(one, catalogPaths.me, sending('DELETE', { confirm: lene.id }));
    expect(await statusOf(shareId)).toBe(410);
    expect(await left()).toBe(0);
  });

  it('has the picture that its owner gave it', async () => {
    await make();
    const png = await sharp({ create: { width: 300, height: 300, channels: 3, background: 'teal' } })
      .png()
      .toBuffer();
    const upload = { method: 'POST', headers: { 'content-type': 'image/png' }, body: new Uint8Array(png) };
    const { imageId } = await lene.json(one, imageReplySchema, libraryPaths.images, upload);
    await edit({ type: 'edit', changes: { picture: { kind: 'own', imageId } } });
    const picture = (await read((await shared()).shareId)).tag('og:image') ?? '';
    expect(picture.startsWith(`${BASE}/v1/artwork/${imageId}/`)).toBe(true);
    const image = await other.fetch(new URL(picture).pathname);
    expect(image.status).toBe(302);
  });
});

describe('a private playlist in the app of whoever has its link', () => {
  const opened = (id: string, by: Listener, at = other): Promise<Response> =>
    by.ask(at, libraryPaths.share.replace(':id', id));

  it('is there whole, and names nobody', async () => {
    await make();
    await fill();
    const otto = await joined(`otto-${story}`, 'editor');
    const mia = await replicas.listener(`mia-${story}`);
    const { shareId } = await shared();
    const answer = await opened(shareId, mia);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    const text = await answer.text();
    const playlist = sharedPlaylistSchema.parse(JSON.parse(text));
    expect(playlist).toMatchObject({ id: ID, name: 'Kieswege', visibility: 'private', owner: null });
    expect(playlist.items.map(([, trackId]) => trackId)).toEqual(TRACKS);
    for (const name of [lene.id, `lene-${story}`, otto.id]) expect(text).not.toContain(name);
    expect(replicas.log.join('')).not.toContain(shareId.slice(20));
  });

  it('is for listeners alone, and for none of them without the link', async () => {
    await make();
    const mia = await replicas.listener(`mia-${story}`);
    const { shareId } = await shared();
    expect((await other.fetch(libraryPaths.share.replace(':id', shareId))).status).toBe(401);
    const last = shareId.endsWith('A') ? 'Q' : 'A';
    const guesses = [ID, `${ID}${'A'.repeat(22)}`, shareId.slice(0, -1) + last, 'z'.repeat(20)];
    const answers = await Promise.all(guesses.map((guess) => opened(guess, mia)));
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404]);
    const bodies = await Promise.all(answers.map((answer) => answer.text()));
    expect(new Set(bodies).size).toBe(1);
  });

  it('is gone at once when the link is taken back', async () => {
    await make();
    const mia = await replicas.listener(`mia-${story}`);
    const { shareId } = await shared();
    expect((await opened(shareId, mia)).status).toBe(200);
    await revoke(shareId);
    const gone = await opened(shareId, mia);
    expect(gone.status).toBe(410);
    expect(problemSchema.parse(await gone.json()).code).toBe('gone');
  });
});

describe('a public playlist', () => {
  it('is shared by its own id, by everybody, for as long as it is public', async () => {
    await make(true);
    const mia = await replicas.listener(`mia-${story}`);
    expect((await shared(mia)).shareId).toBe(ID);
    expect(await statusOf(ID)).toBe(200);
    expect((await revoke(ID)).status).toBe(403);
    await edit({ type: 'edit', changes: { visibility: 'private' } });
    expect(await statusOf(ID)).toBe(404);
    expect((await shared()).shareId).not.toBe(ID);
  });
});

describe('what is in the catalog', () => {
  it('is shared by its own id, a track from a time on', async () => {
    const ask = (kind: string, id: string, more = {}) =>
      lene.json(one, shareSchema, libraryPaths.shares, sending('POST', { kind, id, ...more }));
    const track = TRACKS[0] ?? '';
    expect(await ask('track', track, { startMs: 83_000 })).toEqual({
      shareId: track,
      url: `${BASE}/track/${track}?t=83`,
    });
    const album = catalogIdOf('album', 'Flussabwärts');
    expect(await ask('album', album)).toEqual({ shareId: album, url: `${BASE}/album/${album}` });
    const nothing = sending('POST', { kind: 'artist', id: '0'.repeat(20) });
    expect((await lene.ask(one, libraryPaths.shares, nothing)).status).toBe(404);
  });
});

describe('a playlist by rules', () => {
  it('does not say how many tracks it has, which is another number for everybody', async () => {
    await make();
    const rules = { match: 'all', rules: [], sort: { by: 'title', descending: false }, limit: null } as const;
    await edit({ type: 'edit', changes: { rules } });
    const text = await (await page((await shared()).shareId)).text();
    expect(text).not.toMatch(/\b0 tracks/);
  });
});

describe('names and descriptions that are meant to do harm', () => {
  it('stand on the pages as text', async () => {
    await make();
    await fill();
    const { shareId } = await shared();
    const nasty = fc
      .oneof(
        fc.constantFrom(
          '</title><script>alert(1)</script>',
          '"><img src=x onerror=alert(1)>',
          '</script><!--<script>',
          '</style><svg onload=alert(1)>',
          'javascript:alert(1)',
          '<iframe srcdoc="&lt;script&gt;">',
        ),
        fc.string({ unit: 'binary', minLength: 1, maxLength: 60 }),
      )
      .map((words) => `x${words.toWellFormed()}x`);
    await fc.assert(
      fc.asyncProperty(nasty, nasty, async (name, description) => {
        await edit({ type: 'edit', changes: { name, description } });
        for (const kind of ['', '/embed']) {
          const { document } = readPage(await (await page(shareId, kind)).text());
          const all = [...document.querySelectorAll('*')];
          expect(document.querySelectorAll('iframe, object, form, base, img[src="x"]')).toHaveLength(0);
          const scripts = all.filter(({ localName }) => localName === 'script');
          const written = scripts.filter((script) => script.textContent.includes('alert'));
          // Data that no browser runs.
          expect(
            written.every(
              ({ attributes: given }) => given.getNamedItem('type')?.value === 'application/ld+json',
            ),
          ).toBe(true);
          const attributes = all.flatMap((element) => [...element.attributes]);
          expect(attributes.filter((attribute) => attribute.name.startsWith('on'))).toEqual([]);
          expect(attributes.filter(({ value }) => value.startsWith('javascript:'))).toEqual([]);
        }
      }),
      { numRuns: 6 },
    );
  });
});
