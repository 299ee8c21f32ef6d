import { describe, expect, it } from 'vitest';
import { trackOf } from './exchange.ts';
import { matchOf, type MatchCandidate } from './match.ts';
import { artistNamesIn, recordingNameOf } from './recording-name.ts';

const candidate = (facts: Partial<MatchCandidate>): MatchCandidate => ({
  id: 'one',
  title: 'Kiesbett',
  artists: ['Lene Wörner Trio'],
  album: 'Flussabwärts',
  durationMs: 222_000,
  isrc: null,
  ...facts,
});
const wanted = trackOf({ title: 'Kiesbett', artists: ['Lene Wörner Trio'], durationMs: 222_400 });

describe('the name of a recording', () => {
  it.each([
    ['Kiesbett', 'kiesbett', []],
    ['Kiesbett (feat. Kim Öz) [2011 Remaster]', 'kiesbett', []],
    ['Kiesbett feat. Kim Öz', 'kiesbett', []],
    ['Kiesbett - Live at Halden', 'kiesbett', ['live at halden']],
    ['Kiesbett (Kim Remix) - Radio Edit', 'kiesbett', ['kim remix']],
    ['(Sittin’ On) The Dock of the Bay', 'sittin on the dock of the bay', []],
    ['Tubthumping (I Get Knocked Down)', 'tubthumping i get knocked down', []],
    ['Alive', 'alive', []],
    ['???', '???', []],
  ])('%s', (title, base, versions) => {
    expect(recordingNameOf(title)).toEqual({ base, versions });
  });

  it('knows single artists in what stands for all of them', () => {
    expect(artistNamesIn(['Lene Wörner Trio feat. Kim & Simon'])).toEqual([
      'lene worner trio feat kim simon',
      'lene worner trio',
      'kim',
      'simon',
    ]);
  });
});

describe('what a recording from elsewhere is', () => {
  it('is the one with its code, whatever it is called here', () => {
    const same = candidate({ id: 'same', title: 'Gravel bed', isrc: 'DEA612400001' });
    expect(matchOf({ ...wanted, isrc: 'DEA612400001' }, [candidate({}), same])).toMatchObject({
      kind: 'isrc',
      id: 'same',
    });
  });

  it.each([
    ['the same', {}, 'exact'],
    ['a remaster', { title: 'Kiesbett (2011 Remastered)' }, 'exact'],
    ['a guest in the artists', { artists: ['Lene Wörner Trio', 'Kim'] }, 'exact'],
    ['other letters', { title: 'KIESBETT', artists: ['Lene Worner Trio'] }, 'exact'],
    ['a slip in the title', { title: 'Kiessbett' }, 'close'],
    ['some seconds more', { durationMs: 230_000 }, 'close'],
    ['a live recording', { title: 'Kiesbett (Live)' }, 'ambiguous'],
    ['quite another length', { durationMs: 400_000 }, 'ambiguous'],
    ['another artist', { artists: ['Halden'] }, 'none'],
    ['another piece', { title: 'Schlag' }, 'none'],
  ] as const)('%s', (_what, facts, kind) => {
    expect(matchOf(wanted, [candidate(facts)]).kind).toBe(kind);
  });

  it('takes the live recording when that was asked for', () => {
    const live = candidate({ id: 'live', title: 'Kiesbett (Live)' });
    expect(matchOf({ ...wanted, title: 'Kiesbett - Live' }, [candidate({}), live])).toMatchObject({
      kind: 'exact',
      id: 'live',
    });
  });

  it('takes the album that is named, and else the best known of the same recording', () => {
    const both = [candidate({ id: 'single', album: 'Kiesbett' }), candidate({ id: 'album' })];
    expect(matchOf({ ...wanted, album: 'Flussabwärts' }, both).id).toBe('album');
    expect(matchOf(wanted, both)).toEqual({ kind: 'exact', id: 'single', alternatives: ['album'] });
  });

  it('leaves it open where only a title is known and several have it', () => {
    const both = [
      candidate({ id: 'one' }),
      candidate({ id: 'two', artists: ['Halden'], durationMs: 100_000 }),
    ];
    expect(matchOf(trackOf({ title: 'Kiesbett' }), both)).toEqual({
      kind: 'ambiguous',
      id: null,
      alternatives: ['one', 'two'],
    });
    expect(matchOf(trackOf({ title: 'Kiesbett' }), [candidate({})])).toMatchObject({
      kind: 'close',
      id: 'one',
    });
  });

  it('knows this catalog’s own ids, as long as they are there', () => {
    const own = { ...wanted, catalogId: 'two' };
    expect(matchOf(own, [candidate({ id: 'two', title: 'Renamed' })]).kind).toBe('id');
    expect(matchOf(own, [candidate({})])).toMatchObject({ kind: 'exact', id: 'one' });
  });
});
