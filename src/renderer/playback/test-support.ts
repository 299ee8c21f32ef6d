/** Builders for this folder's tests. */
import type { AdEventKind, AdSpot } from '../../contract/ads-http.ts';
import type { Track } from '../../contract/catalog-http.ts';
import type { Listening } from '../../contract/history.ts';
import { HostFailure, type HostErrorCode } from '../../contract/host-error.ts';
import {
  savedEntriesSchema,
  savedOrderSchema,
  savedPositionSchema,
  savedQueueSchema,
  type SavedEntries,
  type SavedEntry,
  type SavedOrder,
  type SavedPosition,
  type SavedQueue,
} from '../../contract/playback-session.ts';
import type { AdPolicy } from '../../core/entitlement/entitlement.ts';
import { entriesOf, inOrder } from '../../core/playback/queue-order.ts';
import { emptyQueue } from '../../core/playback/queue.ts';
import type { AudioEngine, EngineEvent, Follower, LoadOptions } from './audio-engine.ts';
import type { PlayerEntry, PlayerQueue } from './playback-store.ts';
import type { PlayerSettings } from './player-ports.ts';

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

export const spotOf = (name: string, changes: Partial<AdSpot> = {}): AdSpot => ({
  id: idOf(`spot${name}`),
  sender: `Sender ${name}`,
  title: `Spot ${name}`,
  durationMs: 10_000,
  artwork: null,
  link: { url: `https://${name.toLowerCase()}.example/`, label: `${name.toLowerCase()}.example` },
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

/**
 * An engine that behaves like one, on a clock that only moves when told: it loads, sounds, runs dry, fails and ends.
 */
export class FakeEngine implements AudioEngine {
  /** Addresses that do not play, and why. */
  readonly broken = new Map<string, HostErrorCode>();
  /** Addresses in the order in which they began to load. */
  readonly loads: string[] = [];
  durationMs = 180_000;
  gain = 1;
  muted = false;
  gainDb = 0;
  speed = 1;
  preloaded: string | null = null;
  follower: Follower | null = null;
  /** Whether it joins what follows by itself, as not every engine can. */
  joins = true;
  /** Addresses in the order in which they began, loaded or joined. */
  readonly begun: string[] = [];
  address: string | null = null;
  #playing = false;
  #positionMs = 0;
  #listener: (event: EngineEvent) => void = () => undefined;

  get isSounding(): boolean {
    return this.#playing && this.address !== null;
  }

  load(address: string, { startMs, autoplay, gainDb = 0 }: LoadOptions): void {
    this.gainDb = gainDb;
    this.loads.push(address);
    this.begun.push(address);
    this.address = address;
    this.follower = null;
    this.#positionMs = startMs;
    this.#playing = autoplay;
  }

  /** What was loaded arrives: sound, or a failure. */
  arrive(): void {
    if (this.address === null) return;
    const code = this.broken.get(this.address);
    if (code !== undefined) {
      this.address = null;
      this.#playing = false;
      this.#listener({ kind: 'failed', code });
    } else if (this.#playing) {
      this.#listener({ kind: 'sounding' });
      this.#tick();
    }
  }

  /** Plays on for a while, to the end of the track at most. */
  passes(ms: number): void {
    if (!this.isSounding) return;
    this.#positionMs = Math.min(this.durationMs, this.#positionMs + ms);
    this.#tick();
    if (this.#positionMs < this.durationMs) return;
    if (this.joins && this.follower !== null && !this.broken.has(this.follower.address)) {
      this.advance(this.follower);
      return;
    }
    this.#playing = false;
    this.#listener({ kind: 'ended' });
  }

  /** A join: what follows is heard from here on. */
  advance({ address }: Pick<Follower, 'address'>): void {
    this.begun.push(address);
    this.address = address;
    this.follower = null;
    this.#positionMs = 0;
    this.#listener({ kind: 'advanced', address });
    this.#tick();
  }

  runDry(): void {
    this.#listener({ kind: 'ranDry' });
  }

  fail(code: HostErrorCode): void {
    this.address = null;
    this.#playing = false;
    this.#listener({ kind: 'failed', code });
  }

  silence(cause: 'blocked' | 'system'): void {
    this.#playing = false;
    this.#listener({ kind: 'silenced', cause });
  }

  preload(address: string | null): void {
    this.preloaded = address;
  }

  follow(follower: Follower | null): void {
    this.follower = follower;
  }

  unload(): void {
    this.address = null;
    this.#playing = false;
  }

  play(): void {
    this.#playing = true;
  }

  pause(): void {
    this.#playing = false;
  }

  seek(positionMs: number): void {
    this.#positionMs = positionMs;
  }

  positionMs(): number {
    return this.#positionMs;
  }

  setGain(gain: number): void {
    this.gain = gain;
  }

  setMuted(muted: boolean): void {
    this.muted = muted;
  }

  setTrackGain(gainDb: number): void {
    this.gainDb = gainDb;
  }

  setSpeed(speed: number): void {
    this.speed = speed;
  }

  setFadeOnPause(): void {
    // Nothing here sounds.
  }

  on(listener: (event: EngineEvent) => void): () => void {
    this.#listener = listener;
    return () => {
      this.#listener = () => undefined;
    };
  }

  dispose(): void {
    this.unload();
  }

  #tick(): void {
    this.#listener({
      kind: 'clock',
      positionMs: this.#positionMs,
      durationMs: this.durationMs,
      buffered: [{ startMs: 0, endMs: this.durationMs }],
    });
  }
}

