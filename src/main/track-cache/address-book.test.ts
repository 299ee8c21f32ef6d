import { describe, expect, it } from 'vitest';
import type { MediaQuery } from '../../contract/account-http.ts';
import type { MediaAddress } from '../../contract/catalog-http.ts';
import { HostFailure } from '../../contract/host-error.ts';
import type { Quality } from '../../core/entitlement/entitlement.ts';
import { systemClock } from '../ports.ts';
import { createAddressBook } from './address-book.ts';

const sha256Of = (quality: Quality): string => (quality === 'low' ? 'a' : 'b').repeat(64);
const addressOf = (quality: Quality): MediaAddress => ({
  url: `http://edge/${quality}`,
  expiresAt: new Date(Date.now() + 600_000).toISOString(),
  contentType: 'audio/mp4',
  bytes: 1,
  sha256: sha256Of(quality),
  quality,
  others: [{ quality: quality === 'low' ? 'normal' : 'low', sha256: quality === 'low' ? 'b' : 'a' }],
});

/** A service for a free listener, and what it was asked. */
const freeService = () => {
  const asked: (MediaQuery | undefined)[] = [];
  const book = createAddressBook({
    clock: systemClock,
    async resolve(_, query) {
      asked.push(query);
      if (query?.quality === 'lossless') throw new HostFailure('premium_required', 'not for this tier');
      return addressOf(query?.quality ?? 'normal');
    },
  });
  return { asked, book };
};

describe('addresses in a quality', () => {
  it('are of what the tier may have, where it is another than was known here', async () => {
    const { asked, book } = freeService();
    expect((await book.get('one', { quality: 'lossless' })).quality).toBe('normal');
    expect(asked).toEqual([{ purpose: 'play', quality: 'lossless' }, { purpose: 'play' }]);
  });

  it('are found by their file without another question', async () => {
    const { asked, book } = freeService();
    const address = await book.get('one', { quality: 'low' });
    expect(await book.ofFile({ trackId: 'one', sha256: sha256Of('low') })).toBe(address);
    expect(asked).toHaveLength(1);
  });

  it('that were refused are asked for anew, however they were asked for', async () => {
    const { asked, book } = freeService();
    const address = await book.get('one', { quality: 'low' });
    book.refused('one', address);
    await book.get('one', { quality: 'low' });
    expect(asked).toHaveLength(2);
  });
});
