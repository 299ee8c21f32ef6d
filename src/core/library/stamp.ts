/**
 * Hybrid logical clocks (Kulkarni et al., Logical Physical Clocks, 2014): stamps that follow the wall clock as well as clocks
 * agree, and never run against cause and effect. A stamp is 23 characters, sortable as text: 9 of milliseconds since 1970 (base 36,
 * until the year 5188), 4 of a counter within one millisecond, 10 of the device that made it. No two operations share one.
 */
export type Stamp = string;

const WALL_LETTERS = 9;
const COUNTER_LETTERS = 4;
const DEVICE_LETTERS = 10;
const MOST_COUNTER = 36 ** COUNTER_LETTERS - 1;
const MOST_WALL_MS = 36 ** WALL_LETTERS - 1;
/** No operation was made before there was such a program: a clock that says so is not set. */
const EARLIEST_WALL_MS = Date.UTC(2024, 0, 1);
/** Later than this no clock of today is right (year 2200); it keeps a broken one from using up the room of the format. */
const LATEST_WALL_MS = Date.UTC(2200, 0, 1);

/** How far ahead of the service's clock a stamp may be that it still takes: clocks are seldom a minute off, let alone five. */
export const MOST_AHEAD_MS = 5 * 60_000;

export const STAMP_PATTERN = /^[0-9a-z]{23}$/;
export const DEVICE_PATTERN = /^[0-9a-z]{10}$/;

export interface StampParts {
  readonly wallMs: number;
  readonly counter: number;
  readonly device: string;
}

/** Throws a `RangeError` for parts outside the format. */
export const stampOf = ({ wallMs, counter, device }: StampParts): Stamp => {
  const isWithin = (value: number, most: number): boolean =>
    Number.isInteger(value) && value >= 0 && value <= most;
  if (!isWithin(wallMs, MOST_WALL_MS) || !isWithin(counter, MOST_COUNTER) || !DEVICE_PATTERN.test(device))
    throw new RangeError(
      'A stamp takes a time until 5188, a counter under 36^4 and ten characters of device.',
    );
  return (
    wallMs.toString(36).padStart(WALL_LETTERS, '0') +
    counter.toString(36).padStart(COUNTER_LETTERS, '0') +
    device
  );
};

/** The parts of a stamp that has the pattern. */
export const partsOf = (stamp: Stamp): StampParts => ({
  wallMs: wallMsOf(stamp),
  counter: Number.parseInt(stamp.slice(WALL_LETTERS, WALL_LETTERS + COUNTER_LETTERS), 36),
  device: deviceOf(stamp),
});
export const wallMsOf = (stamp: Stamp): number => Number.parseInt(stamp.slice(0, WALL_LETTERS), 36);
export const deviceOf = (stamp: Stamp): string => stamp.slice(-DEVICE_LETTERS);

export interface StampClock {
  /** Higher than every stamp given or observed before. */
  next(): Stamp;
  /** Another's stamp was seen: what is made from now on comes after it. */
  observe(stamp: Stamp): void;
  /** The highest given or observed; kept, it is where the clock goes on after a restart. Null at first. */
  last(): Stamp | null;
}

/**
 * One clock a device and account. `now` is the wall clock in milliseconds, corrected by what is known of the service's; what it says
 * outside of 2024 to 2200 is held to those years. Within one millisecond, or while the wall clock stands behind what was seen, the
 * counter grows.
 */
export const createStampClock = (options: {
  readonly device: string;
  readonly now: () => number;
  readonly last: Stamp | null;
}): StampClock => {
  const { device, now } = options;
  let last = options.last === null ? null : partsOf(options.last);
  const after = (parts: StampParts): StampParts =>
    parts.counter < MOST_COUNTER
      ? { wallMs: parts.wallMs, counter: parts.counter + 1, device }
      : { wallMs: parts.wallMs + 1, counter: 0, device };
  return {
    next() {
      const wallMs = Math.min(Math.max(Math.floor(now()) || 0, EARLIEST_WALL_MS), LATEST_WALL_MS);
      last = last === null || wallMs > last.wallMs ? { wallMs, counter: 0, device } : after(last);
      return stampOf(last);
    },
    observe(stamp) {
      if (last === null || stamp > stampOf(last)) last = partsOf(stamp);
    },
    last: () => (last === null ? null : stampOf(last)),
  };
};
