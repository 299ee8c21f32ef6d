import type { FileHandle } from 'node:fs/promises';
import { readAt } from './audio-content.ts';
import { UnreadableFile } from './publish-error.ts';

/** No `moov` of a song, and no `moof`, is larger; a lie about its size must not take the memory. */
const LARGEST_INDEX_BYTES = 64 * 1024 * 1024;

/** A box of an mp4 (ISO 14496-12, 4.2) without its header. */
export interface Box {
  readonly type: string;
  readonly body: Buffer;
}

/**
 * The outermost boxes of these types, one after the other; the rest, which is the sound, is passed over.
 *
 * @throws UnreadableFile when the file ends before its boxes do, or an index is too large to be one of a song.
 */
export async function* outermostBoxes(
  file: FileHandle,
  fileBytes: number,
  types: readonly string[],
): AsyncGenerator<Box> {
  let position = 0;
  while (position + 8 <= fileBytes) {
    const head = await readAt(file, position, 16);
    if (head.length < 8) break;
    const size32 = head.readUInt32BE(0);
    const bytes = size32 === 1 && head.length === 16 ? Number(head.readBigUInt64BE(8)) : size32;
    const size = size32 === 0 ? fileBytes - position : bytes;
    if (size < 8 || position + size > fileBytes) {
      throw new UnreadableFile('it is truncated: its last part is missing');
    }
    const type = head.toString('latin1', 4, 8);
    if (types.includes(type)) {
      if (size > LARGEST_INDEX_BYTES) throw new UnreadableFile('its index is too large to be one of a song');
      yield { type, body: (await readAt(file, position, size)).subarray(size32 === 1 ? 16 : 8) };
    }
    position += size;
  }
}

/** @throws UnreadableFile also when there is none. */
export async function readMoov(file: FileHandle, fileBytes: number): Promise<Buffer> {
  for await (const { body } of outermostBoxes(file, fileBytes, ['moov'])) return body;
  throw new UnreadableFile('it is truncated: its index is missing');
}

function* boxesIn(bytes: Buffer): Generator<Box> {
  let position = 0;
  while (position + 8 <= bytes.length) {
    const size = bytes.readUInt32BE(position);
    if (size < 8 || position + size > bytes.length) return;
    yield {
      type: bytes.toString('latin1', position + 4, position + 8),
      body: bytes.subarray(position + 8, position + size),
    };
    position += size;
  }
}

export const boxesOf = (bytes: Buffer): readonly Box[] => [...boxesIn(bytes)];

/** The first box along a path of types. */
export function find(bytes: Buffer, ...path: readonly string[]): Buffer | null {
  const [type, ...rest] = path;
  const body = boxesOf(bytes).find((box) => box.type === type)?.body ?? null;
  return body === null || rest.length === 0 ? body : find(body, ...rest);
}
