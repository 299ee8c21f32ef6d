import { MOST_SEEK_POINTS, type SeekPoints } from '../../contract/seek-points.ts';

/** Closer than this, points would save no time that is heard. */
const SECONDS_APART = 1;

export interface PointCollector {
  /** Takes the frames in order, by where they begin. */
  add(byte: number): void;
  /** Null where there was nothing to lead to. */
  finish(): SeekPoints | null;
}

/**
 * Points out of frames of equal length. There are never more than `MOST_SEEK_POINTS`: when a track turns out to be too long
 * for them, every other one is dropped.
 */
export const createPointCollector = (frameSamples: number, sampleRateHz: number): PointCollector => {
  let framesApart = Math.max(1, Math.ceil((SECONDS_APART * sampleRateHz) / frameSamples));
  let points: number[] = [];
  let frames = 0;
  return {
    add(byte) {
      if (frames % framesApart === 0) points.push(byte);
      frames += 1;
      if (points.length <= MOST_SEEK_POINTS + 1) return;
      points = points.filter((_, index) => index % 2 === 0);
      framesApart *= 2;
    },
    finish() {
      const [firstByte] = points;
      if (firstByte === undefined || points.length < 2) return null;
      const steps = points.slice(1).map((byte, index) => byte - (points[index] ?? 0));
      return { everySamples: framesApart * frameSamples, firstByte, steps };
    },
  };
};
