import type { AppInfo } from '../../contract/host-api.ts';
import type { Clock } from '../ports.ts';
import { readConnectionCost, readNetworkManager } from './metered-answers.ts';

interface Query {
  readonly command: string;
  readonly args: readonly string[];
  readonly read: (output: string) => boolean | null;
}

/** NetworkManager's own summary: the state of the device with the best default route (org.freedesktop.NetworkManager, `Metered`). */
const LINUX: readonly Query[] = [
  {
    command: 'busctl',
    args: [
      '--system',
      '--timeout=3',
      'get-property',
      'org.freedesktop.NetworkManager',
      '/org/freedesktop/NetworkManager',
      'org.freedesktop.NetworkManager',
      'Metered',
    ],
    read: readNetworkManager,
  },
  {
    command: 'dbus-send',
    args: [
      '--system',
      '--print-reply=literal',
      '--reply-timeout=3000',
      '--dest=org.freedesktop.NetworkManager',
      '/org/freedesktop/NetworkManager',
      'org.freedesktop.DBus.Properties.Get',
      'string:org.freedesktop.NetworkManager',
      'string:Metered',
    ],
    read: readNetworkManager,
  },
];

/** Windows' own PowerShell, not the newer one, which no longer knows WinRT types. */
const WINDOWS: readonly Query[] = [
  {
    command: 'powershell.exe',
    args: [
      '-NoLogo',
      '-NoProfile',
      '-NonInteractive',
      '-Command',
      '$cost = [Windows.Networking.Connectivity.NetworkInformation,Windows,ContentType=WindowsRuntime]' +
        '::GetInternetConnectionProfile().GetConnectionCost(); ' +
        '"$($cost.NetworkCostType) roaming=$($cost.Roaming)"',
    ],
    read: readConnectionCost,
  },
];

const QUERIES: Readonly<Record<AppInfo['platform'], readonly Query[]>> = {
  linux: LINUX,
  win32: WINDOWS,
  // There is no command that tells; the API (NWPath.isExpensive) is for native code only.
  darwin: [],
  other: [],
};

const KNOWN_FOR_MS = 60_000;

/**
 * Whether the network is paid by use; null when the system does not say. Asks the system at most once a minute, however many ask
 * here, and never rejects.
 */
export const createMeteredProbe = (options: {
  readonly platform: AppInfo['platform'];
  /** Gives what the command printed; rejects when it cannot be run, fails, or takes too long. */
  readonly run: (command: string, args: readonly string[]) => Promise<string>;
  readonly clock: Pick<Clock, 'now'>;
}): (() => Promise<boolean | null>) => {
  const { platform, run, clock } = options;
  let known: { readonly answer: Promise<boolean | null>; readonly atMs: number } | null = null;

  const ask = async (): Promise<boolean | null> => {
    for (const { command, args, read } of QUERIES[platform]) {
      try {
        const answer = read(await run(command, args));
        if (answer !== null) return answer;
      } catch {
        // Not installed, not running or not answering: this system does not say.
      }
    }
    return null;
  };

  return () => {
    const ageMs = known === null ? Infinity : clock.now() - known.atMs;
    if (known === null || ageMs >= KNOWN_FOR_MS || ageMs < 0) known = { answer: ask(), atMs: clock.now() };
    return known.answer;
  };
};
