/** What a service keeps of plays, by the same rules, in memory; requests and answers are lost as a test says. */
import type { Track } from '../../src/contract/catalog-http.ts';
import { HostFailure } from '../../src/contract/host-error.ts';
import type { Play } from '../../src/contract/library-http.ts';
import { dayOfPlay, isRemovedBy, unionOfPlays, type Removal } from '../../src/core/history/shared-plays.ts';
import type { PlaysClient } from '../../src/main/history/plays-client.ts';

export type Fate = 'answered' | 'not_asked' | 'not_answered';

export interface PlaysStandIn {
  readonly client: PlaysClient;
  /** Of the stamps that came with each request. */
  readonly sent: readonly (readonly string[])[];
  plays(): readonly Play[];
  /** What becomes of the next requests, in their order; after them everything is answered. */
  fates: Fate[];
  readonly catalog: Map<string, Track>;
}

export const createPlaysStandIn = (nowMs: () => number): PlaysStandIn => {
  let kept: readonly Play[] = [];
  const removed = new Set<string>();
  const removals: Removal[] = [];
  const catalog = new Map<string, Track>();
  const sent: (readonly string[])[] = [];
  const standIn: { fates: Fate[] } = { fates: [] };

  const plays = (): readonly Play[] =>
    unionOfPlays(
      kept,
      ({ stamp, playedAt }) =>
        removed.has(stamp) ||
        removals.some((one) => isRemovedBy(one, { stamp, beganMs: Date.parse(playedAt) })),
    );
  const dayOf = ({ playedAt }: Play): string => dayOfPlay(Date.parse(playedAt));
  const ofDay = (day: string) => ({
    plays: plays().filter((play) => dayOf(play) === day),
    removed: [...removed],
  });
  const tagOf = (day: string): string => `${day}:${JSON.stringify(ofDay(day)).length}:${sent.length}`;
  const asked = async <Answer>(work: () => Answer): Promise<Answer> => {
    const fate = standIn.fates.shift() ?? 'answered';
    if (fate === 'not_asked') throw new HostFailure('service_unreachable', 'lost on the way');
    const answer = work();
    if (fate === 'not_answered') throw new HostFailure('service_unreachable', 'the answer was lost');
    return answer;
  };

  return Object.assign(standIn, {
    plays,
    sent,
    catalog,
    client: {
      send: (device: string, more: readonly Play[]) =>
        asked(() => {
          if (more.some(({ stamp }) => !stamp.endsWith(device))) throw new Error('not of that device');
          sent.push(more.map(({ stamp }) => stamp));
          kept = [...kept, ...more];
        }),
      remove: (some: readonly { readonly stamp: string }[]) =>
        asked(() => some.forEach(({ stamp }) => removed.add(stamp))),
      removeBefore: (beforeMs: number) => asked(() => void removals.push({ beforeMs, atMs: nowMs() })),
      days: () =>
        asked(() => ({
          removals: removals.map(({ beforeMs, atMs }) => ({
            before: new Date(beforeMs).toISOString(),
            at: new Date(atMs).toISOString(),
          })),
          days: [...new Set(plays().map(dayOf))].toSorted().map((day) => ({ day, tag: tagOf(day) })),
        })),
      // Two at a time, however many are asked for.
      ofDays: (days: readonly string[]) =>
        asked(() => ({ days: days.slice(0, 2).map((day) => ({ day, tag: tagOf(day), ...ofDay(day) })) })),
      tracks: (ids: readonly string[]) => asked(() => ids.flatMap((id) => catalog.get(id) ?? [])),
    },
  });
};
