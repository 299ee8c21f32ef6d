import { Presets, SingleBar } from 'cli-progress';
import type { PublishProgress } from '../publish/publish-report.ts';

/** Shows where a run is: a bar on a terminal, a line every few seconds anywhere else. */
export interface ProgressDisplay {
  show(progress: PublishProgress): void;
  stop(): void;
}

const LINE_EVERY_MS = 5000;

export function createProgressDisplay(output: NodeJS.WriteStream): ProgressDisplay {
  return output.isTTY ? barDisplay(output) : lineDisplay(output);
}

function barDisplay(output: NodeJS.WriteStream): ProgressDisplay {
  const bar = new SingleBar(
    {
      format:
        '{phase} {bar} {percentage}% · {value}/{total} · {rate} · {left} · {uploaded} uploaded{encoded}',
      stream: output,
      hideCursor: true,
      clearOnComplete: true,
      stopOnComplete: false,
      fps: 8,
    },
    Presets.rect,
  );
  const pace = createPace();
  let isStarted = false;
  return {
    show: (progress) => {
      const facts = { ...factsOf(progress, pace.of(progress)), phase: phaseName(progress) };
      if (!isStarted) bar.start(Math.max(1, progress.total), progress.done, facts);
      isStarted = true;
      bar.setTotal(Math.max(1, progress.total));
      bar.update(progress.done, facts);
    },
    stop: () => {
      if (isStarted) bar.stop();
    },
  };
}

function lineDisplay(output: NodeJS.WriteStream): ProgressDisplay {
  const pace = createPace();
  let lastLineAt = performance.now();
  return {
    show: (progress) => {
      const facts = factsOf(progress, pace.of(progress));
      if (!isLong(progress) || performance.now() - lastLineAt < LINE_EVERY_MS) return;
      lastLineAt = performance.now();
      output.write(
        `${phaseName(progress)}: ${progress.done} of ${progress.total}, ${facts.rate}, ${facts.left}, ${facts.uploaded} uploaded${facts.encoded}\n`,
      );
    },
    stop: () => undefined,
  };
}

interface Pace {
  /** Null until there is something to say. */
  readonly perSecond: number | null;
  readonly secondsLeft: number | null;
}

const isLong = ({ phase }: PublishProgress): boolean => phase === 'reading' || phase === 'encoding';

/** Counts from where the phase began: files that did not change took no time. */
function createPace(): { of(progress: PublishProgress): Pace } {
  let start: Pick<PublishProgress, 'phase' | 'done'> & { readonly at: number } = {
    phase: 'scanning',
    done: 0,
    at: 0,
  };
  return {
    of: (progress) => {
      const { phase, done, total } = progress;
      if (!isLong(progress)) return { perSecond: null, secondsLeft: null };
      if (start.phase !== phase) start = { phase, done, at: performance.now() };
      const seconds = (performance.now() - start.at) / 1000;
      const count = done - start.done;
      if (seconds < 0.5 || count <= 0) return { perSecond: null, secondsLeft: null };
      const perSecond = count / seconds;
      return { perSecond, secondsLeft: (total - done) / perSecond };
    },
  };
}

function factsOf(
  progress: PublishProgress,
  pace: Pace,
): Readonly<Record<'rate' | 'left' | 'uploaded' | 'encoded', string>> {
  const { tracks, bytes } = progress.encoded;
  return {
    rate: pace.perSecond === null ? '– tracks/s' : `${pace.perSecond.toFixed(1)} tracks/s`,
    left: pace.secondsLeft === null ? 'time left unknown' : `${durationText(pace.secondsLeft)} left`,
    uploaded: bytesText(progress.uploadedBytes),
    encoded: tracks === 0 ? '' : `, ${tracks} files encoded (${bytesText(bytes)})`,
  };
}

const phaseName = ({ phase }: PublishProgress): string =>
  ({ scanning: 'Looking', reading: 'Reading', encoding: 'Encoding', committing: 'Writing the catalog' })[
    phase
  ];

/** `42 s`, `3 min 20 s`, `2 h 5 min`. */
export function durationText(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}

const UNITS = ['bytes', 'kB', 'MB', 'GB', 'TB'];

/** Decimal units, as disks and networks are sold: `842 bytes`, `12.4 MB`. */
export function bytesText(bytes: number): string {
  const power = bytes < 1000 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1000 ** power;
  return `${power === 0 ? value : value.toFixed(1)} ${UNITS[power]}`;
}
