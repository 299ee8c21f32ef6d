import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { qualityOfOriginal } from '../../core/entitlement/entitlement.ts';
import { mediaSchema, type MediaRecord } from '../segments/catalog-records.ts';
import { audioKey } from '../segments/keys.ts';
import { packMedia, unpackMedia } from './media-codec.ts';
import { playingFactsOf } from './playing-facts.ts';

const sha256 = fc
  .uint8Array({ minLength: 32, maxLength: 32 })
  .map((bytes) => Buffer.from(bytes).toString('hex'));
const medium: fc.Arbitrary<MediaRecord> = fc
  .record({
    quality: fc.constantFrom(...mediaSchema.shape.quality.options),
    sha256,
    bytes: fc.maxSafeNat(),
    extension: fc.constantFrom('mp3', 'm4a', 'flac', 'opus', 'ogg', 'wav', 'wma', 'mp4'),
    contentType: fc.constantFrom('audio/mpeg', 'audio/mp4', 'audio/flac', 'audio/ogg', 'audio/x-ms-wma'),
    otherKey: fc.option(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 200 })),
    bitrateBps: fc.nat(2_000_000),
    lossless: fc.boolean(),
    sampleRateHz: fc.oneof(fc.constantFrom(44_100, 48_000, 8000), fc.integer({ min: 1, max: 400_000 })),
    encoderDelaySamples: fc.option(fc.oneof(fc.constantFrom(0, 312, 576, 1024, 2112), fc.nat(100_000))),
    lengthSamples: fc.option(fc.maxSafeNat()),
  })
  .map(({ extension, otherKey, contentType, bitrateBps, lossless, sampleRateHz, ...rest }) => ({
    ...rest,
    key: otherKey ?? audioKey(rest.sha256, extension),
    format: {
      codec: extension,
      contentType,
      lossless,
      sampleRateHz,
      channels: 2,
      bitDepth: null,
      bitrateBps,
    },
    encoderPaddingSamples: null,
  }));

describe('the objects of a track in its row', () => {
  it('come back as they were, what came as it is under the quality it counts as', () => {
    fc.assert(
      fc.property(fc.array(medium, { maxLength: 5 }), (media) => {
        expect(unpackMedia(packMedia(media))).toEqual(
          media.map((one) => ({
            quality: one.quality === 'original' ? qualityOfOriginal(one.format) : one.quality,
            key: one.key,
            sha256: one.sha256,
            bytes: one.bytes,
            contentType: one.format.contentType,
            audio: playingFactsOf(one),
          })),
        );
      }),
    );
  });

  it('take 42 bytes for a song in a quality: a million of three take 126 MB', () => {
    fc.assert(
      fc.property(medium, (song) => {
        const format = { ...song.format, contentType: 'audio/mp4', codec: 'opus', sampleRateHz: 48_000 };
        const length = { bytes: 8_000_000, encoderDelaySamples: 312, lengthSamples: 10_000_000 };
        const low = { ...song, ...length, key: audioKey(song.sha256, 'm4a'), format };
        expect(packMedia([low, low, low])).toHaveLength(3 * 42);
      }),
    );
  });

  it('that were cut are refused, not taken for fewer', () => {
    fc.assert(
      fc.property(fc.array(medium, { minLength: 1, maxLength: 1 }), fc.nat(), (media, where) => {
        const packed = packMedia(media);
        const cut = 1 + (where % (packed.length - 1));
        expect(() => unpackMedia(packed.subarray(0, cut))).toThrow(RangeError);
      }),
    );
  });
});
