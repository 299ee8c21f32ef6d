import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { ScrobblerName, ScrobblerState } from '../../src/contract/scrobbling.ts';
import { createMemorySecrets } from '../../src/main/secrets/memory-secrets.ts';
import { createScrobbling } from '../../src/main/scrobbling/scrobbling.ts';
import { handClock, type HandClock } from '../host/hand-clock.ts';
import { recordLog } from '../host/silent-log.ts';
import { temporaryFolder } from '../host/temporary-folder.ts';
import { buildTrack } from '../host/track-builder.ts';
import { until } from '../host/track-cache-fixture.ts';
import {
  API_KEY,
  LISTENBRAINZ_TOKEN,
  SHARED_SECRET,
  startScrobbleServers,
  type ScrobbleServers,
} from './scrobble-servers.ts';

const HALF_MS = 90_000;

const openScrobbling = async (
  servers: ScrobbleServers,
  kept: { folder?: string; secrets?: ReturnType<typeof createMemorySecrets>; clock?: HandClock } = {},
) => {
  const { secrets = createMemorySecrets(), clock = handClock() } = kept;
  const folder = kept.folder ?? (await temporaryFolder());
  const opened: string[] = [];
  const log = recordLog();
  const scrobbling = createScrobbling({
    folder,
    accountId: '0123456789abcdef',
    secrets,
    fetch: globalThis.fetch,
    version: '1.2.3',
    openExternal: async (url) => void opened.push(url),
    addresses: servers.addresses,
    clock,
    onChange: () => undefined,
    log,
  });
  let isOpen = true;
  const close = async (): Promise<void> => {
    if (isOpen) await scrobbling.close();
    isOpen = false;
  };
  onTestFinished(close);
  await scrobbling.api.get();
  const stateOf = (name: ScrobblerName): Extract<ScrobblerState, { state: 'on' }> => {
    const state = scrobbling.snapshot()[name];
    if (state.state !== 'on') throw new Error(`${name} is ${state.state}`);
    return state;
  };
  const connectLastfm = async (): Promise<void> => {
    await scrobbling.api.beginLastfm({ apiKey: API_KEY, sharedSecret: SHARED_SECRET });
    servers.confirm();
    await scrobbling.api.finishLastfm();
  };
  let plays = 0;
  /** A track that was heard to its half. */
  const hear = async (title: string, id = `play-${(plays += 1)}`): Promise<void> => {
    await clock.advance(HALF_MS);
    scrobbling.heard(buildTrack('song', { title }), { id, agoMs: HALF_MS, heardMs: HALF_MS });
  };
  const allSent = (name: ScrobblerName): Promise<void> =>
    until('everything is sent', () => stateOf(name).waiting === 0);
  const failed = (name: ScrobblerName): Promise<void> =>
    until('it waits for a better time', () => stateOf(name).problem !== null && clock.waiting() > 0);
  return {
    scrobbling,
    folder,
    secrets,
    clock,
    log,
    opened,
    close,
    stateOf,
    connectLastfm,
    hear,
    allSent,
    failed,
  };
};
type Opened = Awaited<ReturnType<typeof openScrobbling>>;

const connectListenBrainz = ({ scrobbling }: Opened) =>
  scrobbling.api.connectListenBrainz({ token: ` ${LISTENBRAINZ_TOKEN}\n` });
const titlesOf = (listens: readonly { readonly title: string; readonly second: number }[]) =>
  listens.toSorted((one, other) => one.second - other.second).map(({ title }) => title);

