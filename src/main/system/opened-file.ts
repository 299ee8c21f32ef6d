import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import { LARGEST_IMPORT_BYTES, type AppCommand } from '../../contract/app-commands.ts';
import { isPlainText } from '../../core/links/plain-text.ts';

const LONGEST_NAME = 200;

/** A name as it may stand on a screen. */
const shownName = (path: string): string => {
  const name = basename(path).slice(0, LONGEST_NAME);
  return isPlainText(name) ? name : '…';
};

/** At most so many bytes and one, which says that there are more. Null for what is no ordinary file. */
const readUpTo = async (path: string, mostBytes: number): Promise<Buffer | null> => {
  // A pipe would keep us waiting for somebody to write into it.
  const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    if (!(await file.stat()).isFile()) return null;
    const buffer = Buffer.alloc(mostBytes + 1);
    let filled = 0;
    while (filled < buffer.length) {
      const { bytesRead } = await file.read(buffer, filled, buffer.length - filled, filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    return buffer.subarray(0, filled);
  } finally {
    await file.close();
  }
};

const decode = (bytes: Buffer): string | null => {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return text.includes('\0') ? null : text;
  } catch {
    return null;
  }
};

/** A playlist file that was opened, as what the window is asked to do about it. Never rejects. */
export const readOpenedFile = async (path: string, mostBytes = LARGEST_IMPORT_BYTES): Promise<AppCommand> => {
  const fileName = shownName(path);
  const failed = (reason: 'too_large' | 'no_text' | 'unreadable'): AppCommand => ({
    kind: 'import_failed',
    fileName,
    reason,
  });
  let bytes: Buffer | null;
  try {
    bytes = await readUpTo(path, mostBytes);
  } catch {
    return failed('unreadable');
  }
  if (bytes === null) return failed('unreadable');
  if (bytes.length > mostBytes) return failed('too_large');
  const text = decode(bytes);
  return text === null ? failed('no_text') : { kind: 'import', fileName, text };
};
