import type { IFormat } from 'music-metadata';
import type { AudioFormat } from '../../contract/catalog-http.ts';
import type { ContainerKind } from './audio-content.ts';
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
export function publicationOf(container: ContainerKind, format: IFormat): Publication {
  const codec = format.codec ?? '';
  const original = (extension: string, name: string, contentType: string): Publication => ({
    as: 'original',
    extension,
    codec: name,
    contentType,
  });
  switch (container) {
    case 'mp3':
      return original('mp3', 'mp3', 'audio/mpeg');
    case 'adts':
      return original('aac', 'aac', 'audio/aac');
    case 'flac':
      return original('flac', 'flac', 'audio/flac');
    case 'mp4':
      return mp4Publication(codec, format.hasVideo ?? false);
    case 'ogg':
      return oggPublication(codec);
    case 'wav':
      return /^(?:PCM|IEEE_FLOAT|Float)/i.test(codec)
        ? original('wav', 'pcm', 'audio/wav')
        : { as: 'flac', because: `wav with ${codec || 'an unknown codec'} inside` };
    case 'aiff':
      return { as: 'flac', because: 'aiff' };
  }
}

function mp4Publication(codec: string, hasVideo: boolean): Publication {
  if (hasVideo) throw new UnreadableFile('it is a video');
  if (/alac/i.test(codec)) return { as: 'flac', because: 'Apple lossless (ALAC)' };
  if (/aac|mp4a|mpeg-4/i.test(codec)) {
    return { as: 'original', extension: 'm4a', codec: 'aac', contentType: 'audio/mp4' };
  }
  if (/^flac$/i.test(codec))
    return { as: 'original', extension: 'm4a', codec: 'flac', contentType: 'audio/mp4' };
  if (/opus/i.test(codec))
    return { as: 'original', extension: 'm4a', codec: 'opus', contentType: 'audio/mp4' };
  throw new UnreadableFile(
    codec === '' ? 'it holds no audio' : `its codec (${codec}) does not play, protected files do not either`,
  );
}

function oggPublication(codec: string): Publication {
  if (/opus/i.test(codec))
    return { as: 'original', extension: 'opus', codec: 'opus', contentType: 'audio/ogg' };
  if (/vorbis/i.test(codec))
    return { as: 'original', extension: 'ogg', codec: 'vorbis', contentType: 'audio/ogg' };
  if (/flac/i.test(codec))
    return { as: 'original', extension: 'oga', codec: 'flac', contentType: 'audio/ogg' };
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