describe('scrobbling to ListenBrainz', () => {
  it('says what plays, then that it was heard, and no play twice', async () => {
    const servers = await startScrobbleServers();
    const app = await openScrobbling(servers);
    expect((await connectListenBrainz(app)).listenBrainz).toMatchObject({
      state: 'on',
      name: 'lene',
      waiting: 0,
    });

    app.scrobbling.nowPlaying(buildTrack('song', { title: 'now' }));
    await app.hear('one', 'play-a');
    await app.hear('one again', 'play-a');
    app.scrobbling.heard(buildTrack('song'), { id: 'too-little', agoMs: 89_999, heardMs: 89_999 });
    await app.allSent('listenBrainz');
    await until('it was told', () => servers.playing.length > 0);

    expect(servers.playing).toEqual(['now']);
    expect(servers.listens()).toEqual([{ title: 'one', second: Date.UTC(2026, 0, 1) / 1_000 }]);
    expect(app.stateOf('listenBrainz').lastSentAt).toBe(new Date(app.clock.now()).toISOString());
  });

  it('does not connect with a token that is not known, and forgets it when it is disconnected', async () => {
    const servers = await startScrobbleServers();
    const app = await openScrobbling(servers);
    const wrong = await app.scrobbling.api.connectListenBrainz({ token: 'wrong-token' });
    expect(wrong.listenBrainz).toEqual({ state: 'off', problem: 'invalid_token' });

    await connectListenBrainz(app);
    const gone = await app.scrobbling.api.disconnect({ scrobbler: 'listenBrainz' });
    expect(gone.listenBrainz).toEqual({ state: 'off', problem: null });
    expect(await app.secrets.read('listenbrainz-0123456789abcdef')).toBeNull();
  });

  it('keeps hours without a network, over a restart, and sends them in one batch in their order', async () => {
    const servers = await startScrobbleServers();
    const first = await openScrobbling(servers);
    await connectListenBrainz(first);
    await servers.goAway();
    for (let hour = 0; hour < 60; hour += 1) await first.hear(`song ${hour}`);
    await first.failed('listenBrainz');
    expect(first.stateOf('listenBrainz')).toMatchObject({ waiting: 60, problem: 'unreachable' });
    await first.close();

    await servers.comeBack();
    const second = await openScrobbling(servers, first);
    await second.allSent('listenBrainz');

    expect(titlesOf(servers.listens())).toEqual(Array.from({ length: 60 }, (_, hour) => `song ${hour}`));
    expect(servers.batches).toEqual([60]);
  });

  it('waits as long as it is told to when there are too many, and no longer', async () => {
    const servers = await startScrobbleServers();
    const app = await openScrobbling(servers);
    await connectListenBrainz(app);
    servers.moods.push('busy');
    await app.hear('one');
    await app.failed('listenBrainz');
    expect(app.stateOf('listenBrainz')).toMatchObject({ problem: 'busy', waiting: 1 });

    await app.clock.advance(30_000);
    await app.allSent('listenBrainz');
    expect(app.stateOf('listenBrainz').problem).toBeNull();
  });

  it('finds the one among many that is never taken, and tells of it', async () => {
    const servers = await startScrobbleServers();
    const app = await openScrobbling(servers);
    await connectListenBrainz(app);
    servers.moods.push('busy');
    await app.hear('first');
    await app.failed('listenBrainz');
    for (const title of ['good', 'malformed', 'better']) await app.hear(title);
    await app.clock.advance(60_000);
    await app.allSent('listenBrainz');

    expect(titlesOf(servers.listens())).toEqual(['first', 'good', 'better']);
    expect(app.stateOf('listenBrainz').refused).toMatchObject([{ title: 'malformed', reason: 'malformed' }]);
    const after = await app.scrobbling.api.forgetRefused({ scrobbler: 'listenBrainz' });
    expect(after.listenBrainz).toMatchObject({ refused: [] });
  });

  it('sends again what may have arrived, which counts once', async () => {
    const servers = await startScrobbleServers();
    const app = await openScrobbling(servers);
    await connectListenBrainz(app);
    servers.moods.push('takes and hangs up');
    await app.hear('one');
    await app.failed('listenBrainz');
    await app.clock.advance(30_000);
    await app.allSent('listenBrainz');

    expect(servers.batches).toEqual([1, 1]);
    expect(servers.listens()).toHaveLength(1);
  });
});

