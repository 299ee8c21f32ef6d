import { createHash } from 'node:crypto';

/** One sector of a disk: what is written at once is whole or not there, on any that does what it says. */
export const SLOT_BYTES = 512;
const CHECK_BYTES = 16;
/** Check, then counter and length, then the text; the rest is zeros. */
const HEAD_BYTES = CHECK_BYTES + 6 + 2;
export const MOST_TEXT_BYTES = SLOT_BYTES - HEAD_BYTES;

/** What lies in a slot. The higher counter is the newer one. */
export interface Slot {
  readonly counter: number;
  readonly text: string;
}

const checkOf = (content: Uint8Array): Buffer =>
  createHash('sha256').update(content).digest().subarray(0, CHECK_BYTES);

/** @param slot with at most `MOST_TEXT_BYTES` of text; throws a RangeError for more. */
export const packSlot = ({ counter, text }: Slot): Buffer => {
  const bytes = Buffer.from(text);
  if (bytes.length > MOST_TEXT_BYTES) throw new RangeError('It does not fit into a slot.');
  const slot = Buffer.alloc(SLOT_BYTES);
  slot.writeUIntBE(counter, CHECK_BYTES, 6);
  slot.writeUInt16BE(bytes.length, CHECK_BYTES + 6);
  bytes.copy(slot, HEAD_BYTES);
  checkOf(slot.subarray(CHECK_BYTES)).copy(slot);
  return slot;
};

/** Null for what `packSlot` did not write, or not whole. */
export const unpackSlot = (slot: Buffer): Slot | null => {
  if (
    slot.length !== SLOT_BYTES ||
    !checkOf(slot.subarray(CHECK_BYTES)).equals(slot.subarray(0, CHECK_BYTES))
  )
    return null;
  const length = slot.readUInt16BE(CHECK_BYTES + 6);
  const text = slot.toString('utf8', HEAD_BYTES, HEAD_BYTES + length);
  return { counter: slot.readUIntBE(CHECK_BYTES, 6), text };
};
