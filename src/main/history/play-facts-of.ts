import type { PlayFact, PlayFacts } from '../library/play-facts.ts';
import type { History } from './history.ts';

const NEVER: PlayFact = { plays: 0, lastPlayedMs: null };

/** Counted over the whole history; counted anew when it has changed and somebody asks. */
export const playFactsOf = (history: Pick<History, 'counts' | 'revision'>): PlayFacts => {
  let counted = -1;
  let facts: ReadonlyMap<string, PlayFact> = new Map();
  return {
    of(trackId) {
      if (counted !== history.revision()) {
        facts = new Map(
          history.counts().map(({ trackId: id, plays, lastMs }) => [id, { plays, lastPlayedMs: lastMs }]),
        );
        counted = history.revision();
      }
      return facts.get(trackId) ?? NEVER;
    },
    revision: () => history.revision(),
  };
};
