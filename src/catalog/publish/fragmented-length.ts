import type { FileHandle } from 'node:fs/promises';
import type { ExactLength } from './audio-content.ts';
import { boxesOf, find, outermostBoxes } from './mp4-boxes.ts';
import type { Box } from './mp4-boxes.ts';

/** Of 20 ms at the 48 kHz that opus counts in (RFC 7845, 5.1); how the publisher encodes. */
export const OPUS_FRAME_SAMPLES = 960;

/**
 * Length of the audio in a fragmented mp4: what its track runs state (ISO 14496-12, 8.8.8), less the delay. That of opus is the
 * pre-skip of its `dOps` box ("Encapsulation of Opus in ISO Base Media File Format", 4.3.2), and its last frame is stated shorter
 * than it decodes: the rest is padding. ffmpeg and Chromium drop the delay by themselves, and play the padding (both measured), so
 * whoever joins tracks must drop it. Flac has neither; of AAC the edit list tells. Null when the file does not say.
 *
 * @throws UnreadableFile when the file ends before its boxes do.
 */
export async function readFragmentedLength(file: FileHandle, fileBytes: number): Promise<ExactLength | null> {
  let track: TrackFacts | null = null;
  let statedSamples = 0;
  let opusFrameSamples = 0;
  for await (const { type, body } of outermostBoxes(file, fileBytes, ['moov', 'moof'])) {
    if (type === 'moov') track = trackFactsOf(body);
    if (type !== 'moof' || track === null) continue;
    for (const fragment of boxesOf(body)) {
      if (fragment.type !== 'traf') continue;
      for (const duration of frameDurations(fragment, track.frameSamples)) {
        statedSamples += duration;
        opusFrameSamples += OPUS_FRAME_SAMPLES;
      }
    }
  }
  if (track === null || statedSamples <= track.delaySamples) return null;
  const isShortOfFrames = opusFrameSamples >= statedSamples;
  return {
    lengthSamples: statedSamples - track.delaySamples,
    sampleRateHz: track.sampleRateHz,
    delaySamples: track.delaySamples,
    paddingSamples: !track.isOpus ? 0 : isShortOfFrames ? opusFrameSamples - statedSamples : null,
  };
}

interface TrackFacts {
  readonly isOpus: boolean;
  readonly sampleRateHz: number;
  readonly delaySamples: number;
  /** Of a frame whose fragment says nothing else (`trex`). */
  readonly frameSamples: number;
}

function trackFactsOf(moov: Buffer): TrackFacts | null {
  const mediaHeader = find(moov, 'trak', 'mdia', 'mdhd');
  const sampleRateHz = mediaHeader?.readUInt32BE(mediaHeader[0] === 1 ? 20 : 12) ?? 0;
  if (sampleRateHz === 0) return null;
  const preSkip = preSkipOf(moov);
  const track = find(moov, 'trak');
  return {
    isOpus: preSkip !== null,
    sampleRateHz,
    delaySamples: preSkip ?? (track === null ? null : editListStart(track)) ?? 0,
    frameSamples: find(moov, 'mvex', 'trex')?.readUInt32BE(12) ?? 0,
  };
}

/** Media time at which the first edit that is not empty starts (ISO 14496-12, 8.6.6). */
export function editListStart(track: Buffer): number | null {
  const list = find(track, 'edts', 'elst');
  if (list === null) return null;
  const isLong = list[0] === 1;
  const entryBytes = isLong ? 20 : 12;
  for (let position = 8; position + entryBytes <= list.length; position += entryBytes) {
    const start = isLong ? Number(list.readBigInt64BE(position + 8)) : list.readInt32BE(position + 4);
    if (start >= 0) return start;
  }
  return null;
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
function* frameDurations({ body }: Box, frameSamples: number): Generator<number> {
  const header = find(body, 'tfhd');
  if (header === null) return;
  const flags = header.readUIntBE(1, 3);
  const place = 8 + (flags & HAS.baseOffset ? 8 : 0) + (flags & HAS.description ? 4 : 0);
  const usual = flags & HAS.defaultDuration ? header.readUInt32BE(place) : frameSamples;
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
