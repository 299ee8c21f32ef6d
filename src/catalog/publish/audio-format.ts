import type { IFormat } from 'music-metadata';
import type { AudioFormat } from '../../contract/catalog-http.ts';
import type { ContainerKind } from './audio-content.ts';
import type { WavCodec } from './wav-codec.ts';
import { UnreadableFile } from './publish-error.ts';

/** How a file is published: as it is, or turned into flac because no player of ours takes it. */
export type Publication =
  | {
      readonly as: 'original';
      readonly extension: string;
      readonly codec: string;
      readonly contentType: string;
    }
  | { readonly as: 'flac'; readonly because: string };

/**
 * What plays in Chromium is published as it is. AIFF and ALAC do not, and lose nothing as flac.
 *
 * @throws UnreadableFile for content that is neither.
 */
export function publicationOf(
  container: ContainerKind,
  format: IFormat,
  wavCodec: WavCodec | null,
): Publication {
  switch (container) {
    case 'mp3':
      return original('mp3', 'mp3', 'audio/mpeg');
    case 'adts':
      return original('aac', 'aac', 'audio/aac');
    case 'flac':
      return original('flac', 'flac', 'audio/flac');
    case 'mp4':
      return mp4Publication(format);
    case 'ogg':
      return oggPublication(format.codec ?? '');
    case 'wav':
      return wavCodec === null
        ? { as: 'flac', because: `wav with ${format.codec ?? 'an unknown codec'} inside` }
        : original('wav', 'pcm', 'audio/wav');
    case 'aiff':
      return { as: 'flac', because: 'aiff' };
  }
}

const original = (extension: string, codec: string, contentType: string): Publication => ({
  as: 'original',
  extension,
  codec,
  contentType,
});

/** By the sample entry of the audio track (the names are registered at mp4ra.org). */
function mp4Publication(format: IFormat): Publication {
  if (format.hasVideo === true) throw new UnreadableFile('it is a video');
  const entry = format.trackInfo.find((track) => track.audio !== undefined)?.codecId ?? '';
  switch (entry) {
    case 'mp4a':
      return original('m4a', 'aac', 'audio/mp4');
    case 'fLaC':
      return original('m4a', 'flac', 'audio/mp4');
    case 'Opus':
      return original('m4a', 'opus', 'audio/mp4');
    case 'alac':
      return { as: 'flac', because: 'Apple lossless (ALAC)' };
    case 'drms':
    case 'enca':
      throw new UnreadableFile('it is copy-protected');
    case '':
      throw new UnreadableFile('it holds no audio');
    default:
      throw new UnreadableFile(`its codec (${format.codec ?? entry}) does not play`);
  }
}

function oggPublication(codec: string): Publication {
  if (/opus/i.test(codec)) return original('opus', 'opus', 'audio/ogg');
  if (/vorbis/i.test(codec)) return original('ogg', 'vorbis', 'audio/ogg');
  if (/flac/i.test(codec)) return original('oga', 'flac', 'audio/ogg');
  throw new UnreadableFile(codec === '' ? 'it holds no audio' : `its codec (${codec}) does not play`);
}

/** The format as the app shows it. Bitrate is that of the whole file when the tag reader knows none. */
export function audioFormatOf(
  format: IFormat,
  known: {
    readonly codec: string;
    readonly contentType: string;
    readonly bytes: number;
    readonly seconds: number;
    readonly sampleRateHz: number | null;
    readonly channels: number | null;
  },
): AudioFormat {
  const sampleRateHz = known.sampleRateHz ?? format.sampleRate ?? 0;
  const channels = known.channels ?? format.numberOfChannels ?? 0;
  if (sampleRateHz <= 0 || channels <= 0) throw new UnreadableFile('its header does not say how to play it');
  const lossless = known.codec === 'flac' || known.codec === 'pcm';
  const bitrateBps = format.bitrate ?? (known.seconds > 0 ? (known.bytes * 8) / known.seconds : 0);
  return {
    codec: known.codec,
    contentType: known.contentType,
    lossless,
    sampleRateHz: Math.round(sampleRateHz),
    channels: Math.round(channels),
    bitDepth: lossless ? (format.bitsPerSample ?? null) : null,
    bitrateBps: Math.max(0, Math.round(bitrateBps)),
  };
}
