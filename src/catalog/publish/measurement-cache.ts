import { measurementKey } from '../segments/keys.ts';
import type { ObjectStore } from '../store/object-store.ts';
import type { Ffmpeg } from './ffmpeg.ts';
import { measureAudio, measurementSchema } from './measure-audio.ts';
import type { Measurement } from './measure-audio.ts';
import type { Uploader } from './uploader.ts';

/** Measures audio once for each distinct content, also across runs and machines. */
export interface MeasurementCache {
  /** False where there is no ffmpeg, or nobody wants it: what was measured before is then still found. */
  readonly isMeasuring: boolean;
  /** @param wasMeasured whether the catalog says that this content was measured before. */
  measure(audioSha256: string, path: string, wasMeasured: boolean): Promise<Measurement | null>;
}

/** Measuring takes far longer than all else, so each result is kept in the store at once, not with the catalog. */
export function createMeasurementCache(
  ffmpeg: Ffmpeg | null,
  store: ObjectStore,
  uploader: Uploader,
  signal: AbortSignal,
): MeasurementCache {
  const running = new Map<string, Promise<Measurement | null>>();
  const find = async (sha256: string, path: string): Promise<Measurement | null> => {
    const kept = await store.getBytes(measurementKey(sha256));
    const known = kept === null ? null : parseMeasurement(kept);
    if (known !== null || ffmpeg === null) return known;
    const measured = await measureAudio(ffmpeg, path, signal);
    const bytes = Buffer.from(JSON.stringify(measured));
    await uploader.replace(measurementKey(sha256), 'application/json', bytes);
    return measured;
  };
  return {
    isMeasuring: ffmpeg !== null,
    measure: async (sha256, path, wasMeasured) => {
      if (ffmpeg === null && !wasMeasured) return null;
      const work = running.get(sha256) ?? find(sha256, path);
      running.set(sha256, work);
      try {
        return await work;
      } finally {
        running.delete(sha256);
      }
    },
  };
}

/** Null for what another version wrote: it is measured again. */
function parseMeasurement(bytes: Uint8Array): Measurement | null {
  try {
    return measurementSchema.parse(JSON.parse(new TextDecoder().decode(bytes)));
  } catch {
    return null;
  }
}
