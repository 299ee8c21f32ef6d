import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SearchReply } from '../../src/contract/catalog-http.ts';
import type { CatalogReader } from '../../src/catalog/index/catalog-reader.ts';
import { albumWithTracks } from '../builders/catalog-records.ts';
import { openIndexWorkshop, type IndexWorkshop } from '../builders/index-files.ts';

let workshop: IndexWorkshop;
let reader: CatalogReader;

/** One half is in the base, the other came later: a query must not tell them apart. */
beforeAll(async () => {
  workshop = await openIndexWorkshop();
  await workshop.publish([
    ...albumWithTracks('Flussabwärts', { tracks: ['Kiesbett', 'Schwelle, erste Fassung'] }),
    ...albumWithTracks('High Voltage', {
      artist: 'AC/DC',
      tracks: ['T.N.T.', 'Rock ’n’ Roll Singer'],
      track: { plays: 900 },
    }),
    ...albumWithTracks('Love Songs', {
      artist: 'The Lovers',
      tracks: Array.from({ length: 400 }, (_, number) => `Love Letter ${number}`),
      track: { plays: 50_000 },
    }),
    ...albumWithTracks('Quiet', { artist: 'Nobody Much', tracks: ['Love'] }),
  ]);
  reader = await workshop.publish([
    ...albumWithTracks('Löss', { artist: 'Ensemble Kiesgrube', tracks: ['Drei Stücke für Lene Wörner'] }),
    ...albumWithTracks('Overkill', {
      artist: 'Motörhead',
      tracks: ['Stay Clean', "(I Won't) Pay Your Price", '🔥'],
    }),
    ...albumWithTracks('Etudes', { artist: 'Test', tracks: ['Etude ver1.1', 'NEAR OR NOT', '???'] }),
  ]);
});
afterAll(() => workshop.close());

const search = (query: string, correct = true): SearchReply => reader.search({ query, limit: 20, correct });
const titles = (reply: SearchReply): readonly string[] => reply.tracks.items.map((track) => track.title);

describe('search', () => {
  it.each([
    ['tnt', 'T.N.T.'],
    ['T.N.T', 'T.N.T.'],
    ['acdc tnt', 'T.N.T.'],
    ['rock n roll', 'Rock ’n’ Roll Singer'],
    ['lene kiesbett', 'Kiesbett'],
    ['kiesbett flussabwarts', 'Kiesbett'],
    ['motorhead clean', 'Stay Clean'],
    ['wont pay', "(I Won't) Pay Your Price"],
    ['drei stuecke', 'Drei Stücke für Lene Wörner'],
    ['ver1.1', 'Etude ver1.1'],
    ['near or', 'NEAR OR NOT'],
    ['???', '???'],
    ['🔥', '🔥'],
    ['overkill', 'Stay Clean'],
  ])('finds by %j the track %j', (query, title) => {
    const reply = search(query);
    expect(reply.correctedQuery).toBeNull();
    expect(titles(reply)).toContain(title);
  });

  it.each([
    ['kiesbtet', 'kiesbett'],
    ['lene wrner', 'lene wörner'],
    ['moterhead', 'motörhead'],
    ['voltgae', 'voltage'],
    ['flusabwerts', 'flussabwärts'],
    ['overkil clean', 'overkill clean'],
  ])('takes %j for %j', (query, corrected) => {
    const reply = search(query);
    expect(reply.correctedQuery).toBe(corrected);
    expect(reply.tracks.total).toBeGreaterThan(0);
    expect(reply.query).toBe(query);
  });

  it('takes the letters as typed when it is told to', () => {
    const reply = search('moterhead', false);
    expect(reply).toMatchObject({ correctedQuery: null, best: null });
    expect(reply.tracks.total).toBe(0);
  });

  it('leaves a query alone that resembles nothing', () => {
    expect(search('xqzwvkpt')).toMatchObject({ correctedQuery: null, best: null });
  });

  it.each([
    '"',
    '*',
    '" * ( ) NEAR OR -',
    'title:',
    '^',
    'a AND NOT',
    "'; DROP TABLE tracks; --",
    'NEAR(a b, 3)',
    '\u0000',
    '{a b} : c',
    '-- x',
    'x'.repeat(200),
    'a '.repeat(100),
  ])('takes no operator from %j', (query) => {
    expect(() => search(query)).not.toThrow();
  });

  it('says nothing to an empty query', () => {
    expect(search('  ')).toMatchObject({ best: null, tracks: { items: [], total: 0, capped: false } });
  });

  it('puts what is called just that first, however many more popular ones hold the word', () => {
    const reply = search('love');
    expect(titles(reply)[0]).toBe('Love');
    expect(reply.tracks.capped).toBe(true);
    expect(reply.best).toMatchObject({ kind: 'track', track: { title: 'Love' } });
  });

  it('names the artist as the best match of the artist’s name', () => {
    expect(search('acdc').best).toMatchObject({ kind: 'artist', artist: { name: 'AC/DC' } });
    expect(search('motorhead').best).toMatchObject({ kind: 'artist', artist: { name: 'Motörhead' } });
  });

  it('fills only the kind that is asked for', () => {
    const reply = reader.search({ query: 'kies', kind: 'artist', limit: 20, correct: true });
    expect(reply.artists.items.map((artist) => artist.name)).toEqual(['Ensemble Kiesgrube']);
    expect(reply.tracks.total + reply.albums.total).toBe(0);
  });

  it('gives no more than the limit, and the total of all', () => {
    const reply = reader.search({ query: 'kies', limit: 1, correct: true });
    expect(reply.tracks).toMatchObject({ total: 2, capped: false });
    expect(reply.tracks.items).toHaveLength(1);
  });
});
