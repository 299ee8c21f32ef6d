/**
 * Window ↔ main process. `HostApi` is the truth: method names are derived from it and listed once in `HOST_METHODS`,
 * which is the preload's allow-list, the binding loop of both shells and the web shell's route table.
 *
 * Every method takes one argument (or none) and gives a promise. On the wire each answer is a `HostReply`; the host
 * client on the window's side turns `ok: false` into a thrown `HostFailure`.
 */
import type {
  Album,
  AlbumOrder,
  AlbumPage,
  Artist,
  ArtistPage,
  Genre,
  GenrePage,
  Home,
  SearchReply,
  SearchRequest,
  Track,
  TrackDetails,
  TrackPage,
} from './catalog-http.ts';
import type { HostReply } from './host-error.ts';
import type { SavedPlayback, SavedPosition, SavedQueue } from './playback-session.ts';
import type { Settings } from './settings.ts';
import type { ShellKind } from './track-url.ts';

export interface AppInfo {
  readonly name: string;
  readonly version: string;
  readonly shell: ShellKind;
  readonly platform: 'win32' | 'darwin' | 'linux' | 'other';
  /** BCP 47, from the operating system. */
  readonly locale: string;
  readonly serviceUrl: string;
  readonly serviceName: string | null;
  readonly licence: string;
}

/** The one status place: what is known of network, service and cache. Truth, not hope. */
export interface HostStatus {
  readonly service:
    | { readonly state: 'unknown' }
    | { readonly state: 'reachable'; readonly checkedAt: string }
    | {
        readonly state: 'unreachable';
        readonly cause: 'offline' | 'service_unreachable';
        readonly since: string;
        /** When the host asks again by itself (ISO 8601). */
        readonly retryAt: string;
      };
  readonly cache: {
    readonly tracks: number;
    readonly bytes: number;
    readonly limitBytes: number;
    /** Set while the cache folder cannot be written; playback goes on without it. */
    readonly failure: string | null;
  };
}

export interface PageRequest {
  readonly cursor?: string | undefined;
  readonly limit?: number | undefined;
}
export interface IdRequest {
  readonly id: string;
}

export interface PlayedEntry {
  readonly track: Track;
  readonly playedAt: string;
}

export interface HostApi {
  readonly app: {
    info(): Promise<AppInfo>;
    /** https and mailto only; anything else is `invalid_argument`. */
    openExternal(request: { readonly url: string }): Promise<void>;
  };
  readonly catalog: {
    home(): Promise<Home>;
    albums(
      request: PageRequest & { readonly order?: AlbumOrder | undefined; readonly genre?: string | undefined },
    ): Promise<AlbumPage>;
    album(request: IdRequest): Promise<Album>;
    artists(request: PageRequest): Promise<ArtistPage>;
    artist(request: IdRequest): Promise<Artist>;
    artistAlbums(request: IdRequest & PageRequest): Promise<AlbumPage>;
    artistTracks(request: IdRequest & PageRequest): Promise<TrackPage>;
    genres(request: PageRequest): Promise<GenrePage>;
    genre(request: IdRequest): Promise<Genre>;
    genreAlbums(request: IdRequest & PageRequest): Promise<AlbumPage>;
    genreTracks(request: IdRequest & PageRequest): Promise<TrackPage>;
    search(request: SearchRequest): Promise<SearchReply>;
    trackDetails(request: IdRequest): Promise<TrackDetails>;
  };
  readonly playback: {
    load(): Promise<SavedPlayback>;
    saveQueue(queue: SavedQueue): Promise<void>;
    savePosition(position: SavedPosition): Promise<void>;
  };
  readonly history: {
    /** Newest first; a track played several times in a row stands once. */
    recent(request: { readonly limit: number }): Promise<readonly PlayedEntry[]>;
    /** A play counts after 30 s, or at the end of anything shorter. */
    record(request: { readonly track: Track }): Promise<void>;
    clear(): Promise<void>;
  };
  readonly settings: {
    get(): Promise<Settings>;
    /** Gives the whole new value, which every window also gets as an event. */
    change(request: Partial<Settings>): Promise<Settings>;
  };
  readonly status: {
    get(): Promise<HostStatus>;
    /** "Try again": asks the service now and gives what came of it. */
    check(): Promise<HostStatus>;
  };
  readonly cache: {
    clear(): Promise<HostStatus>;
  };
}

type Methods<Api> = {
  [Area in keyof Api & string]: { [Name in keyof Api[Area] & string]: `${Area}.${Name}` }[keyof Api[Area] &
    string];
}[keyof Api & string];

/** `catalog.search`, `playback.load`, … */
export type HostMethod = Methods<HostApi>;

export const HOST_METHODS = {
  'app.info': true,
  'app.openExternal': true,
  'catalog.home': true,
  'catalog.albums': true,
  'catalog.album': true,
  'catalog.artists': true,
  'catalog.artist': true,
  'catalog.artistAlbums': true,
  'catalog.artistTracks': true,
  'catalog.genres': true,
  'catalog.genre': true,
  'catalog.genreAlbums': true,
  'catalog.genreTracks': true,
  'catalog.search': true,
  'catalog.trackDetails': true,
  'playback.load': true,
  'playback.saveQueue': true,
  'playback.savePosition': true,
  'history.recent': true,
  'history.record': true,
  'history.clear': true,
  'settings.get': true,
  'settings.change': true,
  'status.get': true,
  'status.check': true,
  'cache.clear': true,
} as const satisfies Record<HostMethod, true>;

/** Whole new values, pushed whenever they change. */
export interface HostEvents {
  readonly status: HostStatus;
  readonly settings: Settings;
  readonly history: readonly PlayedEntry[];
}
export type HostEventName = keyof HostEvents;
export const HOST_EVENTS = { status: true, settings: true, history: true } as const satisfies Record<
  HostEventName,
  true
>;

/** The only thing the preload puts on `window`, as `window.riffle`. Absent in the web shell. */
export interface HostBridge {
  readonly shell: ShellKind;
  invoke(method: HostMethod, argument: unknown): Promise<HostReply<unknown>>;
  /** Gives its own unsubscribe. */
  subscribe<Name extends HostEventName>(name: Name, listener: (value: HostEvents[Name]) => void): () => void;
}
