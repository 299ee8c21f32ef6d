/**
 * The objects of a track as its row keeps them: bytes, since most of it is hashes, and each byte is a megabyte in an index
 * of a million titles. One object is
 *
 *   byte 0        quality (bits 0 and 1), place of its kind in `KINDS` (bits 2 to 7)
 *   32 bytes      SHA-256
 *   1 to 8 bytes  size, seven bits a byte, lowest first (LEB128)
 *   1 byte        what is known of how it plays: 0 nothing, else 1 + place of its rate in `RATES_HZ` (bits 0 to 3) and place of
 *                 its delay in `DELAYS` (bits 4 to 7); 15 where it is in no list
 *   and where that is known, the length in samples, then what is in no list: rate, delay (LEB128)
 *   and, for a kind that is in no list, key, content type and codec, each with its length in front.
 *
 * 42 bytes for a song in a quality, so three qualities take 126 MB a million; one took 76 MB as text.
 */
import type { AudioFacts } from '../../contract/audio-facts.ts';
import { QUALITIES, qualityOfOriginal, type Quality } from '../../core/entitlement/entitlement.ts';
import type { MediaRecord, TrackRecord } from '../segments/catalog-records.ts';
import { audioKey } from '../segments/keys.ts';
import { playingFactsOf } from './playing-facts.ts';

/** An object that plays, as the service hands it out. */
export interface PlayableMedia {
  /** What it counts as; a file that is published as it came counts by its format. */
  readonly quality: Quality;
  readonly key: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly contentType: string;
  /** Null where the length is not known. */
  readonly audio: AudioFacts | null;
}

/** Extension, content type and codec of what the publisher puts under `audioKey`. Its places are written in the rows. */
const KINDS: readonly (readonly [extension: string, contentType: string, codec: string])[] = [
  ['mp3', 'audio/mpeg', 'mp3'],
  ['m4a', 'audio/mp4', 'aac'],
  ['m4a', 'audio/mp4', 'opus'],
  ['m4a', 'audio/mp4', 'flac'],
  ['flac', 'audio/flac', 'flac'],
  ['ogg', 'audio/ogg', 'vorbis'],
  ['opus', 'audio/ogg', 'opus'],
  ['oga', 'audio/ogg', 'flac'],
  ['aac', 'audio/aac', 'aac'],
  ['wav', 'audio/wav', 'pcm'],
];
const SPELLED_OUT = 63;
const RATES_HZ: readonly number[] = [
  44_100, 48_000, 96_000, 88_200, 192_000, 176_400, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8000,
];
/** None; LAME's and the decoder's; AAC by most encoders, by Apple's. */
const DELAYS: readonly number[] = [0, 1105, 1024, 2112];
const NOT_LISTED = 15;
const HASH_BYTES = 32;

/** The quality that a published object counts as. */
const qualityOf = ({ quality, format }: MediaRecord): Quality =>
  quality === 'original' ? qualityOfOriginal(format) : quality;

export const packMedia = (media: readonly MediaRecord[]): Buffer =>
  Buffer.concat(
    media.flatMap((one) => {
      const { key, sha256, bytes, format } = one;
      const listed = KINDS.findIndex(
        ([extension, contentType, codec]) =>
          contentType === format.contentType && codec === format.codec && key === audioKey(sha256, extension),
      );
      const kind = listed === -1 ? SPELLED_OUT : listed;
      return [
        Buffer.from([QUALITIES.indexOf(qualityOf(one)) | (kind << 2)]),
        Buffer.from(sha256, 'hex'),
        packNumber(bytes),
        ...packFacts(playingFactsOf(one)),
        ...(listed === -1 ? [packText(key), packText(format.contentType), packText(format.codec)] : []),
      ];
    }),
  );

/** @throws RangeError for bytes that `packMedia` did not write: the file is damaged. */
export const unpackMedia = (packed: Buffer): readonly PlayableMedia[] => {
  const media: PlayableMedia[] = [];
  let position = 0;
  const take = (length: number): Buffer => {
    if (position + length > packed.length) throw new RangeError('The objects of a track end too early.');
    position += length;
    return packed.subarray(position - length, position);
  };
  const takeNumber = (): number => {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = take(1).readUInt8(0);
      value += (byte & 127) * factor;
      if (byte < 128) return value;
    }
  };
  const takeText = (): string => take(takeNumber()).toString('utf8');
  const takeFacts = (): Omit<AudioFacts, 'codec'> | null => {
    const places = take(1).readUInt8(0);
    if (places === 0) return null;
    const lengthSamples = takeNumber();
    const sampleRateHz = RATES_HZ[(places & 15) - 1] ?? takeNumber();
    return { sampleRateHz, lengthSamples, delaySamples: DELAYS[places >> 4] ?? takeNumber() };
  };
  while (position < packed.length) {
    const head = take(1).readUInt8(0);
    const sha256 = take(HASH_BYTES).toString('hex');
    const bytes = takeNumber();
    const facts = takeFacts();
    const quality = QUALITIES[head & 3] ?? 'low';
    const [extension, ...kind] = KINDS[head >> 2] ?? [null];
    const key = extension === null ? takeText() : audioKey(sha256, extension);
    const [contentType = takeText(), codec = takeText()] = kind;
    const audio = facts === null ? null : { ...facts, codec };
    media.push({ quality, key, sha256, bytes, contentType, audio });
  }
  return media;
};

const packNumber = (value: number): Buffer => {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) + 128);
  return Buffer.from([...bytes, rest]);
};

const packFacts = (facts: AudioFacts | null): readonly Buffer[] => {
  if (facts === null) return [Buffer.from([0])];
  const { sampleRateHz, lengthSamples, delaySamples } = facts;
  const rate = RATES_HZ.indexOf(sampleRateHz);
  const delay = DELAYS.indexOf(delaySamples);
  return [
    Buffer.from([(rate === -1 ? NOT_LISTED : rate + 1) | ((delay === -1 ? NOT_LISTED : delay) << 4)]),
    packNumber(lengthSamples),
    ...(rate === -1 ? [packNumber(sampleRateHz)] : []),
    ...(delay === -1 ? [packNumber(delaySamples)] : []),
  ];
};

const packText = (text: string): Buffer => {
  const bytes = Buffer.from(text);
  return Buffer.concat([packNumber(bytes.length), bytes]);
};

/** What a player can take as it is; of the rest a rendition has been made when it was published. */
const UNPLAYABLE_CODECS: ReadonlySet<string> = new Set(['alac', 'aiff', 'wmav1', 'wmav2', 'ape', 'wavpack']);
const UNPLAYABLE_TYPES = /aiff|x-ms-wma/;
const PREFERENCE: readonly MediaRecord['quality'][] = ['original', 'lossless', 'high', 'normal', 'low'];

/** Twice the bytes of the flac that was made of it, for the same samples. */
const isUncompressed = ({ quality, format }: MediaRecord): boolean =>
  quality === 'original' && format.codec === 'pcm';

/** The best object that plays, first: the original when it does and is not larger than it need be, else what was made of it. */
export const playableFirst = (media: TrackRecord['media']): readonly MediaRecord[] => {
  const plays = (one: MediaRecord): boolean =>
    one.quality !== 'original' ||
    !(UNPLAYABLE_CODECS.has(one.format.codec) || UNPLAYABLE_TYPES.test(one.format.contentType));
  return media.toSorted(
    (left, right) =>
      Number(plays(right)) - Number(plays(left)) ||
      Number(isUncompressed(left)) - Number(isUncompressed(right)) ||
      PREFERENCE.indexOf(left.quality) - PREFERENCE.indexOf(right.quality),
  );
};
