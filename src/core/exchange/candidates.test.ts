import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalise } from '../search-text/normalise.ts';
import { candidatesOf, type MatchSource } from './candidates.ts';
import { trackOf } from './exchange.ts';
import { matchOf, type MatchCandidate } from './match.ts';

const candidate = (id: string, title: string, facts: Partial<MatchCandidate> = {}): MatchCandidate => ({
  id,
  title,
  artists: ['Lene Wörner Trio'],
  album: 'Flussabwärts',
  durationMs: 200_000,
  isrc: null,
  ...facts,
});

/** A catalog that finds what holds all words of a query, and notes what it was asked. */
const catalogOf = (entries: readonly MatchCandidate[]) => {
  const asked: string[] = [];
  const source: MatchSource = {
    byId: (id) => entries.find((entry) => entry.id === id) ?? null,
    byIsrc: (isrc) => entries.filter((entry) => entry.isrc === isrc),
    search(query, { correct }) {
      asked.push(`${query}${correct ? ' (mended)' : ''}`);
      return entries.filter(({ title, artists }) => {
        const words = normalise([title, ...artists].join(' ')).split(' ');
        return query.split(' ').every((word) => words.includes(word));
      });
    },
  };
  return { source, asked };
};
const idsOf = (found: readonly MatchCandidate[]): readonly string[] => found.map(({ id }) => id);

describe('what is looked at for a recording', () => {
  const entries = [
    candidate('live', 'Kiesbett (Live)'),
    candidate('studio', 'Kiesbett', { isrc: 'DEA612400001' }),
    candidate('other', 'Kiesbett im Regen'),
  ];

  it('is the entry itself, or what has its code, without a search', () => {
    const { source, asked } = catalogOf(entries);
    expect(idsOf(candidatesOf(trackOf({ title: 'x', catalogId: 'live' }), source))).toEqual(['live']);
    expect(idsOf(candidatesOf(trackOf({ title: 'x', isrc: 'DE-A61-24-00001' }), source))).toEqual(['studio']);
    expect(candidatesOf(trackOf({ isrc: 'DEA612499999' }), source)).toEqual([]);
    expect(asked).toEqual([]);
  });

  it('has the same title and version before all others', () => {
    const { source } = catalogOf(entries);
    const wanted = { title: 'Kiesbett', artists: ['Lene Wörner Trio'] };
    expect(idsOf(candidatesOf(trackOf(wanted), source))).toEqual(['studio', 'live', 'other']);
    expect(idsOf(candidatesOf(trackOf({ ...wanted, title: 'Kiesbett - Live' }), source))[0]).toBe('live');
  });

  it('is asked for ever more loosely, until there is something', () => {
    const { source, asked } = catalogOf(entries);
    candidatesOf(trackOf({ title: 'Nachtfähre (2011 Remaster)', artists: ['Kim'] }), source);
    expect(asked).toEqual([
      'nachtfahre 2011 remaster kim',
      'nachtfahre kim',
      'nachtfahre',
      'nachtfahre kim (mended)',
    ]);
  });

  it('finds every track by its own title and artists, however they are written, and takes it', () => {
    const word = fc.constantFrom(
      'Kies',
      'Über',
      'Nacht',
      "Don't",
      'Été',
      'Zwei',
      'Löss',
      'AC/DC',
      'Live',
      'Regen',
    );
    const title = fc.array(word, { minLength: 1, maxLength: 4 }).map((words) => words.join(' '));
    fc.assert(
      fc.property(fc.uniqueArray(title, { minLength: 1, maxLength: 8 }), fc.nat(), (titles, pick) => {
        const catalog = titles.map((each, place) =>
          candidate(`${place}`, each, { durationMs: 100_000 + place * 20_000 }),
        );
        const meant = catalog[pick % catalog.length];
        if (meant === undefined) return;
        const wanted = trackOf({
          title: meant.title.toUpperCase(),
          artists: ['LENE WORNER TRIO, Kim'],
          durationMs: meant.durationMs + 900,
        });
        expect(matchOf(wanted, candidatesOf(wanted, catalogOf(catalog).source)).id).toBe(meant.id);
      }),
    );
  });
});
