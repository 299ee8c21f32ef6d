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
  encoder: 'libopus',
  options: [
    '-c:a', 'libopus', '-b:a', `${kbps}k`, '-vbr', 'on', '-application', 'audio', '-frame_duration', '20',
    ...FRAGMENTED_MP4,
  ], // prettier-ignore
});

/** Every quality that the publisher makes, from the smallest. */
export const ENCODINGS: readonly Encoding[] = [opus('low', 96), opus('normal', 160)];

/** What a published object counts as. */
const qualityOf = ({ quality, format }: MediaRecord): Quality =>
  quality === 'original' ? qualityOfOriginal(format) : quality;

/** The encodings worth making of what came: those below it. Nothing gains by being encoded larger than it is. */
export function encodingsOf(came: MediaRecord): readonly Encoding[] {
  const most = QUALITIES.indexOf(qualityOf(came));
  return ENCODINGS.filter((encoding) => QUALITIES.indexOf(encoding.quality) < most);
}

/** As records keep them: `source.reading.encoded`. */
export const settingsOf = (encodings: readonly Encoding[]): string =>
  encodings.map((encoding) => encoding.settings).join(' ');

/** Whether listeners of the free tier hear a track with these objects. */
export function isHeardFree(media: readonly MediaRecord[]): boolean {
  const { qualities } = entitlementOf('free');
  return media.some((one) => qualities.includes(qualityOf(one)));
}
