/** A library as large as they come on this computer: for how long the process that serves the audio stands still for it. */
import { createServer, type Server } from 'node:http';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Track } from '../../../src/contract/catalog-http.ts';
import { libraryPaths } from '../../../src/contract/library-http.ts';
import { createSavedReplica } from '../../../src/core/library/saved.ts';
import type { SmartRules } from '../../../src/core/library/smart/rules.ts';
import { stampOf } from '../../../src/core/library/stamp.ts';
import { createServiceRequests } from '../../../src/main/catalog-client/service-requests.ts';
import { createLibraryArea, type LibraryArea } from '../../../src/main/library/library-area.ts';
import type { JournalEntry } from '../../../src/main/library/journal.ts';
import { createOfflineIndex, type OfflineIndex } from '../../../src/main/offline-index/offline-index.ts';
import { systemClock } from '../../../src/main/ports.ts';
import { buildTrack } from '../../../tests/host/track-builder.ts';
import { penOf } from '../../../tests/library/pen.ts';
import { createStallWatch, shortestOf, type Stall } from '../../measuring/longest-stall.ts';
import {
  albumId,
  albumTitle,
  artistId,
  artistName,
  trackId,
  trackTitle,
} from '../../measuring/synthetic-catalog.ts';

const USER = 'lene';
const TRACKS_PER_ALBUM = 10;
const ALBUMS_PER_ARTIST = 5;
const FILED_AT_ONCE = 25_000;
/** One line less than is too many: the next change shortens the journal. */
const JOURNAL_LINES = 1_999;
const PAGE = { offset: 0, limit: 60, descending: false } as const;
const RULES: SmartRules = {
  match: 'all',
  rules: [{ kind: 'liked', value: true }],
  sort: { by: 'title', descending: false },
  limit: { kind: 'tracks', tracks: 500 },
};
/** One round warms the code up and reads what is known of the tracks; of the others the shortest counts. */
const ROUNDS = 3;

const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };

const trackOf = (number: number): Track => {
  const album = Math.floor(number / TRACKS_PER_ALBUM);
  const artist = Math.floor(album / ALBUMS_PER_ARTIST);
  return buildTrack(trackTitle(number), {
    id: trackId(number),
    artists: [{ id: artistId(artist), name: artistName(artist) }],
    album: { id: albumId(album), title: albumTitle(album) },
    trackNumber: (number % TRACKS_PER_ALBUM) + 1,
    durationMs: 120_000 + (number % 977) * 250,
  });
};

