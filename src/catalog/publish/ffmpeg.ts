import { spawn } from 'node:child_process';
import pLimit from 'p-limit';
import { UnreadableFile } from './publish-error.ts';

/** Runs ffmpeg; a port, so that the publisher can go without. */
export interface Ffmpeg {
  /** Names of the encoders that it was built with. */
  readonly encoders: ReadonlySet<string>;
  /**
   * Runs with these arguments when its turn comes. `onOutput` gets its stdout piece by piece.
   *
   * @throws UnreadableFile when ffmpeg could not do it; the signal's reason when aborted.
   */
  run(
    options: readonly string[],
    controls: { readonly signal: AbortSignal; readonly onOutput?: (bytes: Buffer) => void },
  ): Promise<FfmpegRun>;
}

export interface FfmpegRun {
  /** The end of what it wrote to stderr. */
  readonly log: string;
  /** From its start to its end; the wait for its turn does not count. */
  readonly seconds: number;
}

/** Enough for the summary at the end of a run, however much was written before. */
const KEPT_LOG_CHARACTERS = 32_768;

/**
 * The ffmpeg at a path or on PATH, or null when there is none that runs.
 *
 * @param mostProcesses that may run at once; each keeps a core busy. More calls wait.
 */
export async function findFfmpeg(command: string, mostProcesses: number): Promise<Ffmpeg | null> {
  const limit = pLimit(mostProcesses);
  let listed = '';
  try {
    await run(command, ['-encoders'], {
      signal: AbortSignal.timeout(10_000),
      onOutput: (bytes) => (listed += bytes.toString('latin1')),
    });
    return {
      // Type and five capabilities stand before each name.
      encoders: new Set(listed.split('\n').flatMap((line) => /^ [AVS]\S{5} (\S+)/.exec(line)?.[1] ?? [])),
      run: (options, controls) => limit(() => run(command, options, controls)),
    };
  } catch {
    // Not there or not executable: the report says what is missing without it.
    return null;
  }
}

function run(
  command: string,
  options: readonly string[],
  controls: Parameters<Ffmpeg['run']>[1],
): Promise<FfmpegRun> {
  const { signal, onOutput } = controls;
  const startedAt = performance.now();
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const child = spawn(command, ['-hide_banner', '-nostdin', '-nostats', ...options], {
      stdio: ['ignore', onOutput === undefined ? 'ignore' : 'pipe', 'pipe'],
    });
    let log = '';
    const stop = (): void => {
      child.kill('SIGKILL');
    };
    signal.addEventListener('abort', stop, { once: true });
    child.stdout?.on('data', (bytes: Buffer) => onOutput?.(bytes));
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      log = (log + text).slice(-KEPT_LOG_CHARACTERS);
    });
    child.on('error', (error) => {
      signal.removeEventListener('abort', stop);
      reject(error);
    });
    child.on('close', (code) => {
      signal.removeEventListener('abort', stop);
      if (signal.aborted) reject(signal.reason);
      else if (code === 0) resolve({ log, seconds: (performance.now() - startedAt) / 1000 });
      else reject(new UnreadableFile(`ffmpeg could not decode it (${lastLine(log)})`));
    });
  });
}

const lastLine = (log: string): string => log.trim().split('\n').at(-1)?.trim().slice(0, 200) ?? '';
