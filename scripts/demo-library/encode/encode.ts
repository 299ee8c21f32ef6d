import { readFile, writeFile } from 'node:fs/promises';
import type { Format } from '../albums/album.ts';
import type { Stereo } from '../synth/sound.ts';
import { decibels, SAMPLE_RATE, scale } from '../synth/sound.ts';
import { ffmpeg } from './ffmpeg.ts';
import { withOpusComments } from './opus-comments.ts';
import type { TrackTags } from './tags.ts';
import { commonFields, flatComments, vorbisComments } from './tags.ts';

const EXTENSIONS: Readonly<Record<Format['kind'], string>> = {
  opus: 'opus',
  vorbis: 'ogg',
  mp3: 'mp3',
  m4a: 'm4a',
  aac: 'aac',
  flac: 'flac',
  wav: 'wav',
};

export function extensionOf(format: Format): string {
  return EXTENSIONS[format.kind];
}

/**
 * ffmpeg's AAC encoder overshoots the peaks of dense music by 2 dB at these rates (measured on decoded files);
 * this much quieter, what is decoded stays below -1 dBTP.
 */
const AAC_HEADROOM_DB = 2;

/** 16 bits are what flac and wav keep; the lossy encoders get every bit there is. */
function interleaved(
  { left, right }: Stereo,
  format: Format,
): { readonly data: Buffer; readonly name: string } {
  if (format.kind === 'flac' || format.kind === 'wav') {
    const samples = new Int16Array(left.length * 2);
    const quantised = (value: number): number => Math.max(-32768, Math.min(32767, Math.round(value * 32767)));
    left.forEach((value, index) => (samples[2 * index] = quantised(value)));
    right.forEach((value, index) => (samples[2 * index + 1] = quantised(value)));
    return { data: Buffer.from(samples.buffer), name: 's16le' };
  }
  const samples = new Float32Array(left.length * 2);
  left.forEach((value, index) => (samples[2 * index] = value));
  right.forEach((value, index) => (samples[2 * index + 1] = value));
  return { data: Buffer.from(samples.buffer), name: 'f32le' };
}

function encoderOptions(format: Format): readonly string[] {
  switch (format.kind) {
    case 'opus':
      return ['-c:a', 'libopus', '-b:a', `${format.kilobits}k`, '-vbr', 'on', '-f', 'opus'];
    case 'vorbis':
      return ['-c:a', 'libvorbis', '-q:a', String(format.quality), '-f', 'ogg'];
    case 'mp3':
      return ['-c:a', 'libmp3lame', '-b:a', `${format.kilobits}k`, '-id3v2_version', '4', '-f', 'mp3'];
    case 'm4a':
      return ['-c:a', 'aac', '-b:a', `${format.kilobits}k`, '-movflags', '+faststart', '-f', 'ipod'];
    case 'aac':
      return ['-c:a', 'aac', '-b:a', `${format.kilobits}k`, '-f', 'adts'];
    case 'flac':
      return ['-c:a', 'flac', '-compression_level', '12', '-f', 'flac'];
    case 'wav':
      return ['-c:a', 'pcm_s16le', '-ac', '1', '-ar', String(format.sampleRateHz), '-f', 'wav'];
  }
}

function fieldsFor(format: Format, tags: TrackTags): readonly (readonly [string, string])[] {
  switch (format.kind) {
    case 'vorbis':
    case 'flac':
      return flatComments(tags);
    case 'mp3':
      return commonFields(tags, 'id3');
    case 'm4a':
      return commonFields(tags, 'mp4');
    case 'opus':
    case 'aac':
    case 'wav':
      return [];
  }
}

export interface EncodeJob {
  readonly sound: Stereo;
  readonly format: Format;
  readonly tags: TrackTags;
  /** A picture to carry inside, where the container is made for it. */
  readonly coverFile?: string;
  readonly file: string;
}

/** Writes one track. The same sound and the same ffmpeg give the same bytes: no dates, no encoder's name. */
export async function encode({ sound, format, tags, coverFile, file }: EncodeJob): Promise<void> {
  const isAac = format.kind === 'm4a' || format.kind === 'aac';
  const { data, name } = interleaved(isAac ? scale(sound, decibels(-AAC_HEADROOM_DB)) : sound, format);
  const picture = coverFile
    ? ['-i', coverFile, '-map', '0:a', '-map', '1:v', '-c:v', 'copy', '-disposition:v', 'attached_pic']
    : [];
  const source = ['-f', name, '-ar', String(SAMPLE_RATE), '-ac', '2', '-i', 'pipe:0'];
  const repeatable = ['-map_metadata', '-1', '-fflags', '+bitexact', '-flags', '+bitexact'];
  const fields = fieldsFor(format, tags).flatMap(([key, value]) => ['-metadata', `${key}=${value}`]);
  await ffmpeg([...source, ...picture, ...repeatable, ...encoderOptions(format), ...fields, file], data);
  if (format.kind === 'opus')
    await writeFile(file, withOpusComments(await readFile(file), vorbisComments(tags)));
}
