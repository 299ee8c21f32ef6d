/** The host whole, with its real parts: what was kept and played, when the network, the index, the key or the date is gone. */
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import type { HostStatus } from '../../src/contract/host-api.ts';
import type { TrackMark } from '../../src/contract/offline.ts';
import type { Track } from '../../src/contract/catalog-http.ts';
import { createHost, type Host } from '../../src/main/host.ts';
import type { HostPorts } from '../../src/main/ports.ts';
import { createFileSecrets } from '../../src/main/secrets/file-secrets.ts';
import { pinAlbum, pinTrack } from '../fakes/fake-catalog.ts';
import { crashesOf, decided } from './open-host.ts';
import { startOrigin, type OriginServer } from './origin-server.ts';
import { startServiceStandIn, type ServiceStandIn } from './service-stand-in.ts';
import { recordLog } from './silent-log.ts';
import { steadyClock } from './steady-clock.ts';
import { temporaryFolder } from './temporary-folder.ts';
import { audioBytes, bodyOf, sha256Of, until } from './track-cache-fixture.ts';

const DAY_MS = 86_400_000;
const BYTES = 120_000;

const TRACKS = ['Quellgebiet', 'Furt', 'Kiesbett'].map((title, index) =>
  pinTrack(title, {
    trackNumber: index + 1,
    album: { id: pinAlbum('Flussabwärts', []).id, title: 'Flussabwärts' },
  }),
);
const ALBUM = pinAlbum('Flussabwärts', TRACKS);
const PIN = { source: { kind: 'album', id: ALBUM.id } } as const;
const audioOf = (track: Track): Uint8Array => audioBytes(BYTES, 1 + TRACKS.indexOf(track));

/** A service with one album, and an app that can be closed and opened again over the same folder. */
class Story {
  readonly folder: string;
  readonly origin: OriginServer;
  service: ServiceStandIn;
  host!: Host;
  /** How far the app's clock is ahead. */
  aheadMs = 0;
  readonly log = recordLog();

  private constructor(folder: string, origin: OriginServer, service: ServiceStandIn) {
    this.folder = folder;
    this.origin = origin;
    this.service = service;
  }

  static async begin(): Promise<Story> {
    const story = new Story(await temporaryFolder(), await startOrigin(), await startServiceStandIn());
    story.#describe();
    await story.open();
    return story;
  }

  #describe(): void {
    this.service.answer(`/v1/albums/${ALBUM.id}`, { json: ALBUM });
    for (const track of TRACKS) {
      const audio = audioOf(track);
      this.origin.put(`/${track.id}`, audio);
      this.service.answer(`/v1/tracks/${track.id}/media`, {
        json: {
          url: this.origin.url(`/${track.id}`),
          expiresAt: '2999-01-01T00:00:00.000Z',
          contentType: 'audio/flac',
          bytes: audio.byteLength,
          sha256: sha256Of(audio),
        },
      });
    }
  }

  async open(changes: Partial<HostPorts> = {}): Promise<void> {
    const data = join(this.folder, 'data');
    this.host = await createHost({
      serviceUrl: this.service.url,
      dataFolder: data,
      cacheFolder: join(this.folder, 'cache'),
      app: { version: '1.2.3', platform: 'linux', locale: 'de', shell: 'web' },
      fetch: globalThis.fetch,
      clock: { ...steadyClock, now: () => Date.now() + this.aheadMs },
      openExternal: async () => undefined,
      openBrowser: null,
      openFolder: async () => undefined,
      isOnline: () => true,
      isMetered: async () => null,
      secrets: createFileSecrets({ folder: join(data, 'secrets'), log: this.log }),
      crashes: crashesOf(data, this.log),
      log: this.log,
      ...changes,
    });
    await decided(this.host);
  }

  async reopen(changes: Partial<HostPorts> = {}): Promise<void> {
    await this.host.close();
    await this.open(changes);
  }

  async serviceGoes(): Promise<void> {
    await this.service.close();
    await this.origin.close();
    await this.value('status.check');
  }

  async value<Value>(method: string, argument: unknown = null): Promise<Value> {
    const reply = await this.host.call(method, argument);
    if (!reply.ok) throw new Error(`${method}: ${reply.error.code} ${reply.error.message}`);
    return reply.value as Value;
  }

  async mark(track: Track): Promise<TrackMark | undefined> {
    const marks = await this.value<Record<string, TrackMark>>('cache.marks', { trackIds: [track.id] });
    return marks[track.id];
  }

  allAre(state: TrackMark['state']): Promise<void> {
    return until(`all are ${state}`, async () => {
      const marks = await Promise.all(TRACKS.map((track) => this.mark(track)));
      return marks.every((mark) => mark?.state === state);
    });
  }

  play(track: Track): Promise<Response> {
    return this.host.serveTrack(new Request(`http://127.0.0.1/tracks/${track.id}`));
  }

  /** What comes of playing a track to its end: its very sound, or a word on what came instead. */
  async hear(track: Track): Promise<string> {
    const response = await this.play(track);
    if (response.status !== 200) return `status ${response.status}`;
    return Buffer.compare(await bodyOf(response), audioOf(track)) === 0 ? 'its sound' : 'another sound';
  }

  async end(): Promise<void> {
    await this.host.close();
    await Promise.all([this.service.close(), this.origin.close()].map((end) => end.catch(() => undefined)));
  }
}

