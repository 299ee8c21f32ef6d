/** A D-Bus session of its own, with a browser on it, steered from outside as a desktop's media keys do (MPRIS, by `playerctl`). */
import { execFile, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';

export interface SessionBus {
  /** For programs that are to be found there. */
  readonly environment: Readonly<Record<string, string>>;
  /** What `playerctl` says; rejects when it fails. */
  playerctl(...args: readonly string[]): Promise<string>;
  stop(): Promise<void>;
}

const isThere = (program: string): boolean => spawnSync(program, ['--version']).status === 0;

/** Why there can be none here; null when there can. */
export const busIsMissing = (): string | null =>
  ['dbus-daemon', 'playerctl'].find((program) => !isThere(program)) ?? null;

const definedEnvironment = (): Record<string, string> =>
  Object.fromEntries(
    Object.entries(process.env).filter((pair): pair is [string, string] => pair[1] !== undefined),
  );

export async function startSessionBus(): Promise<SessionBus> {
  const daemon = spawn('dbus-daemon', ['--session', '--nofork', '--print-address'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [address] = (await once(createInterface({ input: daemon.stdout }), 'line')) as [string];
  const environment = { ...definedEnvironment(), DBUS_SESSION_BUS_ADDRESS: address };
  return {
    environment,
    async playerctl(...args) {
      const { stdout } = await promisify(execFile)('playerctl', args, { env: environment });
      return stdout.trim();
    },
    async stop() {
      if (daemon.exitCode !== null) return;
      const ended = once(daemon, 'exit');
      daemon.kill();
      await ended;
    },
  };
}