const pageOf = (items: readonly Track[]) => ({ items, nextCursor: null, total: items.length });

/** The host's memory: what was saved is what comes back. */
export class FakeHost {
  queue: SavedQueue | null = null;
  position: SavedPosition | null = null;
  queueSaves = 0;
  piecesSaved = 0;
  readonly #entriesHeld: SavedEntry[] = [];
  readonly plays: string[] = [];
  readonly begun: string[] = [];
  readonly heard: ({ readonly title: string } & Listening)[] = [];
  /** Ids of the tracks that play without a network. */
  readonly here = new Set<string>();
  isAway = false;
  /** Every question about what is here, by its size. */
  readonly asked: number[] = [];
  /** What the cache was told last, by the letters of the tracks: current, then what comes. */
  expected = '';
  cacheFails = false;
  /** Null: nobody hears ads. */
  adPolicy: AdPolicy | null = null;
  /** What the service would choose now. */
  spots: readonly AdSpot[] = [];
  /** Every time a break was asked for, by the track it was to come after. */
  readonly breaksAsked: (string | null)[] = [];
  /** What was told of spots, as `A impression`. */
  readonly adEvents: string[] = [];
  /** Answers to questions for a break that are held back, oldest first. */
  readonly #unanswered: (() => void)[] = [];
  answersBreaks = true;
  settings: PlayerSettings = {
    crossfadeSeconds: 0,
    loudness: 'off',
    loudnessLevel: 'normal',
    autoplay: false,
  };

  readonly ads = {
    policy: () => this.adPolicy,
    chooseBreak: async ({ afterTrackId }: { readonly afterTrackId: string | null }) => {
      this.breaksAsked.push(afterTrackId);
      const breakId = `break ${this.breaksAsked.length}`;
      if (!this.answersBreaks) await new Promise<void>((answer) => this.#unanswered.push(answer));
      return { breakId, spots: this.spots };
    },
    report: async ({ spotId, kind }: { readonly spotId: string; readonly kind: AdEventKind }) => {
      this.adEvents.push(`${spotId.replace(/^0*spot/, '').toUpperCase()} ${kind}`);
    },
  };

  /** The service answers at last. */
  answerBreaks(): void {
    for (const answer of this.#unanswered.splice(0)) answer();
  }

  /** What the service has to offer. */
  library: readonly Track[] = [];
  catalogFails = false;
  readonly catalog = {
    artist: async ({ id }: { readonly id: string }) => {
      const topTracks = this.#offer(({ artists }) => artists.some((artist) => artist.id === id));
      const genres = new Set(topTracks.flatMap((track) => track.genres.map((genre) => genre.id)));
      const kin = this.#offer((track) => track.genres.some((genre) => genres.has(genre.id)));
      const related = kin.flatMap(({ artists }) => artists).filter((artist) => artist.id !== id);
      const name = topTracks[0]?.artists[0]?.name ?? '';
      const counts = { albumCount: 1, trackCount: topTracks.length };
      return { id, name, artwork: null, ...counts, topTracks, albums: [], appearsOn: [], related };
    },
    artistTracks: async ({ id }: { readonly id: string }) =>
      pageOf(this.#offer(({ artists }) => artists.some((artist) => artist.id === id))),
    genreTracks: async ({ id }: { readonly id: string }) =>
      pageOf(this.#offer(({ genres }) => genres.some((genre) => genre.id === id))),
  };

  #offer(isIn: (track: Track) => boolean): readonly Track[] {
    if (this.catalogFails) throw new Error('the service does not answer');
    return this.library.filter(isIn);
  }

  readonly cache = {
    expect: async ({
      current,
      upcoming,
    }: {
      readonly current: string | null;
      readonly upcoming: readonly string[];
    }) => {
      const letter = (id: string): string => id.replace(/^0+/, '');
      this.expected = `${current === null ? '-' : letter(current)} ${upcoming.map(letter).join('')}`.trim();
      if (this.cacheFails) throw new Error('the host is gone');
    },
  };

  readonly playableHere = async (trackIds: readonly string[]): Promise<ReadonlySet<string>> => {
    this.asked.push(trackIds.length);
    return new Set(trackIds.filter((trackId) => this.here.has(trackId)));
  };

  readonly session = {
    load: async () => ({ queue: this.queue, position: this.position }),
    saveQueue: async (queue: SavedQueue) => {
      // As the real one: what crosses is data, and must match the contract.
      this.queue = savedQueueSchema.parse(structuredClone(queue));
      this.queueSaves += 1;
    },
    saveEntries: async ({ entries }: SavedEntries) => {
      this.piecesSaved += 1;
      this.#entriesHeld.push(...savedEntriesSchema.parse(structuredClone({ entries })).entries);
    },
    saveOrder: async (order: SavedOrder) => {
      const last = this.queue === null ? [] : entriesOf(this.queue);
      const queue = inOrder(savedOrderSchema.parse(order), [...last, ...this.#entriesHeld.splice(0)]);
      if (queue === null) throw new HostFailure('not_found', 'entries did not come');
      this.queue = queue;
      this.queueSaves += 1;
    },
    savePosition: async (position: SavedPosition) => {
      this.position = savedPositionSchema.parse(structuredClone(position));
    },
  };

  readonly history = {
    began: async ({ track }: { readonly track: Track }) => {
      this.begun.push(track.title);
    },
    record: async ({ track }: { readonly track: Track }) => {
      this.plays.push(track.title);
    },
    heard: async ({ track, play }: { readonly track: Track; readonly play: Listening }) => {
      this.heard.push({ title: track.title, ...play });
    },
  };
}
