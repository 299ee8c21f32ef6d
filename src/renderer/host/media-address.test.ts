// @vitest-environment jsdom
import { afterEach, describe, expect, it } from 'vitest';
import { standInHost } from './host-for-tests.ts';
import { artworkSizeFor, coverUrl, trackAddress } from './media-address.ts';

afterEach(() => Reflect.deleteProperty(window, 'riffle'));

describe('addresses of media', () => {
  it.each([
    [48, 1, 96],
    [48, 2, 96],
    [48, 3, 256],
    [146, 2, 512],
    [264, 1, 256],
    [430, 2, 1024],
    [900, 3, 1024],
  ])('take for %i px at ratio %i the picture of %i', (cssPixels, ratio, size) => {
    expect(artworkSizeFor(cssPixels, ratio)).toBe(size);
  });

  it('follow the shell', () => {
    const artwork = { id: 'a'.repeat(64), palette: null };
    expect(coverUrl(artwork, 48)).toBe(`/artwork/${artwork.id}/96`);
    expect(trackAddress('t1')).toBe('/tracks/t1');
    standInHost({});
    expect(coverUrl(artwork, 48)).toBe(`artwork://image/${artwork.id}/96`);
    expect(trackAddress('t1')).toBe('track://audio/t1');
  });

  it('have none for what has no artwork', () => {
    expect(coverUrl(null, 48)).toBeNull();
  });
});
