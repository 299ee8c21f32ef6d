import { QUALITIES, entitlementOf, qualityOfOriginal } from '../../core/entitlement/entitlement.ts';
import type { Quality } from '../../core/entitlement/entitlement.ts';
import type { MediaRecord } from '../segments/catalog-records.ts';

/** One quality that is made of what comes in. */
export interface Encoding {
  readonly quality: Quality;
  /** Names quality, codec, bitrate and recipe. What was encoded under another name is encoded again: so change it with the rest. */
  readonly settings: string;
  readonly codec: string;
  readonly contentType: string;
  readonly extension: string;
  /** Sample by sample what came; else at 48 kHz and stereo at most. */
  readonly lossless: boolean;
  /** What ffmpeg needs to be built with. */
  readonly encoder: string;
  /** Of ffmpeg, for one output: codec first, then how it is written. */
  readonly options: readonly string[];
}

/**
 * Fragments of 5 s behind one index (`sidx`) and an edit list that names the delay: Chromium then knows the length to the
 * sample and fetches only what it plays after a seek; without the index it reads on to the place (measured, at 180 s).
 */
const FRAGMENTED_MP4 = [
  '-f', 'mp4', '-frag_duration', '5000000', '-movflags', '+delay_moov+global_sidx+default_base_moof',
] as const; // prettier-ignore

const opus = (quality: Quality, kbps: number): Encoding => ({
  quality,
  settings: `${quality}-opus-${kbps}k-1`,
  codec: 'opus',
  contentType: 'audio/mp4',
  extension: 'm4a',
  lossless: false,
  encoder: 'libopus',
  options: [
    '-c:a', 'libopus', '-b:a', `${kbps}k`, '-vbr', 'on', '-application', 'audio', '-frame_duration', '20',
    ...FRAGMENTED_MP4,
  ], // prettier-ignore
});

/** The same samples in half the bytes of a wav. */
const FLAC: Encoding = {
  quality: 'lossless',
  settings: 'lossless-flac-1',
  codec: 'flac',
  contentType: 'audio/mp4',
  extension: 'm4a',
  lossless: true,
  encoder: 'flac',
  // Older ffmpegs hold flac in mp4 for an experiment.
  options: ['-c:a', 'flac', '-compression_level', '8', '-strict', '-2', ...FRAGMENTED_MP4],
};
/** Flac holds no more, and no floating point. */
const MOST_FLAC_BITS = 24;

/**
 * Every quality that the publisher makes, from the smallest. An hour takes 43, 72 and 115 MB; flac of a wav some 350 MB beside its
 * 635. Flac that comes in stays as it is, and aiff and ALAC are published as flac in the first place.
 */
export const ENCODINGS: readonly Encoding[] = [opus('low', 96), opus('normal', 160), opus('high', 256), FLAC];

/** What a published object counts as. */
const qualityOf = ({ quality, format }: MediaRecord): Quality =>
  quality === 'original' ? qualityOfOriginal(format) : quality;

const isPlainPcm = ({ quality, format: { codec, bitDepth } }: MediaRecord): boolean =>
  quality === 'original' && codec === 'pcm' && bitDepth !== null && bitDepth <= MOST_FLAC_BITS;

/**
 * The encodings worth making of what came: those below it, and flac of what is uncompressed. Nothing gains by being encoded larger
 * than it is.
 *
 * @param chosen qualities to make.
 * @param encoded settings of what was made before: choosing less takes nothing away.
 */
export function encodingsOf(
  came: MediaRecord,
  chosen: readonly Quality[] = QUALITIES,
  encoded = '',
): readonly Encoding[] {
  const most = QUALITIES.indexOf(qualityOf(came));
  const made = encoded.split(' ');
  return ENCODINGS.filter(
    ({ quality, settings, lossless }) =>
      (chosen.includes(quality) || made.includes(settings)) &&
      (QUALITIES.indexOf(quality) < most || (lossless && isPlainPcm(came))),
  );
}

/** As records keep them: `source.reading.encoded`. */
export const settingsOf = (encodings: readonly Encoding[]): string =>
  encodings.map((encoding) => encoding.settings).join(' ');

/** Whether listeners of the free tier hear a track with these objects. */
export function isHeardFree(media: readonly MediaRecord[]): boolean {
  const { qualities } = entitlementOf('free');
  return media.some((one) => qualities.includes(qualityOf(one)));
}