describe('scrobbling to Last.fm', () => {
  it('asks in the browser, and connects once the listener has said yes there', async () => {
    const servers = await startScrobbleServers();
    const app = await openScrobbling(servers);
    const { api } = app.scrobbling;
    const wrong = await api.beginLastfm({ apiKey: API_KEY, sharedSecret: 'not the secret' });
    expect(wrong.lastfm).toEqual({ state: 'off', problem: 'invalid_key' });

    const begun = await api.beginLastfm({ apiKey: API_KEY, sharedSecret: SHARED_SECRET });
    expect(begun.lastfm).toEqual({ state: 'authorising', problem: null });
    expect(app.opened).toEqual([`${servers.addresses.lastfmAuth}?api_key=${API_KEY}&token=request-token`]);
    expect((await api.finishLastfm()).lastfm).toEqual({ state: 'authorising', problem: 'not_confirmed' });

    servers.confirm();
    expect((await api.finishLastfm()).lastfm).toMatchObject({ state: 'on', name: 'lene' });
  });

  it('sends batches of fifty in their order, and shows what is ignored', async () => {
    const servers = await startScrobbleServers();
    const app = await openScrobbling(servers);
    await app.connectLastfm();
    servers.artistsIgnored.set('song 7', 1);
    await servers.goAway();
    for (let play = 0; play < 60; play += 1) await app.hear(`song ${play}`);
    await app.failed('lastfm');
    await servers.comeBack();
    app.scrobbling.networkBack();
    await app.allSent('lastfm');

    expect(servers.scrobbles.map(({ title }) => title)).toEqual(
      Array.from({ length: 60 }, (_, play) => `song ${play}`).filter((title) => title !== 'song 7'),
    );
    expect(servers.batches).toEqual([50, 10]);
    expect(app.stateOf('lastfm').refused).toMatchObject([
      { title: 'song 7', artist: 'Ünder Öne', reason: 'artist' },
    ]);
  });

  it.each([
    ['takes and hangs up', 1],
    ['hangs up', 1],
  ] as const)('asks before it sends again when the other end %s', async (mood, times) => {
    const servers = await startScrobbleServers();
    const first = await openScrobbling(servers);
    await first.connectLastfm();
    servers.moods.push(mood);
    await first.hear('one');
    await first.failed('lastfm');
    // As after a kill between question and answer: all that is left is what is on the disk.
    await first.close();

    const second = await openScrobbling(servers, first);
    await second.allSent('lastfm');

    expect(servers.scrobbles).toHaveLength(times);
    expect(second.stateOf('lastfm').refused).toEqual([]);
  });

  it('rather loses one that cannot be asked about than tells it twice, and says so', async () => {
    const servers = await startScrobbleServers();
    const app = await openScrobbling(servers);
    await app.connectLastfm();
    servers.hideTracks();
    servers.moods.push('takes and hangs up');
    await app.hear('one');
    await app.failed('lastfm');
    await app.clock.advance(30_000);
    await app.allSent('lastfm');

    expect(servers.scrobbles).toHaveLength(1);
    expect(app.stateOf('lastfm').refused).toMatchObject([{ title: 'one', reason: 'unclear' }]);
  });

  it('keeps what waits when the session is taken back, and goes on after connecting again', async () => {
    const servers = await startScrobbleServers();
    const app = await openScrobbling(servers);
    await app.connectLastfm();
    servers.moods.push('forgets the token');
    await app.hear('one');
    await until('it is known', () => app.stateOf('lastfm').problem === 'invalid_token');
    await app.hear('two');
    expect(app.stateOf('lastfm').waiting).toBe(2);

    await app.connectLastfm();
    await app.allSent('lastfm');

    expect(servers.scrobbles.map(({ title }) => title)).toEqual(['one', 'two']);
  });

  it('holds what is over the limit of a day until there is room', async () => {
    const servers = await startScrobbleServers();
    const app = await openScrobbling(servers);
    await app.connectLastfm();
    servers.artistsIgnored.set('one too many', 5);
    await app.hear('one too many');
    await app.failed('lastfm');
    expect(app.stateOf('lastfm')).toMatchObject({ problem: 'limit', waiting: 1, refused: [] });

    servers.artistsIgnored.clear();
    await app.clock.advance(3_600_000);
    await app.allSent('lastfm');
    expect(servers.scrobbles).toHaveLength(1);
  });

  it('gives no two plays the same second, however the clock is set meanwhile', async () => {
    const servers = await startScrobbleServers();
    const app = await openScrobbling(servers);
    await app.connectLastfm();
    await app.hear('one');
    await app.clock.advance(-HALF_MS);
    await app.hear('two');
    await app.allSent('lastfm');

    const [one, two] = servers.scrobbles;
    expect((two?.second ?? 0) - (one?.second ?? 0)).toBe(1);
  });
});

it('leaves no token in a file or a line of the log', async () => {
  const servers = await startScrobbleServers();
  const app = await openScrobbling(servers);
  await connectListenBrainz(app);
  await app.connectLastfm();
  servers.moods.push('forgets the token', 'forgets the token');
  await app.hear('one');
  await until('both have answered', () =>
    (['listenBrainz', 'lastfm'] as const).every((name) => app.stateOf(name).problem === 'invalid_token'),
  );

  const files = await Promise.all(
    (await readdir(app.folder)).map((name) => readFile(join(app.folder, name), 'latin1')),
  );
  const said = files.join('') + JSON.stringify(app.log) + servers.requests.join('');
  for (const secret of [LISTENBRAINZ_TOKEN, API_KEY, SHARED_SECRET, 'session-key-1', 'request-token'])
    expect(said).not.toContain(secret);
});
