/**
 * Preloaded into a program (`--import`): its wall clock is off by `RIFFLE_CLOCK_OFFSET_MS`, and goes forward by an hour with each
 * SIGUSR2. Only the wall clock: timers and monotonic time go on as they are, as they do when somebody sets the time.
 */
const now = Date.now.bind(Date);
let offsetMs = Number(process.env.RIFFLE_CLOCK_OFFSET_MS ?? 0);

process.on('SIGUSR2', () => {
  offsetMs += 3_600_000;
});

class ShiftedDate extends Date {
  constructor(...given) {
    super(...(given.length === 0 ? [now() + offsetMs] : given));
  }

  static now() {
    return now() + offsetMs;
  }
}
globalThis.Date = ShiftedDate;
