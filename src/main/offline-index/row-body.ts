/** What a row keeps as JSON, with a checksum before it: a flipped bit is found out instead of being shown. */
import { crc32 } from 'node:zlib';
import { GarbledIndex } from './sql.ts';

export const CHECKSUM_LETTERS = 8;
/** In the checksum's place, for what a statement puts together from other rows. */
export const COMPUTED = 'computed';

const checksum = (json: string): string => crc32(json).toString(16).padStart(CHECKSUM_LETTERS, '0');

/** The same value is always the same text: that is how a row knows that nothing has changed. */
export const toBody = (value: object): string => {
  const json = JSON.stringify(value);
  return checksum(json) + json;
};

/** `Value` is what was written: only this program writes these rows, in the format that the file names. */
export const readBody = <Value>(body: string): Value => {
  const sum = body.slice(0, CHECKSUM_LETTERS);
  const json = body.slice(CHECKSUM_LETTERS);
  if (sum !== COMPUTED && sum !== checksum(json)) throw new GarbledIndex('A row is not what was written.');
  return JSON.parse(json) as Value;
};
