/** Child processes of one command: started in order, ended in reverse, none left behind. */
import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';

/** A child that ended with an error of its own, which it has told on standard error already. */
export class ChildFailure extends Error {
  override readonly name = 'ChildFailure';
  readonly exitCode: number;

  constructor(name: string, exitCode: number) {
    super(`${name} ended with exit code ${exitCode}.`);
    this.exitCode = exitCode;
  }
}

/** How long a child may take to end by itself before it is killed. */
const PATIENCE_MS = 12_000;

export interface Processes {
  /** Runs to its end and gives its last line of standard output. */
  run(name: string, command: string, args: readonly string[]): Promise<string>;
  /** Starts what stays, and gives the first JSON line that says `ready`. */
  startServer(name: string, args: readonly string[]): Promise<Record<string, unknown>>;
  /** Starts a window; it need not say anything. */
  startWindow(name: string, command: string, args: readonly string[]): void;
  /** Of all children so far, in the order they were started. */
  pids(): readonly number[];
  /** Settles when a child that should stay has ended. */
  readonly ended: Promise<{ readonly name: string; readonly code: number }>;
  stopAll(): Promise<void>;
}

export function createProcesses(cwd: string): Processes {
  const children: { readonly name: string; readonly child: ChildProcess }[] = [];
  let stopping = false;
  const ended = Promise.withResolvers<{ readonly name: string; readonly code: number }>();

  const start = (name: string, command: string, args: readonly string[]): ChildProcess => {
    // A group of their own: a terminal's Ctrl+C reaches only us, and we end them in order.
    const detached = process.platform !== 'win32';
    // Through the channel our own programs notice when we are gone without having stopped them.
    const channel = command === process.execPath ? (['ipc'] as const) : [];
    const child = spawn(command, args, { cwd, detached, stdio: ['ignore', 'pipe', 'inherit', ...channel] });
    children.push({ name, child });
    child.on('error', (error) => process.stderr.write(`${name}: ${error.message}\n`));
    return child;
  };

  const exitOf = (child: ChildProcess): Promise<number> =>
    new Promise((settle) => {
      if (child.exitCode !== null) return settle(child.exitCode);
      child.once('exit', (code) => settle(code ?? 1));
      child.once('error', () => settle(1));
    });

  const watch = (name: string, child: ChildProcess): void => {
    void exitOf(child).then((code) => {
      if (!stopping) ended.resolve({ name, code });
    });
  };

  return {
    ended: ended.promise,

    pids: () => children.flatMap(({ child }) => child.pid ?? []),

    async run(name, command, args) {
      const child = start(name, command, args);
      let last = '';
      createInterface({ input: child.stdout! }).on('line', (line) => (last = line));
      const code = await exitOf(child);
      if (code !== 0) throw new ChildFailure(name, code);
      return last;
    },

    async startServer(name, args) {
      const child = start(name, process.execPath, args);
      const ready = new Promise<Record<string, unknown>>((settle) => {
        createInterface({ input: child.stdout! }).on('line', (line) => {
          if (line.startsWith('{"ready":true')) settle(JSON.parse(line) as Record<string, unknown>);
        });
      });
      const outcome = await Promise.race([ready, exitOf(child)]);
      if (typeof outcome === 'number') throw new ChildFailure(name, outcome);
      watch(name, child);
      return outcome;
    },

    startWindow(name, command, args) {
      const child = start(name, command, args);
      child.stdout?.resume();
      watch(name, child);
    },

    async stopAll() {
      stopping = true;
      for (const { child } of children.toReversed()) {
        if (child.exitCode !== null || child.signalCode !== null) continue;
        child.kill('SIGTERM');
        const timer = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS);
        await exitOf(child);
        clearTimeout(timer);
      }
    },
  };
}
