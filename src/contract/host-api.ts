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
import type { AdEventKind, AdSpot } from './ads-http.ts';
import type { WaitingCommand } from './app-commands.ts';
import type { HostReply } from './host-error.ts';
import type { AccountDataApi } from './account-data.ts';
import type { ExchangeApi, ImportState } from './exchange.ts';
import type { HistoryApi, PlayedEntry, Privacy, PrivacyApi } from './history.ts';
import type { LibraryApi, LibraryState, PlaylistsApi } from './library.ts';
import type { Downloads, OrFromComputer, PinSource, TrackMark } from './offline.ts';
import type { CrashReportSummary } from './reports.ts';
import type {
  SavedEntries,
  SavedOrder,
  SavedPlayback,
  SavedPosition,
  SavedQueue,
} from './playback-session.ts';
import type { ScrobblingApi, ScrobblingState } from './scrobbling.ts';
import type { ServicePreview, SessionSnapshot } from './session.ts';
import type { Settings } from './settings.ts';
import type { ShareApi } from './share.ts';
import type { NowPlaying, SystemAbilities } from './system.ts';
import type { ShellKind } from './track-url.ts';
import type { UpdateState } from './update.ts';

export interface AppInfo {
  readonly name: string;
  readonly version: string;
  readonly shell: ShellKind;
  readonly platform: 'win32' | 'darwin' | 'linux' | 'other';
  /** BCP 47, from the operating system. */
  readonly locale: string;
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
  /** Kept because it was played or will be. */
  readonly cache: {
    readonly tracks: number;
    readonly bytes: number;
    readonly limitBytes: number;
    /** Set while the cache folder cannot be written; playback goes on without it. */
    readonly failure: string | null;
  };
  /** Kept on purpose. */
  readonly pinned: {
    readonly tracks: number;
    readonly bytes: number;
    /** Null: as much as the disk takes. */
    readonly limitBytes: number | null;
  };
  readonly storage: {
    /** Where the audio lies. */
    readonly folder: string;
    /** Free on that disk; null when the system does not say. */
    readonly freeBytes: number | null;
    /** Set while the folder is being moved. */
    readonly moving: {
      readonly to: string;
      readonly doneBytes: number;
      readonly totalBytes: number;
    } | null;
    /**
     * Where the key of the audio is kept. `memory`: this system has no key store to trust, so what is on the disk can no
     * longer be played after quitting. `unavailable`: the key store does not answer, nothing is kept meanwhile.
     */
    readonly key: 'system' | 'file' | 'memory' | 'unavailable';
  };
  /** What plays without a network, kept or cached. */
  readonly playable: { readonly tracks: number; readonly durationMs: number };
  /** Null: the system does not say. */
  readonly isMetered: boolean | null;
}

export interface PageRequest {
  readonly cursor?: string | undefined;
  readonly limit?: number | undefined;
}
export interface IdRequest {
  readonly id: string;
}

