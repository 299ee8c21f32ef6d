import { describe, expect, it } from 'vitest';
import type { MediaRecord } from '../segments/catalog-records.ts';
import { playingFactsOf } from './playing-facts.ts';

/** 100,003 samples, as a file of the codec states them. */
const mediaOf = (
  codec: string,
  delay: number | null,
  padding: number | null = delay,
  lengthSamples: number | null = 100_003,
): MediaRecord => ({
  quality: 'original',
  key: 'k',
  sha256: '0'.repeat(64),
  bytes: 1,
  format: {
    codec,
    contentType: 't',
    lossless: false,
    sampleRateHz: 44_100,
    channels: 2,
    bitDepth: null,
    bitrateBps: 1,
  },
  encoderDelaySamples: delay,
  encoderPaddingSamples: padding,
  lengthSamples,
});

/** Each pair is what a chirp came out as through mediabunny and WebCodecs in Chromium 156. */
describe('what a window needs to play a file to the sample', () => {
  it.each([
    ['mp3 by LAME', mediaOf('mp3', 576, 797), 1105, 100_003],
    ['AAC by ffmpeg in m4a', mediaOf('aac', 1024, 0), 1024, 100_003],
    ['AAC by Apple in m4a', mediaOf('aac', 2112, 448), 2112, 100_003],
    ['opus, whose decoder drops the delay', mediaOf('opus', 312, 281), 0, 100_003],
    ['vorbis', mediaOf('vorbis', 0), 0, 100_003],
    ['flac', mediaOf('flac', 0), 0, 100_003],
    ['wav', mediaOf('pcm', 0), 0, 100_003],
  ])('of %s is all of the music, and where it begins', (_, media, delaySamples, lengthSamples) => {
    expect(playingFactsOf(media)).toEqual({
      sampleRateHz: 44_100,
      delaySamples,
      lengthSamples,
      codec: media.format.codec,
    });
  });

  it('never asks for more than a decoder gives, where the file says nothing of its encoder', () => {
    const encoded = 101_376;
    for (const media of [mediaOf('mp3', null, null, encoded), mediaOf('aac', null, null, encoded)]) {
      const facts = playingFactsOf(media);
      expect((facts?.delaySamples ?? 0) + (facts?.lengthSamples ?? 0)).toBe(encoded);
    }
    // A tag that says there is nothing before or behind the music.
    expect(playingFactsOf(mediaOf('mp3', 0, 0, 100_224))).toMatchObject({
      delaySamples: 529,
      lengthSamples: 99_695,
    });
  });

  it('is not known of a file whose length nobody knows', () => {
    expect(playingFactsOf(mediaOf('aac', 1024, 0, null))).toBeNull();
  });
});
