// @vitest-environment jsdom
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Track } from '../../contract/catalog-http.ts';
import { standInHost, type HostForTests } from '../host/host-for-tests.ts';
import { player } from '../playback/player.ts';
import { playSavedFrom, queueWindow, savedTracksAt } from './play-saved.ts';
import { trackCalled } from './things-for-tests.ts';

const ORDER = { sort: 'saved', descending: true } as const;
const LOST = 3;
let host: HostForTests;
let total = 1_200;

beforeEach(() => {
  total = 1_200;
  host = standInHost({
    'library.tracks': ({ offset, limit }: { readonly offset: number; readonly limit: number }) => ({
      items: Array.from({ length: Math.max(0, Math.min(limit, total - offset)) }, (_, at) => ({
        id: `t${offset + at}`,
        savedAt: '2026-11-26T08:00:00Z',
        item: offset + at === LOST ? null : trackCalled(`t${offset + at}`, `Tone ${offset + at}`),
      })),
      total,
      revision: 1,
    }),
  });
});

const played = async (index: number): Promise<{ tracks: readonly Track[]; index: number }> => {
  const play = vi.spyOn(player, 'play').mockImplementation(() => undefined);
  await playSavedFrom(ORDER, index, total);
  const [tracks = [], at = -1] = play.mock.calls[0] ?? [];
  play.mockRestore();
  return { tracks, index: at };
};

describe('playing liked tracks', () => {
  it('takes all of them, also those no page has shown, and begins at the one that was pressed', async () => {
    const { tracks, index } = await played(700);
    expect(tracks).toHaveLength(1_199);
    expect(tracks[index]?.id).toBe('t700');
  });

  it('fills a queue with what comes from there on, when there is more than it holds', async () => {
    expect([queueWindow(0, 100_000), queueWindow(50_000, 100_000), queueWindow(99_999, 100_000)]).toEqual([
      0, 50_000, 80_000,
    ]);
    total = 45_000;
    const { tracks, index } = await played(20_100);
    expect([tracks.length, tracks[index]?.id, index]).toEqual([20_000, 't20100', 0]);
  });

  it('gets the tracks of chosen rows in their order, each page once', async () => {
    const tracks = await savedTracksAt(ORDER, [LOST, 2, 900, 901]);
    expect(tracks.map(({ id }) => id)).toEqual(['t2', 't900', 't901']);
    expect(host.calls).toHaveLength(2);
  });
});
