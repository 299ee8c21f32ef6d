/** Which tracks a smart playlist holds now: a plain reading of its rules over facts, in one pass and one sort. */
import { assertNever } from '../../playback/assert-never.ts';
import { tieOf } from '../../search-text/order-keys.ts';
import { normalise } from '../../search-text/normalise.ts';
import { eachInSteps, finished, sortedInSteps, type Steps } from '../../work/steps.ts';
import { compareText } from '../pieces.ts';
import type { TrackFacts } from './facts.ts';
import type {
  NumberField,
  NumberTest,
  SmartCondition,
  SmartGroup,
  SmartRules,
  SmartSort,
  TextField,
  TextTest,
  TimeField,
} from './rules.ts';

type Test = (facts: TrackFacts) => boolean;
const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

const TEXTS: Readonly<Record<TextField, (facts: TrackFacts) => readonly string[]>> = {
  title: ({ title }) => [title],
  artist: ({ artists }) => artists,
  album: ({ album }) => [album],
  genre: ({ genres }) => genres,
};
const NUMBERS: Readonly<Record<NumberField, (facts: TrackFacts) => number | null>> = {
  year: ({ year }) => year,
  plays: ({ plays }) => plays,
  loudnessLufs: ({ loudnessLufs }) => loudnessLufs,
  durationMs: ({ durationMs }) => durationMs,
};
const TIMES: Readonly<Record<TimeField, (facts: TrackFacts) => number | null>> = {
  added: ({ addedMs }) => addedMs,
  lastPlayed: ({ lastPlayedMs }) => lastPlayedMs,
};

const textTest = (field: TextField, test: TextTest, text: string): Test => {
  const textsOf = TEXTS[field];
  const wanted = normalise(text);
  switch (test) {
    case 'is':
      return (facts) => textsOf(facts).includes(wanted);
    case 'isNot':
      return (facts) => !textsOf(facts).includes(wanted);
    case 'contains':
      return (facts) => textsOf(facts).some((each) => each.includes(wanted));
    case 'containsNot':
      return (facts) => !textsOf(facts).some((each) => each.includes(wanted));
    default:
      return assertNever(test);
  }
};
const numberTest = (field: NumberField, test: NumberTest, value: number): Test => {
  const numberOf = NUMBERS[field];
  switch (test) {
    case 'is':
      return (facts) => numberOf(facts) === value;
    case 'isNot':
      return (facts) => numberOf(facts) !== value;
    case 'over':
      return (facts) => (numberOf(facts) ?? -Infinity) > value;
    case 'under':
      return (facts) => (numberOf(facts) ?? Infinity) < value;
    default:
      return assertNever(test);
  }
};

const testOf = (condition: SmartCondition | SmartGroup, nowMs: number): Test => {
  switch (condition.kind) {
    case 'text':
      return textTest(condition.field, condition.test, condition.text);
    case 'number':
      return numberTest(condition.field, condition.test, condition.value);
    case 'recent': {
      const timeOf = TIMES[condition.field];
      const sinceMs = nowMs - condition.days * DAY_MS;
      const isWanted = condition.test === 'inTheLast';
      return (facts) => (timeOf(facts) ?? -Infinity) >= sinceMs === isWanted;
    }
    case 'time': {
      const timeOf = TIMES[condition.field];
      const { atMs } = condition;
      return condition.test === 'over'
        ? (facts) => (timeOf(facts) ?? -Infinity) >= atMs
        : (facts) => (timeOf(facts) ?? Infinity) < atMs;
    }
    case 'liked':
      return ({ isLiked }) => isLiked === condition.value;
    case 'group':
      return allOrAny(condition.match, condition.conditions, nowMs);
    default:
      return assertNever(condition);
  }
};
const allOrAny = (
  match: SmartRules['match'],
  conditions: readonly (SmartCondition | SmartGroup)[],
  nowMs: number,
): Test => {
  if (conditions.length === 0) return () => true;
  const tests = conditions.map((condition) => testOf(condition, nowMs));
  return match === 'all'
    ? (facts) => tests.every((test) => test(facts))
    : (facts) => tests.some((test) => test(facts));
};

/** Null comes last. */
type SortValue = number | string | null;
const sortValue = (by: SmartSort, nowMs: number): ((facts: TrackFacts) => SortValue) => {
  switch (by) {
    case 'title':
      return ({ title }) => title;
    case 'artist':
      return ({ artists }) => artists[0] ?? null;
    case 'album':
      return ({ album }) => album;
    case 'added':
    case 'lastPlayed':
      return TIMES[by];
    case 'year':
    case 'plays':
    case 'durationMs':
    case 'loudnessLufs':
      return NUMBERS[by];
    case 'shuffled': {
      const day = Math.floor(nowMs / DAY_MS);
      return ({ trackId }) => tieOf(`${day} ${trackId}`);
    }
    default:
      return assertNever(by);
  }
};

const compareValues = (one: SortValue, other: SortValue, direction: 1 | -1): number => {
  if (one === null || other === null) return one === other ? 0 : one === null ? 1 : -1;
  return one === other ? 0 : one < other ? -direction : direction;
};

const withinMinutes = (tracks: readonly TrackFacts[], minutes: number): readonly TrackFacts[] => {
  let leftMs = minutes * MINUTE_MS;
  const end = tracks.findIndex(({ durationMs }) => (leftMs -= durationMs) < 0);
  return end < 0 ? tracks : tracks.slice(0, end);
};

/** Whether a track passes the rules, whatever its place in the order. Rules are read once, for all tracks that are asked about. */
export const smartTest = (rules: Pick<SmartRules, 'match' | 'rules'>, nowMs: number): Test =>
  allOrAny(rules.match, rules.rules, nowMs);

/** The tracks of a smart playlist, in its order. The same facts and time give the same on every device. */
export const smartTracks = (
  rules: SmartRules,
  facts: Iterable<TrackFacts>,
  nowMs: number,
): readonly TrackFacts[] => finished(smartTracksInSteps(rules, facts, nowMs));

/** The same; the facts are asked for as they are looked at. */
export function* smartTracksInSteps(
  rules: SmartRules,
  facts: Iterable<TrackFacts>,
  nowMs: number,
): Steps<readonly TrackFacts[]> {
  const test = smartTest(rules, nowMs);
  const valueOf = sortValue(rules.sort.by, nowMs);
  const direction = rules.sort.descending ? -1 : 1;
  const passed: { readonly facts: TrackFacts; readonly value: SortValue }[] = [];
  yield* eachInSteps(facts, (each) => {
    if (test(each)) passed.push({ facts: each, value: valueOf(each) });
  });
  const sorted = yield* sortedInSteps(
    passed,
    (one, other) =>
      compareValues(one.value, other.value, direction) || compareText(one.facts.trackId, other.facts.trackId),
  );
  const tracks = sorted.map(({ facts }) => facts);
  const { limit } = rules;
  if (limit === null) return tracks;
  switch (limit.kind) {
    case 'tracks':
      return tracks.slice(0, limit.tracks);
    case 'minutes':
      return withinMinutes(tracks, limit.minutes);
    default:
      return assertNever(limit);
  }
}
