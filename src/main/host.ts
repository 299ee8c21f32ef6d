import { join } from 'node:path';
import type { HostApi, HostEvents } from '../contract/host-api.ts';
import { HostFailure } from '../contract/host-error.ts';
import type { Account } from '../contract/session.ts';
import { eraseAccount } from './account-folder.ts';
import type { AccountEvents, AccountScope } from './account-scope-contract.ts';
import { createAccountScope } from './account-scope.ts';
import { bindCalls, bindHandlers, type HostCall, type HostHandlers } from './bind-calls.ts';
import { createHostEvents, type Subscribe } from './events.ts';
import { createPrivateSession } from './history/private-session.ts';
import { NO_LIBRARY } from './library/library-area.ts';
import type { HostPorts } from './ports.ts';
import { privateWords } from './reports/private-words.ts';
import { createReportsApi } from './reports/reports-api.ts';
import { summariseSettings } from './reports/settings-summary.ts';
import { NO_SCROBBLING } from './scrobbling/scrobbling.ts';
import { allowedExternalUrl } from './security/external-url.ts';
import { createSession } from './session/session.ts';
import { createSettings, storedSettingsSchema } from './settings/settings.ts';
import { cacheLocationSchema, createCacheLocation } from './storage/cache-location.ts';
import { createJsonDocument } from './storage/json-document.ts';
import { sweepAbandoned } from './storage/temporary-file.ts';
import { createSystem, type System, type SystemDesk } from './system/system.ts';
import { refuseTrack } from './track-cache/serve-track.ts';
import { createHostUpdates } from './update/host-updates.ts';
import type { Updates } from './update/updates.ts';

export interface Host {
  /** Each method by name; its argument is checked, failures are thrown. */
  readonly handlers: HostHandlers;
  /** The same as data, for a wire: never rejects. */
  readonly call: HostCall;
  readonly subscribe: Subscribe;
  /** What each event would say now. */
  snapshot(): HostEvents;
  /** Audio by the address of either shell: `track://audio/<id>`, `/tracks/<id>`; of ads `track://ad/<id>`, `/ads/<id>`. */
  serveTrack(request: Request): Promise<Response>;
  /** Pictures: `artwork://image/<id>/<size>` or `/artwork/<id>/<size>`. */
  serveArtwork(request: Request): Promise<Response>;
  /** For a shell with more around its window. */
  readonly system: SystemDesk;
  /** Ends everything; resolves when nothing is open any more. */
  close(): Promise<void>;
}

