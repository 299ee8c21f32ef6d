/** The sentence that says what a smart playlist holds. Made of whole phrases in either language, never of words. */
import { describeSmart, type SmartPhrase } from '../../core/library/smart/describe.ts';
import type { Match, SmartRules } from '../../core/library/smart/rules.ts';
import { formatCount, formatDate, formatDuration, formatLongDuration, formatSigned } from '../i18n/format.ts';
import { currentLanguage } from '../i18n/i18n.ts';
import type { useTexts } from '../i18n/use-texts.ts';

type PlaylistTexts = ReturnType<typeof useTexts<'playlists'>>;

const MINUTE_MS = 60_000;

/** What a phrase compares with, as it is read. A year has no separators. */
const valueOf = ({ name, values }: SmartPhrase): string => {
  if ('text' in values) return values.text;
  if ('days' in values) return formatCount(values.days);
  if ('atMs' in values) return formatDate(new Date(values.atMs).toISOString().slice(0, 10), 'day');
  if (!('number' in values)) return '';
  const field = name.split('.', 1)[0];
  if (field === 'year') return String(values.number);
  if (field === 'durationMs') return formatDuration(values.number);
  return field === 'loudnessLufs' ? formatSigned(values.number) : formatCount(values.number);
};

const joined = (match: Match, parts: readonly string[]): string =>
  new Intl.ListFormat(currentLanguage(), { type: match === 'all' ? 'conjunction' : 'disjunction' }).format(
    parts,
  );

export function smartSentence(t: PlaylistTexts, rules: SmartRules): string {
  const { match, parts, limit } = describeSmart(rules);
  const phrase = (part: SmartPhrase): string => t(`smart.phrases.${part.name}`, { value: valueOf(part) });
  const phrases = parts.map((part) =>
    'parts' in part
      ? t('smart.sentence.group', { rules: joined(part.match, part.parts.map(phrase)) })
      : phrase(part),
  );
  const what =
    phrases.length === 0
      ? t('smart.sentence.all')
      : t('smart.sentence.tracks', { rules: joined(match, phrases) });
  const { by, descending } = rules.sort;
  const order =
    by === 'shuffled'
      ? t('smart.sentence.shuffled')
      : t('smart.sentence.sorted', {
          sort: t(`smart.sorts.${by}`),
          direction: t(`smart.directions.${descending ? 'descending' : 'ascending'}`),
        });
  if (limit === null) return `${what} ${order}`;
  const most =
    limit.kind === 'tracks'
      ? t('smart.sentence.limitTracks', { count: limit.tracks, formatted: formatCount(limit.tracks) })
      : t('smart.sentence.limitMinutes', { duration: formatLongDuration(limit.minutes * MINUTE_MS) });
  return `${what} ${order} ${most}`;
}
