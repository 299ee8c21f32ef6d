import { AUDIO_FACTS_HEADER, audioFactsFromHeader, type AudioFacts } from '../../../contract/audio-facts.ts';
import { ByteRun } from './byte-run.ts';

/** Enough to begin to play by, in one short answer; the rest is asked for when it is known to be needed. */
const HEAD_BYTES = 128 * 1024;
/** How far the line runs ahead of what is read. The whole file comes onto the disk by itself, behind the host. */
const AHEAD_BYTES = 2 * 1024 * 1024;
const KEPT_BEHIND_BYTES = 1024 * 1024;
/** A reader this far ahead of what has come so far is worth a request of its own. */
const JUMP_BYTES = 256 * 1024;
/** What sounds, and one look elsewhere: at an index, say, or at the place that was just left. */
const MOST_RUNS = 2;
/** Without a byte in between. */
const MOST_FAILURES = 2;

export interface FileFacts {
  readonly sizeBytes: number;
  /** Null where the host does not know them. */
  readonly audio: AudioFacts | null;
}

export interface TrackBytes {
  /** Rejects when the file cannot be had. */
  readonly facts: Promise<FileFacts>;
  /** Exactly these bytes, at once when they are here. Rejects when some of them cannot be had. */
  read(start: number, end: number): Uint8Array | Promise<Uint8Array>;
  /** From here on it fetches ahead of what is read; before, only what is asked for. */
  fetchAhead(): void;
  /** All of it from the place of reading to the end is here: the line is free. */
  isWhole(): boolean;
  /** What is here around the place of reading, as shares of the file. */
  buffered(): { readonly from: number; readonly to: number };
  dispose(): void;
}

interface Line {
  readonly run: ByteRun;
  wantedTo: number;
  lastUsed: number;
  failures: number;
  failed: { readonly cause: unknown } | null;
  isPumping: boolean;
  /** Nothing has come by this answer yet. */
  isFresh: boolean;
  body: ReadableStreamDefaultReader<Uint8Array> | null;
  waiting: (() => void)[];
  readonly abort: AbortController;
}

const sizeIn = (response: Response): number => {
  const ranged = /\/(\d+)$/.exec(response.headers.get('content-range') ?? '')?.[1];
  const size = Number(ranged ?? response.headers.get('content-length') ?? Number.NaN);
  if (!Number.isSafeInteger(size)) throw new Error('An answer for audio does not say its size.');
  return size;
};