/** The cable of the whole app. */
const networkPlug = () => {
  let pulled = new AbortController();
  const gone = (): TypeError =>
    new TypeError('fetch failed', { cause: Object.assign(new Error('no route'), { code: 'ECONNREFUSED' }) });
  const plugged: typeof globalThis.fetch = async (address, init = {}) => {
    if (pulled.signal.aborted) throw gone();
    const signals = [pulled.signal, ...(init.signal ? [init.signal] : [])];
    return globalThis.fetch(address, { ...init, signal: AbortSignal.any(signals) });
  };
  return {
    fetch: plugged,
    pull: () => pulled.abort(gone()),
    putBack: () => {
      pulled = new AbortController();
    },
  };
};

const [FIRST, SECOND, THIRD] = TRACKS;
if (FIRST === undefined || SECOND === undefined || THIRD === undefined) throw new Error('three tracks');

describe('an app whose network is gone', () => {
  let story: Story;
  beforeEach(async () => {
    story = await Story.begin();
  });
  afterEach(() => story.end());

  it('plays, browses and finds what is kept, after it was closed and opened', async () => {
    await story.value('downloads.pin', PIN);
    await story.allAre('kept');
    await story.serviceGoes();
    await story.reopen();
    await story.allAre('kept');

    for (const track of TRACKS) expect(await story.hear(track)).toBe('its sound');
    expect(await story.value('catalog.album', { id: ALBUM.id })).toEqual({ ...ALBUM, fromComputer: true });
    expect(await story.value('catalog.search', { query: 'quelgebiet' })).toMatchObject({
      fromComputer: true,
      tracks: { items: [{ id: FIRST.id }] },
    });
    expect(await story.value('computer.albums', {})).toMatchObject({ items: [{ id: ALBUM.id }], total: 1 });
    const status = await story.value<HostStatus>('status.get');
    expect(status.playable).toEqual({ tracks: 3, durationMs: 30_000 });
    expect(status.pinned.tracks).toBe(3);
  });

  it('plays a track that was heard, and refuses one that was not with the reason', async () => {
    expect(await story.hear(FIRST)).toBe('its sound');
    await until('it is cached', async () => (await story.mark(FIRST))?.state === 'cached');
    await story.serviceGoes();

    expect(await story.hear(FIRST)).toBe('its sound');
    const refused = await story.play(SECOND);
    expect(refused.status).toBe(503);
    expect(await refused.json()).toEqual({ code: 'service_unreachable' });
    expect(await story.mark(SECOND)).toBeUndefined();
  });

  it('still knows what was played when its search index is lost: the notes beside the audio say it', async () => {
    await story.value('catalog.album', { id: ALBUM.id });
    await story.value('cache.marks', { trackIds: [] });
    await until('the index knows it', async () => {
      expect(await story.hear(FIRST)).toBe('its sound');
      return (await story.value<{ total: number }>('computer.tracks', {})).total === 1;
    });
    await story.host.close();
    const accounts = join(story.folder, 'data', 'accounts');
    const [account = ''] = await readdir(accounts);
    for (const end of ['', '-wal', '-shm']) {
      await rm(join(accounts, account, `offline-index.sqlite${end}`), { force: true });
    }
    await story.service.close();
    await story.open();

    await until('it is found again', async () => {
      const found = await story.host.call('catalog.search', { query: 'quellgebiet' });
      return found.ok && (found.value as { tracks: { total: number } }).tracks.total === 1;
    });
    expect(await story.hear(FIRST)).toBe('its sound');
  });

  it('lets what is being kept wait when everything is gone in the middle, and goes on when it is back', async () => {
    const plug = networkPlug();
    await story.reopen({ fetch: plug.fetch });
    for (const track of TRACKS) story.origin.meetWith(`/${track.id}`, { kind: 'hold', afterBytes: 50_000 });
    await story.value('downloads.pin', PIN);
    await until('two are on their way', () => story.origin.requests.length === 2);

    plug.pull();
    await until('it waits', async () => {
      const { pins } = await story.value<{ pins: { state: unknown; failedCount: number }[] }>(
        'downloads.get',
      );
      const wanted = { kind: 'waiting', cause: 'service_unreachable' };
      return pins[0]?.failedCount === 0 && JSON.stringify(pins[0].state) === JSON.stringify(wanted);
    });

    plug.putBack();
    await story.value('status.check');
    story.origin.release();
    await until('the third is on its way', () => story.origin.requests.length >= 5);
    story.origin.release();
    await story.allAre('kept');
    expect(await story.hear(FIRST)).toBe('its sound');
  });

  it('fetches again what is kept when the folder was emptied behind its back', async () => {
    await story.value('downloads.pin', PIN);
    await story.allAre('kept');
    await story.host.close();
    await rm(join(story.folder, 'cache'), { recursive: true });
    await story.open();

    await story.allAre('kept');
    expect(await story.hear(THIRD)).toBe('its sound');
  });
});

