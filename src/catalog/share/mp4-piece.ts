/**
 * A piece of a fragmented MP4 file (ISO/IEC 14496-12) as a file of its own, without decoding anything: its head, an index of the
 * fragments that are in it, and those fragments with their times moved to the beginning. It takes what the publisher writes:
 * `ftyp`, `moov`, one `sidx`, then pairs of `moof` and `mdat`.
 */
import type { ByteRange } from '../store/object-store.ts';

interface Fragment {
  /** From the beginning of the file. */
  readonly offset: number;
  readonly bytes: number;
  /** In units of the index. */
  readonly ticks: number;
}

export interface FragmentedHead {
  /** `ftyp` and `moov`. */
  readonly start: Buffer;
  readonly index: Buffer;
  readonly ticksPerSecond: number;
  readonly fragments: readonly Fragment[];
}

export interface Piece {
  readonly head: FragmentedHead;
  readonly fragments: readonly Fragment[];
  /** Of the file: the fragments. */
  readonly range: ByteRange;
  readonly startMs: number;
  readonly lengthMs: number;
}

interface Box {
  readonly type: string;
  readonly offset: number;
  readonly bytes: number;
}

const BOX_HEAD = 8;
/** Behind version and flags: reference id, time scale; then time and offset in 32 or 64 bits each, two of reserve, the count. */
const INDEX_TIMES_AT = 20;
const REFERENCE_BYTES = 12;

/** Boxes of a container, as far as they are whole. */
const boxesIn = (bytes: Buffer, from: number, to: number): readonly Box[] => {
  const boxes: Box[] = [];
  let offset = from;
  while (offset + BOX_HEAD <= to) {
    const size = bytes.readUInt32BE(offset);
    // Sizes of 64 bits, and boxes to the end of the file, the publisher does not write.
    if (size < BOX_HEAD || offset + size > to) break;
    boxes.push({ type: bytes.toString('latin1', offset + 4, offset + BOX_HEAD), offset, bytes: size });
    offset += size;
  }
  return boxes;
};

const indexOf = (index: Buffer, endOfIndex: number): Omit<FragmentedHead, 'start' | 'index'> | null => {
  const isWide = index.readUInt8(BOX_HEAD) === 1;
  const fields = INDEX_TIMES_AT + (isWide ? 16 : 8);
  if (index.length < fields + 4) return null;
  const ticksPerSecond = index.readUInt32BE(16);
  const gap = isWide
    ? Number(index.readBigUInt64BE(INDEX_TIMES_AT + 8))
    : index.readUInt32BE(INDEX_TIMES_AT + 4);
  const count = index.readUInt16BE(fields + 2);
  const first = fields + 4;
  if (ticksPerSecond === 0 || count === 0 || index.length < first + count * REFERENCE_BYTES) return null;
  const fragments: Fragment[] = [];
  let offset = endOfIndex + gap;
  for (let at = first; at < first + count * REFERENCE_BYTES; at += REFERENCE_BYTES) {
    const reference = index.readUInt32BE(at);
    // The highest bit: it leads to another index.
    if (reference >= 0x80000000) return null;
    fragments.push({ offset, bytes: reference, ticks: index.readUInt32BE(at + 4) });
    offset += reference;
  }
  return { ticksPerSecond, fragments };
};

/** What the beginning of a file tells; null when it is not laid out so, or `bytes` are too few. */
export const readFragmentedHead = (bytes: Uint8Array): FragmentedHead | null => {
  const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const [ftyp, moov, sidx] = boxesIn(all, 0, all.length);
  if (ftyp?.type !== 'ftyp' || moov?.type !== 'moov' || sidx?.type !== 'sidx') return null;
  const end = sidx.offset + sidx.bytes;
  const index = all.subarray(sidx.offset, end);
  const read = index.length < INDEX_TIMES_AT ? null : indexOf(index, end);
  return read === null ? null : { start: all.subarray(0, sidx.offset), index, ...read };
};

/** Whole fragments from the one that holds `startMs` on, together not longer than `mostMs`; null when not even one is. */
export const pieceOf = (head: FragmentedHead, startMs: number, mostMs: number): Piece | null => {
  const msOf = (ticks: number): number => (ticks / head.ticksPerSecond) * 1000;
  let [beforeTicks, ticks] = [0, 0];
  const chosen: Fragment[] = [];
  for (const fragment of head.fragments) {
    const ends = msOf(beforeTicks + fragment.ticks);
    if (chosen.length === 0 && ends <= startMs) beforeTicks += fragment.ticks;
    else if (msOf(ticks + fragment.ticks) > mostMs) break;
    else {
      chosen.push(fragment);
      ticks += fragment.ticks;
    }
  }
  const [first] = chosen;
  const last = chosen.at(-1);
  if (first === undefined || last === undefined) return null;
  return {
    head,
    fragments: chosen,
    range: { first: first.offset, last: last.offset + last.bytes - 1 },
    startMs: msOf(beforeTicks),
    lengthMs: msOf(ticks),
  };
};

const indexFor = ({ head, fragments }: Piece): Buffer => {
  const { index } = head;
  const isWide = index.readUInt8(BOX_HEAD) === 1;
  const times = INDEX_TIMES_AT + (isWide ? 16 : 8);
  const fields = Buffer.from(index.subarray(0, times + 4));
  fields.fill(0, INDEX_TIMES_AT, times);
  fields.writeUInt16BE(fragments.length, times + 2);
  fields.writeUInt32BE(fields.length + fragments.length * REFERENCE_BYTES, 0);
  const references = fragments.map(({ bytes, ticks }) => {
    const reference = Buffer.alloc(REFERENCE_BYTES);
    reference.writeUInt32BE(bytes, 0);
    reference.writeUInt32BE(ticks, 4);
    // Begins with a frame that stands by itself, as every frame of sound does.
    reference.writeUInt32BE(0x90000000, 8);
    return reference;
  });
  return Buffer.concat([fields, ...references]);
};

const within = (bytes: Buffer, box: Box, type: string): Box | undefined =>
  boxesIn(bytes, box.offset + BOX_HEAD, box.offset + box.bytes).find((inner) => inner.type === type);

/** The times of decoding (`tfdt`), counted from the first. False when one is missing. */
const moveToBeginning = (media: Buffer): boolean => {
  let origin: bigint | null = null;
  for (const moof of boxesIn(media, 0, media.length).filter(({ type }) => type === 'moof')) {
    const traf = within(media, moof, 'traf');
    const tfdt = traf === undefined ? undefined : within(media, traf, 'tfdt');
    if (tfdt === undefined) return false;
    const at = tfdt.offset + 12;
    const isWide = media.readUInt8(tfdt.offset + BOX_HEAD) === 1;
    const time = isWide ? media.readBigUInt64BE(at) : BigInt(media.readUInt32BE(at));
    origin ??= time;
    if (isWide) media.writeBigUInt64BE(time - origin, at);
    else media.writeUInt32BE(Number(time - origin), at);
  }
  return origin !== null;
};

/**
 * The piece as a file.
 *
 * @param media the bytes of its range; they are changed.
 * @returns null when they are not the fragments that the index promises.
 */
export const pieceFile = (piece: Piece, media: Uint8Array): Buffer | null => {
  const { range, head } = piece;
  if (media.byteLength !== range.last - range.first + 1) return null;
  const fragments = Buffer.from(media.buffer, media.byteOffset, media.byteLength);
  if (!moveToBeginning(fragments)) return null;
  return Buffer.concat([head.start, indexFor(piece), fragments]);
};