/** The main process of the app without a shell around it: what belongs to the computer, and the one account that is open. */
export const createHost = async (ports: HostPorts): Promise<Host> => {
  const { dataFolder, log } = ports;
  const events = createHostEvents(log);
  const document = <Value>(name: string, schema: Parameters<typeof createJsonDocument<Value>>[0]['schema']) =>
    createJsonDocument({ path: join(dataFolder, name), schema, log });
  let scope: AccountScope | null = null;
  let system: System | null = null;
  let updates: Updates | null = null;

  const privacy = createPrivateSession({
    clock: ports.clock,
    onChange: (value) => events.emit('privacy', value),
  });
  void sweepAbandoned(dataFolder, log);
  const [settings, location] = await Promise.all([
    createSettings({
      document: document('settings.json', storedSettingsSchema),
      onChange(value) {
        events.emit('settings', value);
        system?.settingsChanged();
        updates?.settingsChanged();
        scope?.settingsChanged(value);
      },
    }),
    createCacheLocation({
      document: document('cache-location.json', cacheLocationSchema),
      defaultFolder: ports.cacheFolder,
      log,
    }),
  ]);
  void location.recover();
  const surroundings = createSystem({
    ...ports,
    settings: settings.get,
    onCommands: (waiting) => events.emit('commands', waiting),
  });
  system = surroundings;
  // Before anything is asked of the network.
  await surroundings.start();

  const session = await createSession({
    ...ports,
    offeredServiceUrl: ports.serviceUrl,
    onChange(value) {
      events.emit('session', value);
      scope?.accountChanged();
    },
    async use(account) {
      const before = scope;
      scope = null;
      await before?.close();
      if (account !== null) scope = await openScope(account);
      tellAccountEvents();
    },
    erase: ({ id }) =>
      eraseAccount({
        accountId: id,
        dataFolder,
        cacheFolder: location.folder(),
        secrets: ports.secrets,
        log,
      }),
  });

  const openScope = (account: Account): Promise<AccountScope> =>
    createAccountScope({
      account,
      accountNow: () => session.snapshot().accounts.find(({ id }) => id === account.id) ?? account,
      tokens: session.tokens(account),
      ports,
      location,
      settings: settings.get,
      privacy,
      events,
      onTier: (tier) => session.tierSeen(account.id, tier),
      onServiceReached: () => session.serviceReached(),
    });

  /** What is said of an account while there is none. */
  const nobody = (): AccountEvents => ({
    status: {
      service: { state: 'unknown' },
      cache: { tracks: 0, bytes: 0, limitBytes: 0, failure: null },
      pinned: { tracks: 0, bytes: 0, limitBytes: settings.get().pinnedLimitBytes },
      storage: {
        folder: location.folder(),
        freeBytes: null,
        moving: null,
        key: ports.secrets.persistence,
      },
      playable: { tracks: 0, durationMs: 0 },
      isMetered: null,
    },
    history: [],
    scrobbling: NO_SCROBBLING,
    downloads: {
      pins: [],
      lease: { state: 'none' },
      isPaused: false,
      bytesPerSecond: null,
      remainingMs: null,
      waitingTracks: 0,
    },
    marks: { revision: 0 },
    library: NO_LIBRARY,
    import: { state: 'none' },
  });
  const accountEvents = (): AccountEvents => scope?.snapshot() ?? nobody();
  const tellAccountEvents = (): void => {
    const { status, history, scrobbling, downloads, marks, library, import: imported } = accountEvents();
    events.emit('status', status);
    events.emit('history', history);
    events.emit('scrobbling', scrobbling);
    events.emit('downloads', downloads);
    events.emit('marks', marks);
    events.emit('library', library);
    events.emit('import', imported);
  };

  const ownUpdates = createHostUpdates({
    ports,
    settings,
    serviceUrl: () => {
      const current = session.snapshot().session;
      return 'account' in current ? current.account.serviceUrl : null;
    },
    turnBehindMusic: (signal) => scope?.turnBehindMusic(signal) ?? null,
    onChange: (state) => events.emit('update', state),
  });
  updates = ownUpdates;

  const own: Pick<HostApi, 'app' | 'session' | 'settings' | 'system' | 'update' | 'reports' | 'privacy'> = {
    app: {
      info: async () => ({ name: 'Riffle', ...ports.app, licence: 'MIT' }),
      async openExternal({ url }) {
        const allowed = allowedExternalUrl(url);
        if (allowed === null)
          throw new HostFailure('invalid_argument', 'only https and mailto may be opened');
        await ports.openExternal(allowed);
      },
    },
    session: session.api,
    privacy: privacy.api,
    system: surroundings.api,
    update: ownUpdates.api,
    settings: {
      get: async () => settings.get(),
      change: (changes) => settings.change(changes),
    },
    reports: createReportsApi({
      reports: ports.crashes,
      nowMs: ports.clock.now,
      facts: () => {
        const { status, downloads } = accountEvents();
        return {
          at: new Date(ports.clock.now()).toISOString(),
          locale: ports.app.locale,
          session: session.snapshot().session.state,
          update: ownUpdates.snapshot(),
          status,
          downloads: { ...downloads, pins: downloads.pins.length },
          settings: summariseSettings(settings.get()),
        };
      },
      async send(report) {
        if (scope === null) throw new HostFailure('sign_in_required', 'there is no service to send it to');
        await scope.sendReport(report);
      },
    }),
  };
  ports.crashes.describeBy(() => ({
    settings: summariseSettings(settings.get()),
    privateWords: privateWords(session.snapshot().accounts, accountEvents().history),
  }));
  const handlers = bindHandlers((area) => {
    if (area in own) return own[area as keyof typeof own];
    if (scope === null) throw new HostFailure('sign_in_required', 'nobody is signed in');
    return scope.api[area as keyof AccountScope['api']];
  });

  await session.start();

  return {
    handlers,
    call: bindCalls(handlers, log),
    subscribe: events.subscribe,
    snapshot: () => ({
      session: session.snapshot(),
      settings: settings.get(),
      privacy: privacy.get(),
      commands: surroundings.commands(),
      update: ownUpdates.snapshot(),
      ...accountEvents(),
    }),
    serveTrack: async (request) => scope?.serveTrack(request) ?? refuseTrack('sign_in_required'),
    serveArtwork: async (request) => scope?.serveArtwork(request) ?? new Response(null, { status: 404 }),
    system: surroundings.desk,
    async close() {
      events.clear();
      await ownUpdates.close();
      await session.close();
      await scope?.close();
    },
  };
};
