/**
 * Keeps the history of this computer and the service's the same: says what was removed here, reads the days that are others there, sends
 * what was played here. One round at a time; what comes meanwhile is done in the next.
 *
 * It rests until something is to be sent or may be other there; after a failure until the service is reached again, or ever longer.
 * Everything that waits is on the disk, and whatever is asked may be asked again.
 */
import type { Track } from '../../contract/catalog-http.ts';
import { HostFailure } from '../../contract/host-error.ts';
import { MOST_PLAY_DAYS, playSchema, type Play } from '../../contract/library-http.ts';
import { keptSinceMs, type HistoryKeep } from '../../core/history/listening.ts';
import { batchesToSend, daysToRead, type KnownPlay } from '../../core/history/shared-plays.ts';
import { pause } from '../in-slices.ts';
import { retryMs } from '../library/retry-ms.ts';
import type { Clock, Log } from '../ports.ts';
import type { History } from './history.ts';
import type { PlaysClient } from './plays-client.ts';
import type { ReadDay } from './shared-rows.ts';

export interface HistorySync {
  /** Something was played or removed here. */
  toSend(): void;
  /** Something may be other there. */
  look(): void;
  serviceReached(): void;
  /** Resolves when what is being done is over. */
  settled(): Promise<void>;
}

const MOST_IN_REQUEST = 500;
/** Looked at in one go; the next ones follow. */
const MOST_UNSENT = 1_000;
/** With so many plays days are written in one go; others have their turn in between. */
const MOST_TAKEN = 500;

const playOf = ({ stamp, trackId, beganMs, heardMs }: KnownPlay): Play => ({
  stamp,
  trackId,
  playedAt: new Date(beganMs).toISOString(),
  heardMs,
});

