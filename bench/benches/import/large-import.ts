/** An export of 100,000 rows into the app: how long the process that serves the audio stands still for it. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { MOST_PIECE_BYTES } from '../../../src/contract/exchange.ts';
import { HostFailure } from '../../../src/contract/host-error.ts';
import { createExchangeArea } from '../../../src/main/exchange/exchange-area.ts';
import type { Finder } from '../../../src/main/exchange/finder.ts';
import { systemClock } from '../../../src/main/ports.ts';
import { createStallWatch, type Stall } from '../../measuring/longest-stall.ts';
import { csvOf, distortedRow } from './distorted-rows.ts';

const TRANSFER = '00000000-0000-4000-8000-000000000001';
const MATCHING_MS = 1_000;

const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };
/** Nothing of the library is asked before the listener has seen the report. */
const noLibrary = async (): Promise<never> => {
  throw new HostFailure('internal', 'the library is not asked');
};
/** What it costs to find something is not what is measured. */
const nothingFound: Finder = {
  find: async (_kind, wanted) => wanted.map(() => ({ kind: 'none', found: null, alternatives: [] })),
  findHere: () => null,
};

export const largeImportStalls = async (rows: number): Promise<readonly Stall[]> => {
  const folder = await mkdtemp(join(tmpdir(), 'riffle-bench-large-import-'));
  const watch = createStallWatch();
  const area = createExchangeArea({
    folder,
    finder: nothingFound,
    ports: {
      bringInPlays: noLibrary,
      library: { save: noLibrary, marks: noLibrary, shelf: noLibrary, tracks: noLibrary },
      playlists: { create: noLibrary, add: noLibrary, get: noLibrary, trackIds: noLibrary, items: noLibrary },
    },
    onChange: () => undefined,
    clock: systemClock,
    log: quiet,
  });
  try {
    const file = Buffer.from(csvOf(Array.from({ length: rows }, (_, place) => distortedRow(place, rows))));
    const pieces: string[] = [];
    for (let at = 0; at < file.byteLength; at += MOST_PIECE_BYTES)
      pieces.push(file.subarray(at, at + MOST_PIECE_BYTES).toString('base64'));
    await watch.during('an export handed over and read', async () => {
      for (const base64 of pieces) await area.api.receive({ transfer: TRANSFER, name: 'export.csv', base64 });
      await area.api.read({ transfer: TRANSFER });
    });
    await watch.during('its import begun, and a second of it', async () => {
      await area.api.start({
        playlists: [0],
        savedTracks: false,
        savedAlbums: false,
        savedArtists: false,
        plays: false,
      });
      await delay(MATCHING_MS);
    });
    await watch.during('its import dismissed', () => area.api.dismiss());
    return watch.stalls();
  } finally {
    await area.close();
    await rm(folder, { recursive: true, force: true });
  }
};