describe('the date of kept music', () => {
  let story: Story;
  beforeEach(async () => {
    story = await Story.begin();
    await story.value('downloads.pin', PIN);
    await story.allAre('kept');
    await story.service.close();
  });
  afterEach(() => story.end());

  it('locks it when it is over, deletes nothing, and is moved on by the first answer of the service', async () => {
    story.aheadMs = 29 * DAY_MS;
    await story.reopen();
    await story.allAre('kept');
    expect(await story.value('downloads.get')).toMatchObject({ lease: { state: 'ending' } });
    expect(await story.hear(FIRST)).toBe('its sound');

    story.aheadMs = 31 * DAY_MS;
    await story.reopen();
    await story.allAre('locked');
    const refused = await story.play(FIRST);
    expect(refused.status).toBe(403);
    expect(await refused.json()).toEqual({ code: 'lease_over' });

    const { port } = new URL(story.service.url);
    story.service = await startServiceStandIn(Number(port));
    await story.value('status.check');
    await story.allAre('kept');
    expect(await story.hear(FIRST)).toBe('its sound');
    expect(story.origin.requests).toHaveLength(3);
  });
});

describe('erasing everything', () => {
  it('leaves nothing that the old key or the new one could open', async () => {
    const story = await Story.begin();
    onTestFinished(() => story.end());
    await story.value('downloads.pin', PIN);
    await story.allAre('kept');
    const secrets = join(story.folder, 'data', 'secrets');
    const [name = ''] = await readdir(secrets);
    const before = await readFile(join(secrets, name), 'utf8');
    const [keyFolder = ''] = await readdir(join(story.folder, 'cache', 'audio'));

    const status = await story.value<HostStatus>('storage.eraseAll');

    expect(status.pinned).toMatchObject({ tracks: 0, bytes: 0 });
    expect(status.cache).toMatchObject({ tracks: 0, bytes: 0, failure: null });
    expect(await story.value('downloads.get')).toMatchObject({ pins: [], lease: { state: 'none' } });
    expect(await readFile(join(secrets, name), 'utf8')).not.toBe(before);
    expect(await readdir(join(story.folder, 'cache', 'audio'))).not.toContain(keyFolder);
    expect(await story.hear(FIRST)).toBe('its sound');
    await until('it is cached under the new key', async () => (await story.mark(FIRST))?.state === 'cached');
  });
});

