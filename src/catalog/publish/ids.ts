import { createHash } from 'node:crypto';
import { nameKey } from './clean-text.ts';

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567';
const ID_LENGTH = 20;

/** The first 100 bits of a SHA-256 over the parts, as 20 lower-case base-32 characters (RFC 4648). */
export function idFrom(...parts: readonly string[]): string {
  const hash = createHash('sha256');
  // Lengths keep ('ab', 'c') apart from ('a', 'bc').
  for (const part of parts) hash.update(`${Buffer.byteLength(part)}:${part}`);
  const bytes = hash.digest();
  let id = '';
  let buffer = 0;
  let bits = 0;
  for (const byte of bytes) {
    buffer = ((buffer << 8) | byte) & 0xfff;
    bits += 8;
    while (bits >= 5 && id.length < ID_LENGTH) {
      bits -= 5;
      id += ALPHABET.charAt((buffer >> bits) & 31);
    }
  }
  return id;
}

/** One artist across all libraries: the name decides, however it is spelled in case and compatibility forms. */
export function artistIdOf(name: string): string {
  return idFrom('artist', nameKey(name));
}

/**
 * Track and album ids hold the library's name: removing a file from one library must never take away what another
 * library publishes.
 */
export function freeTrackId(
  library: string,
  track: {
    readonly albumKey: string;
    readonly discNumber: number;
    readonly trackNumber: number | null;
    readonly title: string;
  },
  isTaken: (id: string) => boolean,
): string {
  const place = `${track.discNumber}/${track.trackNumber ?? ''}`;
  return firstFree(
    (attempt) => idFrom('track', library, track.albumKey, place, nameKey(track.title), attempt),
    isTaken,
  );
}

export function freeAlbumId(library: string, albumKey: string, isTaken: (id: string) => boolean): string {
  return firstFree((attempt) => idFrom('album', library, albumKey, attempt), isTaken);
}

function firstFree(derive: (attempt: string) => string, isTaken: (id: string) => boolean): string {
  for (let attempt = 1; ; attempt += 1) {
    const id = derive(attempt === 1 ? '' : String(attempt));
    if (!isTaken(id)) return id;
  }
}
