/** Builders for this folder's tests. */
import type { Track } from '../../contract/catalog-http.ts';
import { emptyQueue } from '../../core/playback/queue.ts';
import type { PlayerEntry, PlayerQueue } from './playback-store.ts';

const idOf = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^0-9a-z]/g, '0')
    .padStart(20, '0');

export const trackOf = (name: string, changes: Partial<Track> = {}): Track => ({
  id: idOf(name),
  title: `Title ${name}`,
  artists: [{ id: idOf(`artist${name}`), name: `Artist ${name}` }],
  album: { id: idOf('album'), title: 'An album' },
  artwork: null,
  discNumber: 1,
  trackNumber: 1,
  durationMs: 180_000,
  explicit: false,
  genres: [],
  isrc: null,
  plays: null,
  format: {
    codec: 'flac',
    contentType: 'audio/flac',
    lossless: true,
    sampleRateHz: 44_100,
    channels: 2,
    bitDepth: 16,
    bitrateBps: 800_000,
  },
  loudness: null,
  hasLyrics: false,
  ...changes,
});

export const entryOf = (name: string): PlayerEntry => ({ entryId: name, track: trackOf(name) });

/** A queue by the names of its entries, which are their entry ids too. */
export const queueOf = ({
  played = [],
  current = null,
  requested = [],
  upcoming = [],
}: {
  readonly played?: readonly string[];
  readonly current?: string | null;
  readonly requested?: readonly string[];
  readonly upcoming?: readonly string[];
}): PlayerQueue => ({
  ...emptyQueue(),
  played: played.map(entryOf),
  current: current === null ? null : entryOf(current),
  requested: requested.map(entryOf),
  upcoming: upcoming.map(entryOf),
  naturalOrder: [...played, ...(current === null ? [] : [current]), ...upcoming],
});