/** The bytes behind an address, by range requests; asks for nothing that nobody reads. */
export const openTrackBytes = (options: {
  readonly address: string;
  readonly fetch: typeof fetch;
  /** A byte came: whoever waits, waits for good reason. */
  readonly onProgress: () => void;
}): TrackBytes => {
  const { address, onProgress } = options;
  let lines: Line[] = [];
  let size: number | null = null;
  let isAhead = false;
  let isDisposed = false;
  let uses = 0;
  let readTo = 0;
  let told: (facts: FileFacts) => void = () => undefined;
  let refused: (cause: unknown) => void = () => undefined;
  const facts = new Promise<FileFacts>((resolve, reject) => {
    told = resolve;
    refused = reject;
  });
  // Whoever reads is told as well: this one need not have a listener.
  facts.catch(() => undefined);

  const connect = async (line: Line): Promise<ReadableStreamDefaultReader<Uint8Array>> => {
    const from = line.run.end;
    const range = from === 0 ? `bytes=0-${HEAD_BYTES - 1}` : `bytes=${from}-`;
    const response = await options.fetch(address, { headers: { range }, signal: line.abort.signal });
    const isPart = response.status === 206;
    if (!(isPart || (response.status === 200 && from === 0)) || response.body === null) {
      await response.body?.cancel();
      // A refusal stays one; only what was torn is worth a second try.
      line.failures = MOST_FAILURES;
      throw new Error(`Audio was answered with ${response.status}.`);
    }
    size ??= sizeIn(response);
    told({ sizeBytes: size, audio: audioFactsFromHeader(response.headers.get(AUDIO_FACTS_HEADER)) });
    line.isFresh = true;
    return response.body.getReader();
  };

  const target = (line: Line): number => {
    const most = size ?? Number.POSITIVE_INFINITY;
    return Math.min(most, isAhead ? Math.max(line.wantedTo, readTo + AHEAD_BYTES) : line.wantedTo);
  };

  const wake = (line: Line): void => {
    const waiting = line.waiting;
    line.waiting = [];
    for (const go of waiting) go();
  };

  const isNeeded = (line: Line): boolean =>
    !isDisposed && line.failed === null && !line.abort.signal.aborted && line.run.end < target(line);

  const failed = (line: Line, cause: unknown): void => {
    line.body = null;
    line.failures += 1;
    if (line.failures < MOST_FAILURES && !line.abort.signal.aborted) return;
    line.failed = { cause };
    refused(cause);
    wake(line);
  };

  const step = async (line: Line): Promise<void> => {
    try {
      line.body ??= await connect(line);
      const { done, value } = await line.body.read();
      if (!done) {
        line.failures = 0;
        line.isFresh = false;
        line.run.append(value);
        onProgress();
        wake(line);
      } else if (line.isFresh) {
        // Without this, an answer without a byte would be asked for again and again.
        failed(line, new Error('Audio ended before its end.'));
      } else {
        line.body = null;
      }
    } catch (cause) {
      failed(line, cause);
    }
  };

  const pump = async (line: Line): Promise<void> => {
    if (line.isPumping) return;
    line.isPumping = true;
    while (isNeeded(line)) await step(line);
    line.isPumping = false;
  };

  const close = (line: Line): void => {
    line.abort.abort();
    line.body?.cancel().catch(() => undefined);
    wake(line);
  };

  const lineFor = (start: number): Line => {
    const reaches = ({ run, failed }: Line): boolean =>
      failed === null && run.start <= start && start <= run.end + JUMP_BYTES;
    let line = lines.find(reaches);
    if (line === undefined) {
      line = {
        run: new ByteRun(start),
        wantedTo: start,
        lastUsed: 0,
        failures: 0,
        failed: null,
        isPumping: false,
        isFresh: true,
        body: null,
        waiting: [],
        abort: new AbortController(),
      };
      lines.push(line);
      lines.sort((one, other) => other.lastUsed - one.lastUsed);
      const [, ...others] = lines.filter((each) => each !== line);
      for (const other of others.slice(MOST_RUNS - 2)) close(other);
      lines = lines.filter((each) => !each.abort.signal.aborted);
    }
    uses += 1;
    line.lastUsed = uses;
    return line;
  };

  const take = (line: Line, start: number, end: number): Uint8Array => {
    const bytes = line.run.slice(start, end);
    line.run.forgetBefore(start - KEPT_BEHIND_BYTES);
    return bytes;
  };

  const awaited = async (line: Line, start: number, end: number): Promise<Uint8Array> => {
    while (!line.run.has(start, end)) {
      if (line.failed !== null) throw line.failed.cause;
      if (isDisposed || line.abort.signal.aborted) throw new DOMException('No longer read.', 'AbortError');
      await new Promise<void>((resolve) => {
        line.waiting.push(resolve);
      });
    }
    return take(line, start, end);
  };

  // A search through a file without an index is thousands of reads: each of them must not wait for its turn.
  const read = (start: number, end: number): Uint8Array | Promise<Uint8Array> => {
    const refusal = size === null ? lines.find(({ failed }) => failed !== null)?.failed : undefined;
    if (refusal) return Promise.reject(refusal.cause);
    const line = lineFor(start);
    line.wantedTo = Math.max(line.wantedTo, end);
    readTo = end;
    if (!line.isPumping) void pump(line);
    return line.run.has(start, end) ? take(line, start, end) : awaited(line, start, end);
  };

  const current = (): Line | undefined => lines.find(({ lastUsed }) => lastUsed === uses);

  // The first bytes are on their way before anything else is known.
  void pump(Object.assign(lineFor(0), { wantedTo: 1 }));

  return {
    facts,
    read,
    fetchAhead: () => {
      isAhead = true;
      const line = current();
      if (line !== undefined) void pump(line);
    },
    isWhole: () => size !== null && (current()?.run.end ?? 0) >= size,
    buffered: () => {
      const run = current()?.run;
      if (run === undefined || size === null || size === 0) return { from: 0, to: 0 };
      return { from: run.start / size, to: run.end / size };
    },
    dispose: () => {
      isDisposed = true;
      for (const line of lines) close(line);
      lines = [];
    },
  };
};
