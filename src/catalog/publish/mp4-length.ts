import type { FileHandle } from 'node:fs/promises';
import type { ExactLength } from './audio-content.ts';
import { editListStart, readFragmentedLength } from './fragmented-length.ts';
import { boxesOf, find, readMoov } from './mp4-boxes.ts';
import type { Box } from './mp4-boxes.ts';

/**
 * Length of an mp4's audio from its sample table or fragments, edit list (ISO 14496-12, 8.6) and Apple's iTunSMPB comment. Null
 * for whatever does not say.
 *
 * @throws UnreadableFile when the file ends before its boxes do.
 */
export async function readMp4Length(file: FileHandle, fileBytes: number): Promise<ExactLength | null> {
  const moov = await readMoov(file, fileBytes);
  const audio = boxesOf(moov)
    .filter((box) => box.type === 'trak')
    .find(isAudio);
  if (audio === undefined) return null;
  const mediaHeader = find(audio.body, 'mdia', 'mdhd');
  const timeToSample = find(audio.body, 'mdia', 'minf', 'stbl', 'stts');
  if (mediaHeader === null || timeToSample === null) return null;
  const sampleRateHz = mediaHeader.readUInt32BE(mediaHeader[0] === 1 ? 20 : 12);
  const encodedSamples = sumOfDurations(timeToSample);
  if (sampleRateHz === 0) return null;
  if (encodedSamples === 0) return readFragmentedLength(file, fileBytes);
  const channels = channelsOf(audio.body);
  const known = { sampleRateHz, ...(channels === null ? {} : { channels }) };
  const itunes = itunesGapless(moov);
  if (itunes !== null) return { ...known, ...itunes };
  const delaySamples = editListStart(audio.body) ?? 0;
  // ffmpeg shortens the last sample's duration, so what is left after the delay is the sound itself.
  return {
    ...known,
    lengthSamples: Math.max(0, encodedSamples - delaySamples),
    delaySamples,
    paddingSamples: 0,
  };
}

const isAudio = (track: Box): boolean =>
  find(track.body, 'mdia', 'hdlr')?.toString('latin1', 8, 12) === 'soun';

function sumOfDurations(timeToSample: Buffer): number {
  const entries = Math.min(timeToSample.readUInt32BE(4), Math.floor((timeToSample.length - 8) / 8));
  let sum = 0;
  for (let entry = 0; entry < entries; entry += 1) {
    sum += timeToSample.readUInt32BE(8 + entry * 8) * timeToSample.readUInt32BE(12 + entry * 8);
  }
  return sum;
}

/** ` 00000000 00000840 000001CA 00000000003F31F6 …`: delay, padding and length in hex. */
function itunesGapless(
  moov: Buffer,
): Pick<ExactLength, 'lengthSamples' | 'delaySamples' | 'paddingSamples'> | null {
  const name = moov.indexOf('iTunSMPB');
  if (name === -1) return null;
  const match = /[0-9A-F]{8} ([0-9A-F]{8}) ([0-9A-F]{8}) ([0-9A-F]{16})/i.exec(
    moov.toString('latin1', name, name + 200),
  );
  if (match === null) return null;
  const [delay, padding, length] = match.slice(1).map((hex) => Number.parseInt(hex, 16));
  if (delay === undefined || padding === undefined || !length) return null;
  return { lengthSamples: length, delaySamples: delay, paddingSamples: padding };
}

/** Channel configuration of the AudioSpecificConfig (ISO 14496-3, 1.6.2); the sample entry always says two. */
function channelsOf(track: Buffer): number | null {
  const description = find(track, 'mdia', 'minf', 'stbl', 'stsd');
  const esds = description?.indexOf('esds') ?? -1;
  if (description === null || esds === -1) return null;
  // Descriptor 5 is the decoder's own configuration; its length may be padded with 0x80 bytes.
  for (let index = esds + 8; index + 4 < description.length; index += 1) {
    if (description[index] !== 0x05) continue;
    let start = index + 1;
    while (description[start] === 0x80) start += 1;
    if (start + 3 > description.length) return null;
    const configuration = (description.readUInt8(start + 2) >> 3) & 15;
    return configuration >= 1 && configuration <= 6 ? configuration : configuration === 7 ? 8 : null;
  }
  return null;
}