export interface HostApi {
  readonly app: {
    info(): Promise<AppInfo>;
    /** https and mailto only; anything else is `invalid_argument`. */
    openExternal(request: { readonly url: string }): Promise<void>;
  };
  readonly session: {
    get(): Promise<SessionSnapshot>;
    /**
     * What stands at an address as typed (`music.example`, `http://localhost:4620/`). Rejects with `invalid_argument` (no address),
     * `offline`, `service_unreachable` (nobody, or no service of Riffle).
     */
    inspect(request: { readonly address: string }): Promise<ServicePreview>;
    /**
     * Begins to sign in; what becomes of it is told in `signIn`. A service without sign-in is connected to at once. Takes the place
     * of a sign-in that was under way. `accountId`: signing in again must give that same account.
     */
    signIn(request: {
      readonly serviceUrl: string;
      readonly via: 'browser' | 'device';
      readonly accountId?: string | undefined;
    }): Promise<SessionSnapshot>;
    cancelSignIn(): Promise<SessionSnapshot>;
    /** Another account of this computer; the window starts over with that one's music. */
    switchTo(request: { readonly accountId: string }): Promise<SessionSnapshot>;
    /**
     * Forgets everything of that account: tokens (revoked at the issuer when it answers), cache key and audio, kept music, history,
     * queue. Resolves when it is gone from the disk. Then nobody is signed in, if it was the current one.
     */
    signOut(request: { readonly accountId: string }): Promise<SessionSnapshot>;
    /**
     * Who keeps the account itself. Null: the service does, as far as is known. Otherwise the host of the issuer, where it stays when the
     * service deletes what it has.
     */
    issuerElsewhere(request: { readonly accountId: string }): Promise<string | null>;
    /**
     * Has the service delete the account and everything of it; once it said that it did, everything of it on this computer goes as with
     * `signOut`. `confirm`: the account's name, as typed (`isNameTyped`). Rejects with `invalid_argument` (another name, or a service without
     * sign-in), `offline`, `service_unreachable`, `forbidden`, `sign_in_required`, `too_many_requests`: then nothing here has changed. With
     * `storage_failed` it is gone at the service, and goes on being deleted here at the next start.
     */
    deleteAccount(request: {
      readonly accountId: string;
      readonly confirm: string;
    }): Promise<SessionSnapshot>;
    /** Asks the service anew who we are, with a new token: after upgrading, for instance. */
    refresh(): Promise<SessionSnapshot>;
  };
  /** What surrounds the window. It needs no account. */
  readonly system: {
    abilities(): Promise<SystemAbilities>;
    /** What waits to be done, oldest first; the event `commands` says the same whenever it changes. */
    commands(): Promise<readonly WaitingCommand[]>;
    /** Takes commands; gives those that nobody took before, which are the caller's to do. */
    took(request: { readonly ids: readonly number[] }): Promise<readonly number[]>;
    /** What the system shows of playback; null: there is nothing to play. */
    nowPlaying(request: { readonly playing: NowPlaying | null }): Promise<void>;
    /** Kept in the system's key store; null forgets it. It is never given back. */
    setProxyPassword(request: { readonly password: string | null }): Promise<void>;
    hasProxyPassword(): Promise<boolean>;
  };
  /** How the app keeps itself up to date; each method gives how that stands afterwards, as the event `update` does. No account. */
  readonly update: {
    get(): Promise<UpdateState>;
    /** Asks the feed now, unless updates are off. What goes wrong is in the state. */
    check(): Promise<UpdateState>;
    /** Fetches what is available, whatever it waits for; goes on in the background. */
    download(): Promise<UpdateState>;
    /** Verifies what is ready once more, installs it and starts it: the app ends. The window asks only when nothing plays. */
    install(): Promise<UpdateState>;
    /** This version is not offered again; the one after it is. */
    skip(request: { readonly version: string }): Promise<UpdateState>;
    /** It was read that a version was taken back. */
    acknowledge(): Promise<UpdateState>;
    /** The window is there and can be used: what was installed last is good. */
    usable(): Promise<void>;
  };
  /** Of this run of the app, whoever listens. No account. */
  readonly privacy: PrivacyApi;
  readonly ads: {
    /**
     * What is to be heard in the break that is due now. Never rejects for want of a network or in time: then there are no spots, and
     * the music goes on.
     */
    chooseBreak(request: { readonly afterTrackId: string | null }): Promise<{
      readonly breakId: string;
      readonly spots: readonly AdSpot[];
    }>;
    /** Kept on the disk until the service has taken it; counted once. */
    report(request: {
      readonly breakId: string;
      readonly spotId: string;
      readonly kind: AdEventKind;
    }): Promise<void>;
  };
  /** Everything from here on is the current account's; without one it rejects with `sign_in_required`. */
  readonly catalog: {
    // Without the service each answers from what this computer knows, and marks the reply `fromComputer`.
    home(): Promise<OrFromComputer<Home>>;
    albums(
      request: PageRequest & { readonly order?: AlbumOrder | undefined; readonly genre?: string | undefined },
    ): Promise<OrFromComputer<AlbumPage>>;
    album(request: IdRequest): Promise<OrFromComputer<Album>>;
    artists(request: PageRequest): Promise<OrFromComputer<ArtistPage>>;
    artist(request: IdRequest): Promise<OrFromComputer<Artist>>;
    artistAlbums(request: IdRequest & PageRequest): Promise<OrFromComputer<AlbumPage>>;
    artistTracks(request: IdRequest & PageRequest): Promise<OrFromComputer<TrackPage>>;
    genres(request: PageRequest): Promise<OrFromComputer<GenrePage>>;
    genre(request: IdRequest): Promise<OrFromComputer<Genre>>;
    genreAlbums(request: IdRequest & PageRequest): Promise<OrFromComputer<AlbumPage>>;
    genreTracks(request: IdRequest & PageRequest): Promise<OrFromComputer<TrackPage>>;
    search(request: SearchRequest): Promise<OrFromComputer<SearchReply>>;
    track(request: IdRequest): Promise<OrFromComputer<Track>>;
    trackDetails(request: IdRequest): Promise<OrFromComputer<TrackDetails>>;
  };
  readonly playback: {
    load(): Promise<SavedPlayback>;
    saveQueue(queue: SavedQueue): Promise<void>;
    /** Part of a long queue, held until `saveOrder` names it. */
    saveEntries(piece: SavedEntries): Promise<void>;
    /**
     * A long queue by the ids of its entries: those that the last saved one has, and those that came since. Rejects with
     * `not_found` when there is one that neither has; then nothing is saved.
     */
    saveOrder(order: SavedOrder): Promise<void>;
    savePosition(position: SavedPosition): Promise<void>;
  };
  readonly history: HistoryApi;
  readonly scrobbling: ScrobblingApi;
  readonly library: LibraryApi;
  readonly exchange: ExchangeApi;
  readonly accountData: AccountDataApi;
  readonly share: ShareApi;
  readonly playlists: PlaylistsApi;
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
    /** Removes what was only played; what plays now stays. */
    clear(): Promise<HostStatus>;
    /**
     * What sounds (or is to), and what comes after it, soonest first. The current one goes before everything on the line, the
     * next ones are fetched ahead, and none of them is evicted. Null: nothing plays.
     */
    expect(request: { readonly current: string | null; readonly upcoming: readonly string[] }): Promise<void>;
    /** The listener seems about to play this: fetch its first seconds if the line is free. */
    warm(request: { readonly trackId: string }): Promise<void>;
    /** How tracks stand; those that are not here are left out. At most 500 at a time. */
    marks(request: { readonly trackIds: readonly string[] }): Promise<Readonly<Record<string, TrackMark>>>;
  };
  readonly downloads: {
    get(): Promise<Downloads>;
    /** Keep offline. Rejects with `premium_required`; with `offline`, `service_unreachable`, `not_found` when its tracks cannot be learnt now. */
    pin(request: { readonly source: PinSource }): Promise<Downloads>;
    /** No longer kept; what was fetched counts as cached from now on, first to go. Pinning again takes it back. */
    unpin(request: { readonly source: PinSource }): Promise<Downloads>;
    /** One, or all of them when `source` is null. */
    pause(request: { readonly source: PinSource | null }): Promise<Downloads>;
    resume(request: { readonly source: PinSource | null }): Promise<Downloads>;
    /** Tries what failed again; all of it when `source` is null. */
    retry(request: { readonly source: PinSource | null }): Promise<Downloads>;
    /** Fetched before `before`; last when that is null. */
    move(request: { readonly source: PinSource; readonly before: PinSource | null }): Promise<Downloads>;
    /** Nothing is kept any more, and its audio is deleted. */
    removeAll(): Promise<Downloads>;
  };
  /** What is on this computer, whole and playable, in alphabetical order. */
  readonly computer: {
    albums(request: PageRequest): Promise<AlbumPage>;
    artists(request: PageRequest): Promise<ArtistPage>;
    tracks(request: PageRequest): Promise<TrackPage>;
  };
  readonly storage: {
    /** Asks for a folder with the system's own dialog; null when cancelled. Rejects with `invalid_argument` where there is none. */
    chooseFolder(): Promise<string | null>;
    /**
     * Copies the audio to `<folder>/Riffle`, verifies it, switches over, removes the old. Progress is in the status. Rejects
     * with `invalid_argument` (no absolute path, inside the old folder), `storage_failed` (cannot be written, too little room);
     * then everything is as it was.
     */
    moveTo(request: { readonly folder: string }): Promise<HostStatus>;
    /** Shows the folder in the system's file manager. */
    openFolder(): Promise<void>;
    /** Destroys the key, and with it everything kept and cached; then deletes the files. */
    eraseAll(): Promise<HostStatus>;
  };
  /** Crashes of this app on this computer. They stay here until one is sent. */
  readonly reports: {
    /** Newest first, at most twenty. */
    list(): Promise<readonly CrashReportSummary[]>;
    /** Exactly what would be sent, for a person to read. Rejects with `not_found`. */
    read(request: IdRequest): Promise<{ readonly text: string }>;
    /**
     * Sends one to the service of the current account. Sending it again does nothing. Rejects with `not_found`, `sign_in_required`,
     * `offline`, `service_unreachable`, `too_many_requests`; then it was not sent.
     */
    send(request: IdRequest): Promise<readonly CrashReportSummary[]>;
    remove(request: IdRequest): Promise<readonly CrashReportSummary[]>;
    /** How this app stands, to be copied into a bug report: no names, paths, addresses, titles or tokens. */
    diagnostics(): Promise<{ readonly text: string }>;
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
  'session.get': true,
  'session.inspect': true,
  'session.signIn': true,
  'session.cancelSignIn': true,
  'session.switchTo': true,
  'session.signOut': true,
  'session.issuerElsewhere': true,
  'session.deleteAccount': true,
  'session.refresh': true,
  'system.abilities': true,
  'system.commands': true,
  'system.took': true,
  'system.nowPlaying': true,
  'system.setProxyPassword': true,
  'system.hasProxyPassword': true,
  'update.get': true,
  'update.check': true,
  'update.download': true,
  'update.install': true,
  'update.skip': true,
  'update.acknowledge': true,
  'update.usable': true,
  'privacy.get': true,
  'privacy.setPrivate': true,
  'ads.chooseBreak': true,
  'ads.report': true,
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
  'catalog.track': true,
  'catalog.trackDetails': true,
  'playback.load': true,
  'playback.saveQueue': true,
  'playback.saveEntries': true,
  'playback.saveOrder': true,
  'playback.savePosition': true,
  'history.recent': true,
  'history.days': true,
  'history.page': true,
  'history.onRepeat': true,
  'history.began': true,
  'history.record': true,
  'history.heard': true,
  'history.remove': true,
  'history.restore': true,
  'history.clear': true,
  'exchange.get': true,
  'exchange.receive': true,
  'exchange.read': true,
  'exchange.start': true,
  'exchange.report': true,
  'exchange.choose': true,
  'exchange.take': true,
  'exchange.again': true,
  'exchange.unmatched': true,
  'exchange.dismiss': true,
  'exchange.export': true,
  'accountData.takeOut': true,
  'accountData.progress': true,
  'scrobbling.get': true,
  'scrobbling.connectListenBrainz': true,
  'scrobbling.beginLastfm': true,
  'scrobbling.finishLastfm': true,
  'scrobbling.disconnect': true,
  'scrobbling.forgetRefused': true,
  'share.info': true,
  'share.playlist': true,
  'share.revoke': true,
  'library.get': true,
  'library.tracks': true,
  'library.albums': true,
  'library.artists': true,
  'library.save': true,
  'library.unsave': true,
  'library.marks': true,
  'library.ids': true,
  'library.shelf': true,
  'library.createFolder': true,
  'library.renameFolder': true,
  'library.place': true,
  'library.put': true,
  'library.take': true,
  'library.undo': true,
  'library.sync': true,
  'playlists.get': true,
  'playlists.openShared': true,
  'playlists.items': true,
  'playlists.trackIds': true,
  'playlists.create': true,
  'playlists.edit': true,
  'playlists.setPicture': true,
  'playlists.delete': true,
  'playlists.add': true,
  'playlists.move': true,
  'playlists.remove': true,
  'playlists.moveTo': true,
  'playlists.duplicates': true,
  'playlists.preview': true,
  'playlists.invite': true,
  'playlists.revokeInvitations': true,
  'playlists.join': true,
  'playlists.setRole': true,
  'settings.get': true,
  'settings.change': true,
  'status.get': true,
  'status.check': true,
  'cache.clear': true,
  'cache.expect': true,
  'cache.warm': true,
  'cache.marks': true,
  'downloads.get': true,
  'downloads.pin': true,
  'downloads.unpin': true,
  'downloads.pause': true,
  'downloads.resume': true,
  'downloads.retry': true,
  'downloads.move': true,
  'downloads.removeAll': true,
  'computer.albums': true,
  'computer.artists': true,
  'computer.tracks': true,
  'storage.chooseFolder': true,
  'storage.moveTo': true,
  'storage.openFolder': true,
  'storage.eraseAll': true,
  'reports.list': true,
  'reports.read': true,
  'reports.send': true,
  'reports.remove': true,
  'reports.diagnostics': true,
} as const satisfies Record<HostMethod, true>;