/** The service, all of whose answers are ready: what it costs to make them is not this process's. */
const startService = async (snapshot: string): Promise<{ readonly url: string; readonly server: Server }> => {
  const document = Buffer.from(
    `{"document":"saved","snapshot":${snapshot},"operations":[],"revision":1,"more":false}`,
  );
  const documents = JSON.stringify({ documents: [{ document: 'saved', revision: 1 }] });
  const server = createServer((request, response) => {
    request.resume();
    const path = new URL(request.url ?? '/', 'http://service').pathname;
    response.setHeader('content-type', 'application/json');
    if (path === libraryPaths.documents) response.end(documents);
    else if (path.startsWith('/v1/library/documents/')) response.end(document);
    else {
      response.statusCode = 503;
      response.end('{}');
    }
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server };
};

const openArea = (options: {
  readonly folder: string;
  readonly serviceUrl: string;
  readonly index: OfflineIndex;
  readonly isPersonal: boolean;
}): { readonly area: LibraryArea; readonly close: () => Promise<void> } => {
  const { folder, serviceUrl, index, isPersonal } = options;
  const closing = new AbortController();
  const entitlement = { qualities: ['normal' as const], offline: true, ads: null };
  const me = { id: USER, name: null, tier: 'premium' as const, roles: [], entitlement, upgradeUrl: null };
  const account = { id: 'a'.repeat(16), serviceUrl, serviceName: 'Bench', isPersonal, me };
  const area = createLibraryArea({
    folder,
    account,
    accountNow: () => account,
    requests: createServiceRequests({
      serviceUrl,
      fetch: globalThis.fetch,
      tokens: { access: async () => USER, renewAfter: async () => USER },
      clock: systemClock,
      isOnline: () => true,
      closing: closing.signal,
      onOutcome: () => undefined,
    }),
    index,
    plays: { of: () => ({ plays: 0, lastPlayedMs: null }), revision: () => 0 },
    isUnreachable: () => false,
    onTracks: index.setPinned,
    onShown: () => undefined,
    onChange: () => undefined,
    onPlays: () => undefined,
    clock: systemClock,
    log: quiet,
  });
  return {
    area,
    async close() {
      closing.abort();
      await area.close();
      await index.settled();
    },
  };
};

const journalLine = (line: number): JournalEntry => ({
  number: line + 1,
  changes: [
    {
      kind: 'own',
      document: 'saved',
      operations: [
        {
          type: 'save',
          stamp: stampOf({ wallMs: Date.UTC(2026, 0) + line, counter: 0, device: 'benchbench' }),
          kind: 'album',
          items: [{ id: albumId(line) }],
        },
      ],
    },
  ],
});

const oneRound = async (options: {
  readonly folder: string;
  readonly serviceUrl: string;
  readonly index: OfflineIndex;
  readonly likes: number;
}): Promise<readonly Stall[]> => {
  const { folder, likes } = options;
  const watch = createStallWatch();
  const allAreHere = async ({ library }: LibraryArea): Promise<void> => {
    const { counts } = await library.get();
    if (counts.track !== likes) throw new Error(`${counts.track} of ${likes} likes are here.`);
  };
  await mkdir(folder);
  await watch.during('nothing at all', async () => undefined);
  const synced = openArea({ ...options, isPersonal: true });
  await watch.during('all likes from the service', async () => {
    await synced.area.library.sync();
    await allAreHere(synced.area);
  });
  await synced.close();
  const lines = Array.from({ length: JOURNAL_LINES }, (_, line) => `${JSON.stringify(journalLine(line))}\n`);
  await writeFile(join(folder, 'library/journal.jsonl'), lines.join(''));

  let opened = synced;
  await watch.during('a start, with a journal of 1,999 lines', async () => {
    opened = openArea({ ...options, isPersonal: false });
    await allAreHere(opened.area);
  });
  const { library, playlists } = opened.area;
  for (const sort of ['title', 'artist', 'length'] as const)
    await watch.during(`the first page by ${sort}`, () => library.tracks({ ...PAGE, sort }));
  await watch.during('a word found among them', () =>
    library.tracks({ ...PAGE, sort: 'title', filter: 'kami' }),
  );
  await watch.during('a like, which shortens the journal', () =>
    library.save({ kind: 'track', ids: ['y'.repeat(20)] }),
  );
  await watch.during('another like', () => library.save({ kind: 'track', ids: ['z'.repeat(20)] }));
  await watch.during('a page by title after a like', () => library.tracks({ ...PAGE, sort: 'title' }));
  await watch.during('a smart playlist over all of them', async () => {
    const { playlist } = await playlists.create({ name: 'Smart', rules: RULES });
    await playlists.items({ ...PAGE, id: playlist.id, sort: 'own' });
  });
  await opened.close();
  return watch.stalls();
};

export const largeLibraryStalls = async (options: {
  readonly likes: number;
  readonly progress: (sentence: string) => void;
}): Promise<readonly Stall[]> => {
  const { likes, progress } = options;
  const folder = await mkdtemp(join(tmpdir(), 'riffle-bench-large-library-'));
  const index = createOfflineIndex({ path: join(folder, 'index.sqlite'), clock: systemClock, log: quiet });
  const ids = Array.from({ length: likes }, (_, number) => trackId(number));
  const saved = createSavedReplica();
  const items = ids.map((id, number) => ({ id, atMs: Date.UTC(2020, 0) + number * 60_000 }));
  saved.change([{ type: 'save', kind: 'track', items }], penOf(1));
  const { url, server } = await startService(JSON.stringify(saved.snapshot()));
  try {
    // What is in the library is never forgotten.
    index.setPinned(ids);
    for (let start = 0; start < likes; start += FILED_AT_ONCE) {
      progress(`Filing tracks ${start.toLocaleString('en')} … of ${likes.toLocaleString('en')} …`);
      const count = Math.min(FILED_AT_ONCE, likes - start);
      index.see({ kind: 'tracks', tracks: Array.from({ length: count }, (_, at) => trackOf(start + at)) });
      await index.settled();
    }
    const rounds: (readonly Stall[])[] = [];
    for (let round = 0; round <= ROUNDS; round += 1) {
      progress(`A library of ${likes.toLocaleString('en')} likes, round ${round + 1} of ${ROUNDS + 1} …`);
      const stalls = await oneRound({ folder: join(folder, `${round}`), serviceUrl: url, index, likes });
      if (round > 0) rounds.push(stalls);
    }
    return shortestOf(rounds);
  } finally {
    server.closeAllConnections();
    server.close();
    await index.close();
    await rm(folder, { recursive: true, force: true });
  }
};