export const createHistorySync = (options: {
  readonly history: Pick<History, 'sharing'>;
  readonly client: PlaysClient;
  readonly keep: () => HistoryKeep;
  /** Those of them that the catalog has. */
  readonly findTracks: (trackIds: readonly string[]) => Promise<readonly Track[]>;
  readonly isUnreachable: () => boolean;
  readonly clock: Clock;
  readonly closing: AbortSignal;
  readonly log: Log;
}): HistorySync => {
  const { history, client, keep, findTracks, isUnreachable, clock, closing, log } = options;
  const { sharing } = history;
  let running: Promise<void> | null = null;
  let isDue = false;
  let isToRead = true;
  /** Plays whose tracks nobody knew were looked at since the start. */
  let areNamed = false;
  let failures = 0;
  let resting: AbortController | null = null;

  const tellRemovals = async (): Promise<void> => {
    for (;;) {
      const waiting = sharing((rows) => rows.toRemove(MOST_IN_REQUEST));
      const [first] = waiting;
      if (first === undefined) return;
      // In their order; single ones that follow each other go together.
      const end = first.kind === 'before' ? 1 : waiting.findIndex(({ kind }) => kind === 'before');
      const asked = end === -1 ? waiting : waiting.slice(0, end);
      const seqs = asked.map(({ seq }) => seq);
      sharing((rows) => rows.removalsAsked(seqs));
      if (first.kind === 'before') await client.removeBefore(first.beforeMs);
      else
        await client.remove(
          asked.flatMap((one) =>
            one.kind === 'single'
              ? [{ stamp: one.stamp, playedAt: new Date(one.beganMs).toISOString() }]
              : [],
          ),
        );
      sharing((rows) => rows.removalsDone(seqs));
    }
  };

  const tracksOf = (trackIds: Iterable<string>): Promise<readonly Track[]> =>
    findTracks(sharing((rows) => rows.unknownTracks(trackIds)));
  const isOther = (other: boolean): boolean => other;
  const take = async (days: readonly ReadDay[]): Promise<void> => {
    const tracks = await tracksOf(days.flatMap(({ plays }) => plays.map(({ trackId }) => trackId)));
    const sinceMs = keep() === 'all' ? 0 : keptSinceMs(keep(), clock.now());
    for (let taken = 0; taken < days.length;) {
      const some: ReadDay[] = [];
      const trackIds = new Set<string>();
      for (let plays = 0; plays < MOST_TAKEN && taken < days.length; taken += 1) {
        const day = days[taken];
        if (day === undefined) break;
        some.push(day);
        plays += day.plays.length;
        for (const { trackId } of day.plays) trackIds.add(trackId);
      }
      const ofThese = tracks.filter(({ id }) => trackIds.has(id));
      sharing((rows) => rows.take(some, ofThese, sinceMs), isOther);
      await pause();
    }
  };

  const read = async (): Promise<void> => {
    // Nothing is kept here, so nothing is asked for.
    if (keep() === 'none') return;
    const wanted = keep();
    sharing((rows) => {
      if (rows.keptWhenRead() === wanted) return;
      rows.forgetTags();
      rows.readWith(wanted);
    });
    const { removals, days } = await client.days();
    sharing(
      (rows) =>
        rows.remove(
          removals.map(({ before, at }) => ({ beforeMs: Date.parse(before), atMs: Date.parse(at) })),
        ),
      isOther,
    );
    const { changed, gone } = daysToRead(
      sharing((rows) => rows.tags()),
      new Map(days.map(({ day, tag }) => [day, tag])),
    );
    await take(gone.map((day) => ({ day, tag: null, plays: [], removed: [] })));
    // The newest first: they are what is looked at.
    let left = changed.toReversed();
    while (left.length > 0) {
      const answer = await client.ofDays(left.slice(0, MOST_PLAY_DAYS));
      const asked = new Set(left);
      const told = answer.days.filter(({ day }) => asked.has(day));
      if (told.length === 0)
        throw new HostFailure('service_unreachable', 'the answer is not about the days that were asked for');
      await take(
        told.map(({ day, tag, plays, removed }) => ({
          day,
          tag,
          removed,
          plays: plays.map(({ playedAt, ...play }) => ({ ...play, beganMs: Date.parse(playedAt) })),
        })),
      );
      const done = new Set(told.map(({ day }) => day));
      left = left.filter((day) => !done.has(day));
    }
    if (areNamed) return;
    const tracks = await tracksOf(sharing((rows) => rows.unnamed()));
    sharing((rows) => rows.name(tracks), isOther);
    areNamed = true;
  };

  const sendPlays = async (): Promise<void> => {
    for (;;) {
      const waiting = sharing((rows) => rows.unsent(MOST_UNSENT));
      if (waiting.length === 0) return;
      const fit = waiting.filter((play) => playSchema.safeParse(playOf(play)).success);
      if (fit.length < waiting.length) {
        const sendable = new Set(fit);
        const unfit = waiting.filter((play) => !sendable.has(play));
        log.warn('plays that the service would not take stay here', { plays: unfit.length });
        sharing((rows) => rows.keptHere(unfit.map(({ stamp }) => stamp)));
      }
      for (const { device, plays } of batchesToSend(fit, MOST_IN_REQUEST)) {
        await client.send(device, plays.map(playOf));
        sharing((rows) => rows.sent(plays));
      }
    }
  };

  const round = async (): Promise<void> => {
    isDue = false;
    const isReading = isToRead;
    isToRead = false;
    try {
      if (isUnreachable()) throw new HostFailure('service_unreachable', 'the service is not reached');
      await tellRemovals();
      if (isReading) await read();
      await sendPlays();
      failures = 0;
    } catch (error) {
      isToRead ||= isReading;
      if (closing.aborted) return;
      if (!(error instanceof HostFailure) || error.code === 'storage_failed')
        log.error('history could not be brought up to date', { error });
      failures += 1;
    }
  };
  const rest = async (): Promise<void> => {
    if (closing.aborted) return;
    if (isDue) {
      begin();
      return;
    }
    if (failures === 0) return;
    const aborting = new AbortController();
    resting = aborting;
    try {
      await clock.wait(retryMs(failures - 1), AbortSignal.any([aborting.signal, closing]));
    } catch {
      // It is done before, or the account is closed.
      return;
    }
    begin();
  };
  const begin = (): void => {
    resting?.abort();
    resting = null;
    if (running !== null || closing.aborted) return;
    running = round().finally(() => {
      running = null;
      void rest();
    });
  };
  const soon = (): void => {
    isDue = true;
    begin();
  };

  return {
    toSend() {
      // While the service is away it is tried when it is time.
      if (failures === 0) soon();
    },
    look() {
      isToRead = true;
      soon();
    },
    serviceReached() {
      if (failures > 0 && running === null) soon();
    },
    async settled() {
      await running;
    },
  };
};
