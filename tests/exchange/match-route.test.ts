import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { catalogPaths } from '../../src/contract/catalog-http.ts';
import { matchReplySchema, MOST_MATCH_ITEMS, type MatchItem } from '../../src/contract/match-http.ts';
import { albumRecord, artistRecord, idOf, removal, trackRecord } from '../builders/catalog-records.ts';
import {
  eventually,
  openServiceHome,
  type RunningService,
  type ServiceHome,
} from '../builders/catalog-service.ts';

const item = (facts: Partial<MatchItem>): MatchItem => ({
  title: '',
  artists: [],
  isrc: null,
  catalogId: null,
  ...facts,
});
const idOfTrack = (title: string): string => idOf('track', `Flussabwärts/${title}`);

describe('the service looks for what recordings from elsewhere may be', () => {
  let home: ServiceHome;
  let service: RunningService;

  beforeEach(async () => {
    home = await openServiceHome();
    await home.publish([
      artistRecord('Lene Wörner Trio'),
      albumRecord('Flussabwärts'),
      trackRecord('Kiesbett', { isrc: 'DEA612400001' }),
      trackRecord('Kiesbett (Live at Halden)', { isrc: 'DEA612400002', plays: 1_000 }),
      trackRecord('Nachtfähre', { isrc: 'DEA612400003' }),
      trackRecord('Regen', { isrc: null }),
    ]);
    service = await home.start();
  });
  afterEach(() => home.close());

  const ask = (items: readonly MatchItem[]): Promise<Response> =>
    service.fetch(catalogPaths.match, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ items }),
    });
  const candidates = async (items: readonly MatchItem[]): Promise<readonly (readonly string[])[]> => {
    const response = await ask(items);
    expect(response.status).toBe(200);
    const reply = matchReplySchema.parse(await response.json());
    return reply.candidates.map((list) => list.map(({ title }) => title));
  };

  it('by code, by id, by title and artist, and where a word is mistyped, in the order asked for', async () => {
    expect(
      await candidates([
        item({ isrc: 'DE-A61-24-00003' }),
        item({ catalogId: idOfTrack('Regen') }),
        item({ title: 'Kiesbett - 2011 Remaster', artists: ['Lene Woerner Trio, Kim'] }),
        item({ title: 'Nachtfaehre', artists: ['Lene Worner Trio'] }),
        item({ title: 'Nachtfährre', artists: ['Lene Wörner Trio'] }),
        item({ title: 'Something else', artists: ['Somebody'] }),
        item({}),
      ]),
    ).toEqual([
      ['Nachtfähre'],
      ['Regen'],
      ['Kiesbett', 'Kiesbett (Live at Halden)'],
      ['Nachtfähre'],
      ['Nachtfähre'],
      [],
      [],
    ]);
  });

  it('finds a code where it is now, after a track got another one and after one was taken out', async () => {
    await home.publish([
      trackRecord('Kiesbett', { isrc: 'DEA612499999' }),
      removal(trackRecord('Nachtfähre')),
    ]);
    const codes = ['DEA612400001', 'DEA612499999', 'DEA612400003'].map((isrc) => item({ isrc }));
    const found = await eventually(async () => {
      const lists = await candidates(codes);
      return lists[1]?.length === 1 ? lists : null;
    });
    expect(found).toEqual([[], ['Kiesbett'], []]);
  });

  it('refuses too many at once, and what is no item', async () => {
    expect(
      (await ask(Array.from({ length: MOST_MATCH_ITEMS + 1 }, () => item({ title: 'Regen' })))).status,
    ).toBe(400);
    expect((await ask([])).status).toBe(400);
    expect((await ask([item({ catalogId: '../x' })])).status).toBe(400);
  });
});
