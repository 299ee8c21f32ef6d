import type { AppCommand, WaitingCommand } from '../../contract/app-commands.ts';
import type { HostApi } from '../../contract/host-api.ts';
import type { Settings } from '../../contract/settings.ts';
import type { NowPlaying, SystemAbilities } from '../../contract/system.ts';
import type { HostPorts, Log, SecretStore } from '../ports.ts';
import { createCommandQueue } from './command-queue.ts';
import { createProxySecret } from './proxy-secret.ts';

/** What a shell with menus, a tray and links of its own holds on to. */
export interface SystemDesk {
  /** Asks something of the window, now or when there is one. */
  ask(command: AppCommand): void;
  nowPlaying(): NowPlaying | null;
  /** Is told whenever `nowPlaying` changes, with what was before. Gives its own unsubscribe. */
  onNowPlaying(listener: (now: NowPlaying | null, before: NowPlaying | null) => void): () => void;
}

export interface System {
  readonly api: HostApi['system'];
  readonly desk: SystemDesk;
  commands(): readonly WaitingCommand[];
  /** Says how the network is reached; resolves when that was said. */
  start(): Promise<void>;
  settingsChanged(): void;
}

/** Of a shell that is nothing but a window. */
export const NO_ABILITIES: SystemAbilities = {
  tray: false,
  launchAtLogin: false,
  trackNotifications: false,
  stayAwake: false,
  proxy: false,
  opensLinks: false,
  profile: null,
};

/** What surrounds the window: the system's wishes on their way in, what plays and how to reach the network on their way out. */
export const createSystem = (options: {
  readonly abilities?: SystemAbilities;
  readonly useProxy?: HostPorts['useProxy'];
  readonly secrets: SecretStore;
  readonly settings: () => Settings;
  readonly onCommands: (waiting: readonly WaitingCommand[]) => void;
  readonly log: Log;
}): System => {
  const { settings, log } = options;
  const queue = createCommandQueue(options.onCommands);
  const listeners = new Set<Parameters<SystemDesk['onNowPlaying']>[0]>();
  let playing: NowPlaying | null = null;
  const proxySecret = createProxySecret({
    secrets: options.secrets,
    proxy: () => settings().proxy,
    useProxy: options.useProxy,
    log,
  });

  return {
    api: {
      abilities: async () => options.abilities ?? NO_ABILITIES,
      commands: async () => queue.waiting(),
      took: async ({ ids }) => queue.take(ids),
      async nowPlaying(request) {
        const before = playing;
        playing = request.playing;
        for (const listener of listeners) listener(playing, before);
      },
      setProxyPassword: ({ password }) => proxySecret.set(password),
      hasProxyPassword: () => proxySecret.isThere(),
    },
    desk: {
      ask: queue.add,
      nowPlaying: () => playing,
      onNowPlaying(listener) {
        listeners.add(listener);
        return () => {
          listeners.delete(listener);
        };
      },
    },
    commands: queue.waiting,
    start: () => proxySecret.tell(),
    settingsChanged: () => proxySecret.settingsChanged(),
  };
};
