import { assertNever } from '../../core/playback/assert-never.ts';
import type { ScrobblerName } from '../../contract/scrobbling.ts';
import type { Clock, Log } from '../ports.ts';
import type { ScrobbleBox } from './scrobble-box.ts';
import type { Later, Scrobble, ScrobbleService } from './scrobble-service.ts';

export type SenderProblem = 'invalid_token' | 'unreachable' | 'busy' | 'limit';

/** Tells one service what waits for it, in its order, a batch at a time; one that may have arrived is asked about first. */
export interface ScrobbleSender {
  problem(): SenderProblem | null;
  /** Something was added. What waits for a later time goes on waiting for it. */
  added(): void;
  /** There is a network again: what failed for want of one is tried now. */
  networkBack(): void;
  /** Sends nothing any more; resolves when nothing is written any more. */
  close(): Promise<void>;
}

const FIRST_RETRY_MS = 30_000;
const LONGEST_RETRY_MS = 30 * 60_000;
const DAY_LIMIT_MS = 3_600_000;

/** What a round came to: everything told, or when to go on. */
type Rest = { readonly kind: 'done' } | { readonly kind: 'stopped' } | Later;

export const createScrobbleSender = (options: {
  readonly scrobbler: ScrobblerName;
  readonly service: ScrobbleService;
  readonly box: ScrobbleBox;
  readonly clock: Clock;
  readonly onChange: () => void;
  readonly log: Log;
}): ScrobbleSender => {
  const { scrobbler, service, box, clock, onChange, log } = options;
  const closing = new AbortController();
  let problem: SenderProblem | null = null;
  let failures = 0;
  let isDue = true;
  let resting: AbortController | null = null;
  let running: Promise<void> | null = null;
  /** One at a time, until what is wrong in a batch has been found. */
  let singles = 0;

  const idsOf = (scrobbles: readonly Scrobble[]): readonly string[] => scrobbles.map(({ id }) => id);
  const unclear: Later = { kind: 'later', cause: 'unreachable', afterMs: null };
  const STOPPED: Rest = { kind: 'stopped' };
  const stop = (): Rest => {
    problem = 'invalid_token';
    return STOPPED;
  };

  /** What was sent without an answer, before anything else is sent. Null: that is settled. */
  const settleAsked = async (): Promise<Rest | null> => {
    for (;;) {
      const asked = box.asked(scrobbler, service.mostAtOnce);
      if (asked.length === 0) return null;
      const found = await service.look(asked);
      switch (found.kind) {
        case 'told':
          box.taken(scrobbler, found.taken, clock.now());
          box.mark(
            scrobbler,
            idsOf(asked).filter((id) => !found.taken.has(id)),
            'waiting',
          );
          break;
        case 'send_again':
          box.mark(scrobbler, idsOf(asked), 'waiting');
          break;
        case 'cannot_tell':
          box.refuse(scrobbler, new Map(idsOf(asked).map((id) => [id, 'unclear'])));
          break;
        case 'later':
          return found;
        case 'invalid_token':
          return stop();
        default:
          return assertNever(found);
      }
      onChange();
    }
  };

  /** Null: go on with the next batch. */
  const sendBatch = async (batch: readonly Scrobble[]): Promise<Rest | null> => {
    const ids = idsOf(batch);
    box.mark(scrobbler, ids, 'asked');
    const outcome = await service.send(batch);
    switch (outcome.kind) {
      case 'taken': {
        const { refused, limited } = outcome;
        box.refuse(scrobbler, refused);
        box.mark(scrobbler, limited, 'waiting');
        box.taken(
          scrobbler,
          ids.filter((id) => !refused.has(id) && !limited.has(id)),
          clock.now(),
        );
        singles = Math.max(0, singles - batch.length);
        return limited.size === 0 ? null : { kind: 'later', cause: 'limit', afterMs: DAY_LIMIT_MS };
      }
      case 'later':
        box.mark(scrobbler, ids, 'waiting');
        return outcome;
      case 'unclear':
        return unclear;
      case 'invalid_token':
        box.mark(scrobbler, ids, 'waiting');
        return stop();
      case 'malformed':
        if (batch.length === 1) {
          box.refuse(scrobbler, new Map(ids.map((id) => [id, 'malformed'])));
          singles = Math.max(0, singles - 1);
        } else {
          box.mark(scrobbler, ids, 'waiting');
          singles = batch.length;
        }
        return null;
      default:
        return assertNever(outcome);
    }
  };

  const round = async (): Promise<Rest> => {
    const unsettled = await settleAsked();
    if (unsettled !== null) return unsettled;
    for (;;) {
      const batch = box.next(scrobbler, singles > 0 ? 1 : service.mostAtOnce);
      if (batch.length === 0) return { kind: 'done' };
      const rest = await sendBatch(batch);
      if (rest !== null) return rest;
      failures = 0;
      problem = null;
      onChange();
    }
  };

  const rest = async (milliseconds: number): Promise<void> => {
    resting = new AbortController();
    try {
      await clock.wait(milliseconds, AbortSignal.any([resting.signal, closing.signal]));
    } catch {
      // Woken, or over.
    }
    resting = null;
  };

  const waitOf = ({ cause, afterMs }: Later): number => {
    problem = cause;
    failures += 1;
    const grown = FIRST_RETRY_MS * 2 ** Math.min(failures - 1, 10);
    return Math.min(LONGEST_RETRY_MS * 2, Math.max(afterMs ?? 0, Math.min(LONGEST_RETRY_MS, grown)));
  };

  const run = async (): Promise<void> => {
    while (isDue && !closing.signal.aborted) {
      isDue = false;
      const result = await round();
      if (result.kind === 'later') {
        isDue = true;
        const milliseconds = waitOf(result);
        onChange();
        await rest(milliseconds);
      } else {
        if (result.kind === 'done') problem = null;
        onChange();
      }
    }
  };
  const start = (): void => {
    if (problem === 'invalid_token') return;
    isDue = true;
    running ??= run()
      .catch((error: unknown) => {
        if (!closing.signal.aborted) log.error('scrobbles are kept for later', { scrobbler, error });
      })
      .finally(() => {
        running = null;
        if (closing.signal.aborted) return;
        onChange();
        // Something was added at the very end.
        if (isDue) start();
      });
  };

  start();
  return {
    problem: () => problem,
    added: start,
    networkBack() {
      if (problem === 'unreachable') {
        failures = 0;
        resting?.abort();
      }
      start();
    },
    async close() {
      closing.abort();
      await running;
    },
  };
};
