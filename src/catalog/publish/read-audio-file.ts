import { openAsBlob } from 'node:fs';
import { open } from 'node:fs/promises';
import { extname } from 'node:path';
import { parseBlob, parseFile } from 'music-metadata';
import type { IAudioMetadata } from 'music-metadata';
import type { AudioFormat } from '../../contract/catalog-http.ts';
import { MIME_OF_CONTAINER, recogniseAudio } from './audio-content.ts';
import type { AudioContent, ContainerKind, ExactLength } from './audio-content.ts';
import { audioFormatOf, publicationOf } from './audio-format.ts';
import type { Publication } from './audio-format.ts';
import { readExactLength, refuseTruncated } from './exact-length.ts';
import { UnreadableFile } from './publish-error.ts';
import { readWavCodec } from './wav-codec.ts';
import type { WavCodec } from './wav-codec.ts';

/** One audio file, understood. Holds its embedded pictures: let go of it soon. */
export interface AudioFile {
  readonly metadata: IAudioMetadata;
  readonly publication: Publication;
  /** Of the file as it is, also when it is published as flac. */
  readonly format: AudioFormat;
  readonly length: ExactLength | null;
  readonly durationMs: number;
}

const CONTAINER_OF_EXTENSION: Readonly<Record<string, ContainerKind>> = {
  '.mp3': 'mp3',
  '.aac': 'adts',
  '.m4a': 'mp4',
  '.mp4': 'mp4',
  '.flac': 'flac',
  '.ogg': 'ogg',
  '.oga': 'ogg',
  '.opus': 'ogg',
  '.wav': 'wav',
  '.aif': 'aiff',
  '.aiff': 'aiff',
};

/**
 * Reads what a file is, how long it plays and its tags. The content decides what it is, not its name.
 *
 * @throws UnreadableFile with a reason for the operator, or the system's error.
 */
export async function readAudioFile(path: string, fileBytes: number): Promise<AudioFile> {
  if (fileBytes === 0) throw new UnreadableFile('it is empty');
  const { content, length, wavCodec } = await readFrame(path, fileBytes);
  const metadata = await readMetadata(path, content, length);
  const { format } = metadata;
  const publication = publicationOf(content.container, format, wavCodec);
  if (content.container === 'wav' || content.container === 'aiff') {
    refuseTruncated(fileBytes, statedPcmBytes(metadata, wavCodec !== null || content.container === 'aiff'));
  }
  const seconds =
    length === null ? (format.duration ?? 0) : length.lengthSamples / Math.max(1, length.sampleRateHz);
  if (!(seconds > 0)) throw new UnreadableFile('it holds no sound');
  return {
    metadata,
    publication,
    format: audioFormatOf(format, {
      codec: publication.as === 'original' ? publication.codec : 'pcm',
      contentType:
        publication.as === 'original' ? publication.contentType : MIME_OF_CONTAINER[content.container],
      bytes: fileBytes,
      seconds,
      sampleRateHz: length?.sampleRateHz ?? null,
      channels: length?.channels ?? null,
    }),
    length: length ?? countedLength(content, metadata),
    durationMs: Math.round(seconds * 1000),
  };
}

/** What is known before the tags are read. */
interface Frame {
  readonly content: AudioContent;
  readonly length: ExactLength | null;
  readonly wavCodec: WavCodec | null;
}

async function readFrame(path: string, fileBytes: number): Promise<Frame> {
  await using file = await open(path, 'r');
  const content = await recogniseAudio(file);
  if (content === null)
    throw new UnreadableFile('its content is none of the audio formats that are published');
  try {
    const wavCodec = content.container === 'wav' ? await readWavCodec(file) : null;
    return { content, length: await readExactLength(file, content, fileBytes), wavCodec };
  } catch (error) {
    // Reading beyond the end of a header: the bytes do not hold together.
    if (error instanceof RangeError) throw new UnreadableFile('its header is damaged', { cause: error });
    throw error;
  }
}

async function readMetadata(
  path: string,
  content: AudioContent,
  length: ExactLength | null,
): Promise<IAudioMetadata> {
  // An mp3 without a Xing header, or an uncommon ogg, must be read to its end to know how long it is.
  const options = { duration: length === null && ['mp3', 'ogg'].includes(content.container) };
  const matchesName = CONTAINER_OF_EXTENSION[extname(path).toLowerCase()] === content.container;
  try {
    if (matchesName) return await parseFile(path, options);
    return await parseBlob(await openAsBlob(path, { type: MIME_OF_CONTAINER[content.container] }), options);
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    throw new UnreadableFile(`its tags or header are damaged (${detail})`, { cause: error });
  }
}

/** Bytes that uncompressed audio of the stated length takes. */
function statedPcmBytes({ format }: IAudioMetadata, isPlain: boolean): number {
  const bytesPerSample = Math.ceil((format.bitsPerSample ?? 0) / 8) * (format.numberOfChannels ?? 0);
  return isPlain ? (format.numberOfSamples ?? 0) * bytesPerSample : 0;
}

/** Where the container says nothing: what the tag reader counted. */
function countedLength({ container }: AudioContent, { format }: IAudioMetadata): ExactLength | null {
  const isPcm = container === 'wav' || container === 'aiff';
  if (!isPcm && container !== 'mp3') return null;
  if (!format.numberOfSamples || !format.sampleRate) return null;
  const outside = isPcm ? 0 : null;
  return {
    lengthSamples: format.numberOfSamples,
    sampleRateHz: format.sampleRate,
    delaySamples: outside,
    paddingSamples: outside,
  };
}
