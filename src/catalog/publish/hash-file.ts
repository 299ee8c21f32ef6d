import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';

const READ_BYTES = 1024 * 1024;

/**
 * SHA-256 of a file in hex. One buffer serves the whole file, no larger than it: a stream allocates one for each piece,
 * which for many small files costs more than the hashing.
 */
export async function hashFile(path: string, fileBytes: number, signal: AbortSignal): Promise<string> {
  await using file = await open(path, 'r');
  const hash = createHash('sha256');
  const buffer = Buffer.allocUnsafe(Math.max(1, Math.min(READ_BYTES, fileBytes)));
  for (;;) {
    signal.throwIfAborted();
    const { bytesRead } = await file.read(buffer, 0, buffer.length, null);
    if (bytesRead === 0) return hash.digest('hex');
    hash.update(buffer.subarray(0, bytesRead));
  }
}

export function hashBytes(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
