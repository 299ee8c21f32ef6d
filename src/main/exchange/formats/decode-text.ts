import { ExchangeError, MOST_FILE_BYTES } from './exchange-error.ts';

/** Byte order marks, which decoders take out by themselves. */
const UTF_16 = [
  { mark: [0xff, 0xfe], label: 'utf-16le' },
  { mark: [0xfe, 0xff], label: 'utf-16be' },
] as const;

/** The text of a file: UTF-16 where its mark says so, UTF-8 where it is valid, else what Windows wrote before (`.m3u`, older tables). */
export const decodeText = (bytes: Uint8Array): string => {
  if (bytes.byteLength > MOST_FILE_BYTES) throw new ExchangeError('too_large', `${bytes.byteLength} bytes`);
  const marked = UTF_16.find(({ mark }) => mark.every((byte, index) => bytes[index] === byte));
  if (marked !== undefined) return new TextDecoder(marked.label).decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
};
