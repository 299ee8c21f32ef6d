/**
 * One way through a link. All flows share its rate, a segment each in turn, as flows through one router do; what has passed
 * the bottleneck travels for a while and arrives in order. TCP's own slow start and losses are not played.
 */

export interface DirectionShape {
  /** Infinity: as fast as the machine goes. */
  readonly bytesPerSecond: number;
  readonly delayMs: number;
  /** Each segment takes up to so much longer, evenly spread; order is kept. */
  readonly jitterMs: number;
}

export interface FlowEnds {
  /** Takes what arrives; false when it must be given time, until `Flow.drained`. */
  deliver(chunk: Uint8Array): boolean;
  /** Everything before the end has arrived. */
  ended(): void;
  /** True: send no more for now. */
  holdBack(isFull: boolean): void;
}

export interface Flow {
  /** `extraMs`: how much later than usual this arrives, and everything after it. */
  push(chunk: Uint8Array, extraMs: number): void;
  end(): void;
  drained(): void;
  /** Forgets what is under way. */
  close(): void;
}

export interface LinkDirection {
  /** Nothing of it arrives before `notBeforeMs` (of `performance.now`) plus the delay. */
  open(ends: FlowEnds, notBeforeMs: number): Flow;
  setShape(shape: DirectionShape): void;
  /** While cut, nothing moves; what is under way arrives that much later. */
  setCut(isCut: boolean): void;
  close(): void;
}

/** A slow link trickles packet by packet; on a fast one a few go together, so that it does not cost a core. */
const SMALLEST_SEGMENT_BYTES = 1460;
const LARGEST_SEGMENT_BYTES = 4 * 1024;
const SEGMENTS_PER_SECOND = 200;
/** What a flow may have under way, like a receive window; at 50 Mbit/s it fills 170 ms. */
const WINDOW_BYTES = 1024 * 1024;
/** A timer that comes late, on a busy machine, is made up for: a real link would not have waited for this process. */
const LONGEST_CATCH_UP_MS = 5_000;

const segmentBytes = ({ bytesPerSecond }: DirectionShape): number =>
  Number.isFinite(bytesPerSecond)
    ? Math.min(
        LARGEST_SEGMENT_BYTES,
        Math.max(SMALLEST_SEGMENT_BYTES, Math.ceil(bytesPerSecond / SEGMENTS_PER_SECOND)),
      )
    : Number.POSITIVE_INFINITY;

interface Travelling {
  /** Null: the end. */
  readonly chunk: Uint8Array | null;
  dueMs: number;
}

interface Waiting {
  /** Null: the end. */
  readonly chunk: Uint8Array | null;
  readonly extraMs: number;
}

