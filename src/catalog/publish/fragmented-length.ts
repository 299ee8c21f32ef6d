import type { FileHandle } from 'node:fs/promises';
import type { ExactLength } from './audio-content.ts';
import { boxesOf, find, outermostBoxes } from './mp4-boxes.ts';
import type { Box } from './mp4-boxes.ts';
import { UnreadableFile } from './publish-error.ts';

/** Opus counts in 48 kHz, whatever it was made of (RFC 7845, 5.1). */
const OPUS_RATE_HZ = 48_000;
/** Of 20 ms, which is how the publisher encodes. */
export const OPUS_FRAME_SAMPLES = 960;

/**
 * Length of the opus in a fragmented mp4 of whole frames of 20 ms: what its track runs state (ISO 14496-12, 8.8.8), less
 * the pre-skip of its `dOps` box ("Encapsulation of Opus in ISO Base Media File Format", 4.3.2). The last frame is stated
 * shorter than it decodes: the rest is padding. ffmpeg and Chromium drop the delay by themselves, and play the padding
 * (both measured), so whoever joins tracks must drop it.
 *
 * @throws UnreadableFile for anything else.
 */
export async function readFragmentedOpusLength(file: FileHandle, fileBytes: number): Promise<ExactLength> {
  let delaySamples: number | null = null;
  let statedSamples = 0;
  let frames = 0;
  for await (const { type, body } of outermostBoxes(file, fileBytes, ['moov', 'moof'])) {
    if (type === 'moov') delaySamples = preSkipOf(body);
    for (const fragment of type === 'moof' ? boxesOf(body) : []) {
      for (const duration of fragment.type === 'traf' ? frameDurations(fragment) : []) {
        if (duration > OPUS_FRAME_SAMPLES) throw new UnreadableFile('its frames are not of 20 ms');
        statedSamples += duration;
        frames += 1;
      }
    }
  }
  if (delaySamples === null || statedSamples <= delaySamples) throw new UnreadableFile('it holds no opus');
  return {
    lengthSamples: statedSamples - delaySamples,
    sampleRateHz: OPUS_RATE_HZ,
    delaySamples,
    paddingSamples: frames * OPUS_FRAME_SAMPLES - statedSamples,
  };
}

/** Version and count come before the entries of a sample description; 28 bytes of an audio entry before its boxes. */
function preSkipOf(moov: Buffer): number | null {
  const description = find(moov, 'trak', 'mdia', 'minf', 'stbl', 'stsd');
  const entry = description === null ? null : find(description.subarray(8), 'Opus');
  return (entry === null ? null : find(entry.subarray(28), 'dOps'))?.readUInt16BE(2) ?? null;
}

const HAS = { baseOffset: 0x1, description: 0x2, defaultDuration: 0x8 } as const;
const RUN_HAS = { dataOffset: 0x1, firstFlags: 0x4, duration: 0x100 } as const;
/** Duration, size, flags and composition offset: each, where it is there, takes four bytes a sample. */
const SAMPLE_FIELDS = [RUN_HAS.duration, 0x200, 0x400, 0x800];

/** Track fragment header and runs (ISO 14496-12, 8.8.7 and 8.8.8). */
function* frameDurations({ body }: Box): Generator<number> {
  const header = find(body, 'tfhd');
  if (header === null) return;
  const flags = header.readUIntBE(1, 3);
  const place = 8 + (flags & HAS.baseOffset ? 8 : 0) + (flags & HAS.description ? 4 : 0);
  const usual = flags & HAS.defaultDuration ? header.readUInt32BE(place) : OPUS_FRAME_SAMPLES;
  for (const { body: run } of boxesOf(body).filter((box) => box.type === 'trun')) {
    const has = run.readUIntBE(1, 3);
    const start = 8 + (has & RUN_HAS.dataOffset ? 4 : 0) + (has & RUN_HAS.firstFlags ? 4 : 0);
    const sampleBytes = SAMPLE_FIELDS.filter((field) => has & field).length * 4;
    const samples = run.readUInt32BE(4);
    for (let index = 0; index < samples; index += 1) {
      yield has & RUN_HAS.duration ? run.readUInt32BE(start + index * sampleBytes) : usual;
    }
  }
}
