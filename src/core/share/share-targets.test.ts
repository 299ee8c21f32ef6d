import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mastodonAddress, mastodonHost, SHARE_TARGETS, targetAddress } from './share-targets.ts';

const words = {
  url: 'https://music.example/track/00000000000000000000?t=83',
  text: 'Kiesbett – Lene Wörner Trio',
};

describe('where a link can be sent to', () => {
  it('holds the link and the words whole, in every place', () => {
    for (const target of SHARE_TARGETS) {
      const address = new URL(targetAddress(target, words));
      const sent = [...address.searchParams.values()].join(' ');
      expect(sent).toContain(words.url);
      // Facebook takes its words from the page.
      expect(target === 'facebook' || sent.includes(words.text)).toBe(true);
    }
    const toot = new URL(mastodonAddress('mastodon.social', words));
    expect(toot.searchParams.get('text')).toBe(`${words.text} ${words.url}`);
  });

  it('is https or mail, whatever a title holds', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.constantFrom(...SHARE_TARGETS), (text, target) => {
        const address = targetAddress(target, { ...words, text });
        expect(address).toMatch(
          target === 'email' ? /^mailto:\?subject=[^&\s]*&body=[^&\s]+$/ : /^https:\/\/[\w.]+\/\S*$/,
        );
        expect(URL.canParse(address)).toBe(true);
      }),
    );
  });

  it.each([
    ['mastodon.social', 'mastodon.social'],
    [' https://Mastodon.Social/about ', 'mastodon.social'],
    ['@lene@chaos.social', 'chaos.social'],
    ['lene@xn--mnchen-3ya.social', 'xn--mnchen-3ya.social'],
  ])('takes the instance %j', (written, host) => {
    expect(mastodonHost(written)).toBe(host);
  });

  it.each([
    '',
    'mastodon',
    'localhost',
    '127.0.0.1',
    'javascript:alert(1)',
    'a b.social',
    'evil.example:8080',
    '-a.social',
  ])('takes no %j for one', (written) => {
    expect(mastodonHost(written)).toBeNull();
  });

  it('never takes more for an instance than a host', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (written) => {
        const host = mastodonHost(written);
        const there = host === null ? null : new URL(mastodonAddress(host, words)).hostname;
        expect(there).toBe(host);
      }),
    );
  });
});