export const createLinkDirection = (first: DirectionShape, random: () => number): LinkDirection => {
  let shape = first;
  let cutSinceMs: number | null = null;
  /** When the bottleneck is free again. */
  let freeMs = 0;
  let isBusy = false;
  let pumpTimer: NodeJS.Timeout | undefined;
  /** Those that have something to send, next one first. */
  const ready: (() => boolean)[] = [];
  const flows = new Set<{ readonly wake: () => void; readonly shift: (ms: number) => void }>();

  const departure = (bytes: number): number => {
    freeMs += (bytes / shape.bytesPerSecond) * 1000;
    return freeMs;
  };

  const pump = (): void => {
    clearTimeout(pumpTimer);
    pumpTimer = undefined;
    for (;;) {
      if (cutSinceMs !== null) return;
      const send = ready.shift();
      if (send === undefined) {
        isBusy = false;
        return;
      }
      const nowMs = performance.now();
      freeMs = Math.max(freeMs, isBusy ? nowMs - LONGEST_CATCH_UP_MS : nowMs);
      isBusy = true;
      if (freeMs > nowMs) {
        ready.unshift(send);
        pumpTimer = setTimeout(pump, freeMs - nowMs);
        return;
      }
      if (send()) ready.push(send);
    }
  };

  return {
    open(ends, notBeforeMs) {
      const waiting: Waiting[] = [];
      const travelling: Travelling[] = [];
      let heldBytes = 0;
      let lastDueMs = notBeforeMs + shape.delayMs;
      let isHeldBack = false;
      let sinkIsFull = false;
      let isClosed = false;
      let arrivalTimer: NodeJS.Timeout | undefined;

      const release = (bytes: number): void => {
        heldBytes -= bytes;
        if (isHeldBack && heldBytes < WINDOW_BYTES / 2) {
          isHeldBack = false;
          ends.holdBack(false);
        }
      };

      const arrive = (): void => {
        clearTimeout(arrivalTimer);
        arrivalTimer = undefined;
        for (;;) {
          if (cutSinceMs !== null || sinkIsFull || isClosed) return;
          const [next] = travelling;
          if (next === undefined) return;
          const waitMs = next.dueMs - performance.now();
          // Timers take whole milliseconds, rounded down: half a millisecond early is nearer than one late.
          if (waitMs > 0.5) {
            arrivalTimer = setTimeout(arrive, waitMs);
            return;
          }
          travelling.shift();
          if (next.chunk === null) ends.ended();
          else {
            sinkIsFull = !ends.deliver(next.chunk);
            release(next.chunk.byteLength);
          }
        }
      };

      const travel = (chunk: Uint8Array | null, departureMs: number, extraMs: number): void => {
        const takesMs = shape.delayMs + shape.jitterMs * random();
        lastDueMs = Math.max(lastDueMs, departureMs + takesMs) + extraMs;
        travelling.push({ chunk, dueMs: lastDueMs });
        if (arrivalTimer === undefined) arrive();
      };

      /** Sends one segment; true when there is more. */
      const send = (): boolean => {
        const next = waiting.shift();
        if (next === undefined || isClosed) return false;
        if (next.chunk === null) travel(null, freeMs, next.extraMs);
        else {
          const most = Math.min(segmentBytes(shape), next.chunk.byteLength);
          const segment = next.chunk.subarray(0, most);
          const rest = next.chunk.subarray(most);
          if (rest.byteLength > 0) waiting.unshift({ chunk: rest, extraMs: 0 });
          travel(segment, departure(segment.byteLength), next.extraMs);
        }
        return waiting.length > 0;
      };

      const wait = (entry: Waiting): void => {
        waiting.push(entry);
        if (waiting.length === 1) ready.push(send);
        if (pumpTimer === undefined) pump();
      };

      const entry = {
        wake: arrive,
        shift: (ms: number) => {
          lastDueMs += ms;
          for (const each of travelling) each.dueMs += ms;
        },
      };
      flows.add(entry);

      return {
        push(chunk, extraMs) {
          if (isClosed) return;
          heldBytes += chunk.byteLength;
          if (!isHeldBack && heldBytes > WINDOW_BYTES) {
            isHeldBack = true;
            ends.holdBack(true);
          }
          wait({ chunk, extraMs });
        },
        end() {
          if (!isClosed) wait({ chunk: null, extraMs: 0 });
        },
        drained() {
          sinkIsFull = false;
          if (arrivalTimer === undefined) arrive();
        },
        close() {
          isClosed = true;
          clearTimeout(arrivalTimer);
          waiting.length = 0;
          travelling.length = 0;
          flows.delete(entry);
        },
      };
    },

    setShape(next) {
      shape = next;
      // What is on its way keeps its time; a faster bottleneck does not wait for what the slower one would have taken.
      freeMs = Math.min(freeMs, performance.now());
      if (cutSinceMs === null) pump();
    },

    setCut(isCut) {
      if (isCut) {
        cutSinceMs ??= performance.now();
        return;
      }
      if (cutSinceMs === null) return;
      const cutMs = performance.now() - cutSinceMs;
      cutSinceMs = null;
      isBusy = false;
      for (const flow of flows) flow.shift(cutMs);
      for (const flow of flows) flow.wake();
      pump();
    },

    close() {
      clearTimeout(pumpTimer);
      ready.length = 0;
    },
  };
};
