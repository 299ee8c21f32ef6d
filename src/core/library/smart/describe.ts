/**
 * Smart rules as phrases that the screen has sentences for: a closed set of names, each with the values its sentence takes. So a
 * playlist can say in either language what it holds, and no sentence is put together from words.
 */
import { assertNever } from '../../playback/assert-never.ts';
import type {
  Match,
  NumberField,
  NumberTest,
  SmartCondition,
  SmartRules,
  SmartSort,
  TextField,
  TextTest,
  TimeField,
} from './rules.ts';

export type SmartPhrase =
  | { readonly name: `${TextField}.${TextTest}`; readonly values: { readonly text: string } }
  | { readonly name: `${NumberField}.${NumberTest}`; readonly values: { readonly number: number } }
  | {
      readonly name: `${TimeField}.${'inTheLast' | 'notInTheLast'}`;
      readonly values: { readonly days: number };
    }
  | { readonly name: `${TimeField}.${'over' | 'under'}`; readonly values: { readonly atMs: number } }
  | { readonly name: 'liked' | 'notLiked'; readonly values: Readonly<Record<string, never>> };

export interface SmartDescription {
  /** How the parts hang together; of one part it says nothing. */
  readonly match: Match;
  readonly parts: readonly (
    SmartPhrase | { readonly match: Match; readonly parts: readonly SmartPhrase[] }
  )[];
  readonly sort: `${SmartSort}.${'ascending' | 'descending'}`;
  readonly limit: SmartRules['limit'];
}

const phraseOf = (condition: SmartCondition): SmartPhrase => {
  switch (condition.kind) {
    case 'text':
      return { name: `${condition.field}.${condition.test}`, values: { text: condition.text } };
    case 'number':
      return { name: `${condition.field}.${condition.test}`, values: { number: condition.value } };
    case 'recent':
      return { name: `${condition.field}.${condition.test}`, values: { days: condition.days } };
    case 'time':
      return { name: `${condition.field}.${condition.test}`, values: { atMs: condition.atMs } };
    case 'liked':
      return { name: condition.value ? 'liked' : 'notLiked', values: {} };
    default:
      return assertNever(condition);
  }
};

export const describeSmart = ({ match, rules, sort, limit }: SmartRules): SmartDescription => ({
  match,
  parts: rules.map((rule) =>
    rule.kind === 'group' ? { match: rule.match, parts: rule.conditions.map(phraseOf) } : phraseOf(rule),
  ),
  sort: `${sort.by}.${sort.descending ? 'descending' : 'ascending'}`,
  limit,
});