describe('two profiles', () => {
  it('share a cache folder without taking anything from each other', async () => {
    const story = await Story.begin();
    onTestFinished(() => story.end());
    await story.value('downloads.pin', PIN);
    await story.allAre('kept');
    const data = join(story.folder, 'another profile');
    const log = recordLog();
    const secrets = createFileSecrets({ folder: join(data, 'secrets'), log });

    await story.reopen({ dataFolder: data, secrets });
    expect(await story.value('downloads.get')).toMatchObject({ pins: [] });
    expect(await story.hear(SECOND)).toBe('its sound');
    await story.reopen();

    await story.allAre('kept');
    expect(story.origin.requests).toHaveLength(4);
  });
});

describe('the folder', () => {
  it('is moved with everything in it, and a listener may have anything beside it', async () => {
    const story = await Story.begin();
    onTestFinished(() => story.end());
    await story.value('downloads.pin', PIN);
    await story.allAre('kept');
    const chosen = join(story.folder, 'music drive');
    await mkdir(chosen);
    await writeFile(join(chosen, 'mine.txt'), 'untouched');

    const status = await story.value<HostStatus>('storage.moveTo', { folder: chosen });

    expect(status.storage).toMatchObject({ folder: join(chosen, 'Riffle'), moving: null });
    await until('the old one is gone', async () => !(await readdir(story.folder)).includes('cache'));
    await story.serviceGoes();
    for (const track of TRACKS) expect(await story.hear(track)).toBe('its sound');
    await story.reopen();
    await story.allAre('kept');
    expect(await story.hear(SECOND)).toBe('its sound');
    expect(await readFile(join(chosen, 'mine.txt'), 'utf8')).toBe('untouched');
  });

  it('stays where it is when the other one will not do, and says why', async () => {
    const story = await Story.begin();
    onTestFinished(() => story.end());
    expect(await story.hear(FIRST)).toBe('its sound');
    await until('it is cached', async () => (await story.mark(FIRST))?.state === 'cached');
    const wrong = ['not/absolute', join(story.folder, 'cache', 'audio'), '/proc/nowhere'];
    for (const folder of wrong) {
      const reply = await story.host.call('storage.moveTo', { folder });
      expect(reply.ok).toBe(false);
    }
    expect((await story.value<HostStatus>('status.get')).storage).toMatchObject({
      folder: join(story.folder, 'cache'),
      moving: null,
    });
    await story.serviceGoes();
    expect(await story.hear(FIRST)).toBe('its sound');
  });
});

describe('a network that is paid by use', () => {
  it('lets kept music wait, and tells why, until the listener or the network says otherwise', async () => {
    const story = await Story.begin();
    onTestFinished(() => story.end());
    await story.reopen({ isMetered: async () => true });

    await story.value('downloads.pin', PIN);
    await until('it waits', async () => {
      const { pins } = await story.value<{ pins: { state: unknown }[] }>('downloads.get');
      return JSON.stringify(pins[0]?.state) === JSON.stringify({ kind: 'waiting', cause: 'metered' });
    });
    expect(story.origin.requests).toHaveLength(0);

    await story.value('settings.change', { fetchOnMetered: true });
    await story.allAre('kept');
  });
});
