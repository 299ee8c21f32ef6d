import type { PlayFact, PlayFacts } from '../library/play-facts.ts';
import type { History } from './history.ts';
import { HISTORY_LIMIT } from './recent-plays.ts';

const NEVER: PlayFact = { plays: 0, lastPlayedMs: null };

/** Counted over what the history still has; made anew when there was a play. */
export const playFactsOf = (history: Pick<History, 'recent'>): PlayFacts => {
  let newest: unknown = null;
  let revision = 0;
  let facts: ReadonlyMap<string, PlayFact> = new Map();
  const look = (): void => {
    const [entry] = history.recent(1);
    if (entry === newest) return;
    newest = entry;
    revision += 1;
    const counted = new Map<string, PlayFact>();
    for (const { track, playedAt } of history.recent(HISTORY_LIMIT)) {
      const { plays, lastPlayedMs } = counted.get(track.id) ?? NEVER;
      counted.set(track.id, { plays: plays + 1, lastPlayedMs: lastPlayedMs ?? Date.parse(playedAt) });
    }
    facts = counted;
  };
  return {
    of(trackId) {
      look();
      return facts.get(trackId) ?? NEVER;
    },
    revision() {
      look();
      return revision;
    },
  };
};