/** Whole new values, pushed whenever they change. */
export interface HostEvents {
  readonly session: SessionSnapshot;
  readonly status: HostStatus;
  readonly settings: Settings;
  readonly history: readonly PlayedEntry[];
  readonly downloads: Downloads;
  /** Grows whenever some track's mark may have changed, at most some twice a second: ask `cache.marks` for those on screen. */
  readonly marks: { readonly revision: number };
  /** What the system asks of the window and nobody has taken yet. */
  readonly commands: readonly WaitingCommand[];
  readonly update: UpdateState;
  readonly library: LibraryState;
  readonly import: ImportState;
  readonly privacy: Privacy;
  readonly scrobbling: ScrobblingState;
}
export type HostEventName = keyof HostEvents;
export const HOST_EVENTS = {
  session: true,
  status: true,
  settings: true,
  history: true,
  downloads: true,
  marks: true,
  commands: true,
  update: true,
  library: true,
  import: true,
  privacy: true,
  scrobbling: true,
} as const satisfies Record<HostEventName, true>;

/** The only thing the preload puts on `window`, as `window.riffle`. Absent in the web shell. */
export interface HostBridge {
  readonly shell: ShellKind;
  invoke(method: HostMethod, argument: unknown): Promise<HostReply<unknown>>;
  /** Gives its own unsubscribe. */
  subscribe<Name extends HostEventName>(name: Name, listener: (value: HostEvents[Name]) => void): () => void;
}
