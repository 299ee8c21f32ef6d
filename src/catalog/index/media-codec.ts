/**
 * The objects of a track as its row keeps them: bytes, since most of it is hashes, and each byte is a megabyte in an index
 * of a million titles. One object is
 *
 *   byte 0        quality (bits 0 and 1), place of its kind in `KINDS` (bits 2 to 7)
 *   32 bytes      SHA-256
 *   1 to 8 bytes  size, seven bits a byte, lowest first (LEB128)
 *   and, for a kind that is in no list, key and content type, each with its length in front.
 *
 * 37 bytes for a song in a quality, so three qualities take 111 MB a million; one took 76 MB as text.
 */
import { QUALITIES, qualityOfOriginal, type Quality } from '../../core/entitlement/entitlement.ts';
import type { MediaRecord, TrackRecord } from '../segments/catalog-records.ts';
import { audioKey } from '../segments/keys.ts';

/** An object that plays, as the service hands it out. */
export interface PlayableMedia {
  /** What it counts as; a file that is published as it came counts by its format. */
  readonly quality: Quality;
  readonly key: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly contentType: string;
}

/** Extension and content type of what the publisher puts under `audioKey`. Its places are written in the rows. */
const KINDS: readonly (readonly [extension: string, contentType: string])[] = [
  ['mp3', 'audio/mpeg'],
  ['m4a', 'audio/mp4'],
  ['flac', 'audio/flac'],
  ['ogg', 'audio/ogg'],
  ['opus', 'audio/ogg'],
  ['oga', 'audio/ogg'],
  ['aac', 'audio/aac'],
  ['wav', 'audio/wav'],
];
const SPELLED_OUT = 63;
const HASH_BYTES = 32;

/** The quality that a published object counts as. */
const qualityOf = ({ quality, format }: MediaRecord): Quality =>
  quality === 'original' ? qualityOfOriginal(format) : quality;

export const packMedia = (media: readonly MediaRecord[]): Buffer =>
  Buffer.concat(
    media.flatMap((one) => {
      const { key, sha256, bytes, format } = one;
      const listed = KINDS.findIndex(
        ([extension, contentType]) =>
          contentType === format.contentType && key === audioKey(sha256, extension),
      );
      const kind = listed === -1 ? SPELLED_OUT : listed;
      return [
        Buffer.from([QUALITIES.indexOf(qualityOf(one)) | (kind << 2)]),
        Buffer.from(sha256, 'hex'),
        packNumber(bytes),
        ...(listed === -1 ? [packText(key), packText(format.contentType)] : []),
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
  while (position < packed.length) {
    const head = take(1).readUInt8(0);
    const sha256 = take(HASH_BYTES).toString('hex');
    const bytes = takeNumber();
    const quality = QUALITIES[head & 3] ?? 'low';
    const kind = KINDS[head >> 2];
    const [key, contentType] =
      kind === undefined ? [takeText(), takeText()] : [audioKey(sha256, kind[0]), kind[1]];
    media.push({ quality, key, sha256, bytes, contentType });
  }
  return media;
};

const packNumber = (value: number): Buffer => {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) + 128);
  return Buffer.from([...bytes, rest]);
};

const packText = (text: string): Buffer => {
  const bytes = Buffer.from(text);
  return Buffer.concat([packNumber(bytes.length), bytes]);
};

/** What a player can take as it is; of the rest a rendition has been made when it was published. */
const UNPLAYABLE_CODECS: ReadonlySet<string> = new Set(['alac', 'aiff', 'wmav1', 'wmav2', 'ape', 'wavpack']);
const UNPLAYABLE_TYPES = /aiff|x-ms-wma/;
const PREFERENCE: readonly MediaRecord['quality'][] = ['original', 'lossless', 'high', 'normal', 'low'];

/** The best object that plays, first; the original when it does, else what was made of it. */
export const playableFirst = (media: TrackRecord['media']): readonly MediaRecord[] => {
  const plays = (one: MediaRecord): boolean =>
    one.quality !== 'original' ||
    !(UNPLAYABLE_CODECS.has(one.format.codec) || UNPLAYABLE_TYPES.test(one.format.contentType));
  return media.toSorted(
    (left, right) =>
      Number(plays(right)) - Number(plays(left)) ||
      PREFERENCE.indexOf(left.quality) - PREFERENCE.indexOf(right.quality),
  );
};
