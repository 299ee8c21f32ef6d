import { describe, expect, it } from 'vitest';
import { createPeakMeter, loudnessOf } from './measure-audio.ts';

const summary = (integrated: string, peak: string): string =>
  `size=N/A\n[Parsed_ebur128_1 @ 0x1] Summary:\n\n  Integrated loudness:\n    I:         ${integrated} LUFS\n    Threshold: -24.0 LUFS\n\n  Loudness range:\n    LRA:         7.4 LU\n    Threshold: -34.0 LUFS\n    LRA low:   -21.0 LUFS\n    LRA high:  -13.6 LUFS\n\n  True peak:\n    Peak:        ${peak} dBFS\n`;

describe("ffmpeg's loudness summary", () => {
  it('is read with its true peak, which may lie above full scale', () => {
    expect(loudnessOf(summary('-12.9', '3.5'))).toEqual({
      integratedLufs: -12.9,
      truePeakDbtp: 3.5,
      rangeLu: 7.4,
    });
  });

  it('has no loudness for silence', () => {
    expect(loudnessOf(summary('-70.0', '-inf'))).toBeNull();
  });
});

describe('waveform peaks', () => {
  it('do not depend on how the samples arrive', () => {
    const samples = Int16Array.from({ length: 4000 }, (_, index) => (index * 37) % 30_000);
    const bytes = Buffer.from(samples.buffer);
    const whole = createPeakMeter();
    whole.add(bytes);
    const pieces = createPeakMeter();
    for (let index = 0; index < bytes.length; index += 7) pieces.add(bytes.subarray(index, index + 7));
    expect(pieces.finish()).toEqual(whole.finish());
  });

  it('are at most 800, from 0 to 255, and never miss the loudest', () => {
    const meter = createPeakMeter();
    const samples = new Int16Array(80 * 1234);
    samples[5000] = -32_768;
    meter.add(Buffer.from(samples.buffer));
    const { waveform } = meter.finish();
    expect(waveform).toHaveLength(800);
    expect(Math.max(...waveform)).toBe(255);
    expect(waveform.filter((peak) => peak > 0)).toHaveLength(1);
  });
});
