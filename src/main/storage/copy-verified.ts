import { createHash } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { isAbsent } from './cache-parts.ts';
import { temporaryPath } from './temporary-file.ts';

const BLOCK_BYTES = 1024 * 1024;

async function* blocksOf(path: string, signal: AbortSignal): AsyncGenerator<Uint8Array, void> {
  const file = await open(path, 'r');
  try {
    const block = Buffer.allocUnsafe(BLOCK_BYTES);
    for (;;) {
      signal.throwIfAborted();
      const { bytesRead } = await file.read(block, 0, BLOCK_BYTES);
      if (bytesRead === 0) return;
      yield block.subarray(0, bytesRead);
    }
  } finally {
    await file.close();
  }
}

const hashOf = async (path: string, signal: AbortSignal): Promise<string> => {
  const hash = createHash('sha256');
  for await (const block of blocksOf(path, signal)) hash.update(block);
  return hash.digest('hex');
};

export type Copied =
  | { readonly kind: 'copied' }
  /** It was deleted meanwhile. */
  | { readonly kind: 'vanished' }
  /** Read back, the two are not the same: someone writes to it, or a disk lies. */
  | { readonly kind: 'differs' };

/**
 * Copies one file and reads both back: temporary file → write → fdatasync → compare → rename. Its time of last use goes along.
 * The caller syncs the folder. Rejects with Node's own error, and leaves nothing behind then.
 */
export const copyVerified = async (options: {
  readonly from: string;
  readonly to: string;
  readonly usedAt: Date;
  readonly signal: AbortSignal;
  readonly onBytes: (bytes: number) => void;
}): Promise<Copied> => {
  const { from, to, usedAt, signal, onBytes } = options;
  const temporary = temporaryPath(to);
  try {
    const target = await open(temporary, 'wx', 0o600);
    try {
      for await (const block of blocksOf(from, signal)) {
        await target.writeFile(block);
        onBytes(block.byteLength);
      }
      await target.utimes(usedAt, usedAt);
      await target.datasync();
    } finally {
      await target.close();
    }
    const [copied, original] = [await hashOf(temporary, signal), await hashOf(from, signal)];
    if (copied !== original) {
      await rm(temporary, { force: true });
      return { kind: 'differs' };
    }
    await rename(temporary, to);
    return { kind: 'copied' };
  } catch (error) {
    await rm(temporary, { force: true });
    if (isAbsent(error)) return { kind: 'vanished' };
    throw error;
  }
};
