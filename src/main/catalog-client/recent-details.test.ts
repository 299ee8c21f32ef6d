import { describe, expect, it } from 'vitest';
import type { TrackDetails } from '../../contract/catalog-http.ts';
import { rememberDetails } from './recent-details.ts';

const DETAILS: TrackDetails = { waveform: [1, 2, 3], lyrics: null };

describe('details that were asked for lately', () => {
  it('are asked for once, also by two at the same time', async () => {
    const asked: string[] = [];
    const details = rememberDetails(({ id }) => {
      asked.push(id);
      return Promise.resolve(DETAILS);
    });

    await Promise.all([details({ id: 'one' }), details({ id: 'one' })]);
    expect(await details({ id: 'one' })).toBe(DETAILS);
    await details({ id: 'two' });

    expect(asked).toEqual(['one', 'two']);
  });

  it('are asked for again when they could not be had, and when many others were asked for since', async () => {
    let asked = 0;
    const details = rememberDetails(() => {
      asked += 1;
      return asked === 1 ? Promise.reject(new Error('gone')) : Promise.resolve(DETAILS);
    });

    await expect(details({ id: 'one' })).rejects.toThrow('gone');
    expect(await details({ id: 'one' })).toBe(DETAILS);
    for (let other = 0; other < 16; other += 1) await details({ id: `other ${other}` });
    const before = asked;
    await details({ id: 'one' });

    expect(asked).toBe(before + 1);
  });
});
