import { assert, integer, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { artworkIdOf, isCutShort, pictureName, standIns } from './picture-names.ts';

const webp = (bytes: number, said = bytes): Uint8Array => {
  const content = new Uint8Array(bytes);
  content.set(Buffer.from('RIFF'));
  new DataView(content.buffer).setUint32(4, said - 8, true);
  content.set(Buffer.from('WEBPVP8 '), 8);
  return content;
};

describe('pictures in files', () => {
  it('are named so that the artwork can be told', () => {
    const id = 'ab'.repeat(32);
    expect(artworkIdOf(pictureName({ id, size: 256 }))).toBe(id);
    expect(artworkIdOf('stranger')).toBe('stranger'.slice(0, -1));
  });

  it('are stood in for by the next larger size, else by the largest of the smaller', () => {
    expect(standIns(256)).toEqual([512, 1024, 96]);
    expect(standIns(96)).toEqual([256, 512, 1024]);
    expect(standIns(1024)).toEqual([512, 256, 96]);
  });

  it('are known to be cut short at every length but the whole', () => {
    assert(
      property(integer({ min: 16, max: 5_000 }), integer({ min: 12, max: 5_000 }), (whole, length) => {
        expect(isCutShort(webp(whole).subarray(0, length))).toBe(length < whole);
      }),
    );
    expect(isCutShort(new Uint8Array())).toBe(true);
    expect(isCutShort(Buffer.from('not of this kind at all'))).toBe(false);
  });
});
