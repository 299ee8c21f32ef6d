import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { trackOf } from '../../core/exchange/exchange.ts';
import { playedTracks, type PlannableBundle } from '../../core/exchange/import-plan.ts';
import { readFiles } from './formats/read-files.ts';
import { gatherBundle, MOST_PORTION_PIECES, portionsOf } from './import-pieces.ts';
import { previewOf } from './import-preview.ts';
import { readInThread } from './read-in-thread.ts';
import { createReceivedFiles, type ReceivedFile } from './received-files.ts';

const TRANSFER = 'transfer';
/** As the window hands them over: in pieces. */
const received = (files: Readonly<Record<string, string>>): readonly ReceivedFile[] => {
  const { receive, take } = createReceivedFiles();
  for (const [name, content] of Object.entries(files)) {
    const bytes = Buffer.from(content);
    const middle = Math.ceil(bytes.byteLength / 2);
    receive(TRANSFER, name, bytes.subarray(0, middle));
    receive(TRANSFER, name, bytes.subarray(middle));
  }
  return take(TRANSFER) ?? [];
};
const csvOf = (rows: number): string =>
  `Title,Artist,Playlist\n${Array.from({ length: rows }, (_, row) => `Wörter ${row},Lene,${row % 3}\n`).join('')}`;

const tracks = fc.array(
  fc.string().map((title) => trackOf({ title })),
  { maxLength: 800, size: 'max' },
);
const bundles: fc.Arbitrary<PlannableBundle> = fc.record({
  playlists: fc.array(fc.record({ name: fc.string(), description: fc.string(), tracks }), { maxLength: 4 }),
  savedTracks: tracks,
  savedAlbums: fc.array(fc.record({ title: fc.string(), artists: fc.array(fc.string()) })),
  savedArtists: fc.array(fc.string()),
  played: fc.array(
    fc.record({
      wanted: fc.string().map((title) => trackOf({ title })),
      plays: fc.array(fc.tuple(fc.nat(), fc.nat())),
    }),
  ),
});

describe('what other programs have, read in a thread', () => {
  it('is what reading it here gives, and what cannot be read is told in the same way', async () => {
    const files = {
      'rows.csv': csvOf(1_200),
      'water.m3u8': '#EXTM3U\n#PLAYLIST:Am Wasser\n#EXTINF:215,Lene - Kiesbett\nkiesbett.mp3\n',
      'library.json': JSON.stringify({ tracks: [{ artist: 'A', track: 'B' }], albums: [], artists: [] }),
      'StreamingHistory_music_0.json': JSON.stringify(
        [215_000, 4_000, 31_000].map((msPlayed, at) => ({
          endTime: `2024-03-04 05:0${at}`,
          artistName: 'Lene',
          trackName: 'Kiesbett',
          msPlayed,
        })),
      ),
      'broken.xspf': '<playlist><trackList></playlist>',
      'x.bin': '\0',
      'nothing.csv': '',
    };
    const here = readFiles(
      Object.entries(files).map(([name, content]) => ({ name, bytes: Buffer.from(content) })),
    );
    const { preview, bundle } = await readInThread(received(files), new AbortController().signal);
    expect(preview).toEqual(previewOf(here));
    expect(preview.failed.map(({ fault }) => fault)).toEqual(['malformed', 'unknown_format', 'empty']);
    const { playlists, savedTracks, savedAlbums, savedArtists } = here.bundle;
    const played = playedTracks(here.bundle.plays);
    expect(played.map(({ plays }) => plays.length)).toEqual([2]);
    expect(bundle).toEqual({ playlists, savedTracks, savedAlbums, savedArtists, played });
    expect(bundle.playlists.map((list) => list.tracks.length)).toEqual([400, 400, 400, 1]);
  });

  it('leaves this process to everybody else meanwhile', async () => {
    const rows = 20 * MOST_PORTION_PIECES;
    let turns = 0;
    let isOver = false;
    const others = (): void => {
      turns += 1;
      if (!isOver) setImmediate(others);
    };
    const reading = readInThread(received({ 'rows.csv': csvOf(rows) }), new AbortController().signal);
    setImmediate(others);
    const { bundle } = await reading;
    isOver = true;
    expect(bundle.playlists.reduce((sum, list) => sum + list.tracks.length, 0)).toBe(rows);
    expect(turns).toBeGreaterThan(rows / MOST_PORTION_PIECES);
  });

  it('ends when nobody waits for it any more', async () => {
    const stopping = new AbortController();
    const reading = readInThread(received({ 'rows.csv': csvOf(5_000) }), stopping.signal);
    stopping.abort();
    await expect(reading).rejects.toMatchObject({ code: 'cancelled' });
    await expect(readInThread(received({ 'rows.csv': csvOf(1) }), stopping.signal)).rejects.toMatchObject({
      code: 'cancelled',
    });
  });
});

describe('a bundle in portions', () => {
  it('is the same when they are put together, and none is larger than a portion may be', () => {
    fc.assert(
      fc.property(bundles, (bundle) => {
        const gathered = gatherBundle();
        for (const portion of portionsOf(bundle)) {
          expect(portion.length).toBeLessThanOrEqual(MOST_PORTION_PIECES);
          gathered.add(portion);
        }
        expect(gathered.bundle()).toEqual(bundle);
      }),
      { numRuns: 30 },
    );
  });
});
