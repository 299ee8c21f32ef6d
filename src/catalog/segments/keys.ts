/** The layout of the store (ARCHITECTURE.md): every key of the store is spelled here and nowhere else. */
const fanOut = (sha256: string): string => sha256.slice(0, 2);

/** Ten digits, so that keys list in revision order. */
const revisionName = (revision: number): string => `${String(revision).padStart(10, '0')}.json`;

export const MANIFEST_LOG = 'catalog/manifests';
export const segmentKey = (sha256: string): string => `catalog/segments/${sha256}.jsonl.zst`;
export const audioKey = (sha256: string, extension: string): string =>
  `audio/${fanOut(sha256)}/${sha256}.${extension}`;
export const artworkKey = (artworkId: string, size: number): string =>
  `artwork/${fanOut(artworkId)}/${artworkId}-${size}.webp`;
/** Waveform and lyrics of a track: immutable JSON, named by its hash. */
export const detailsKey = (sha256: string): string => `details/${fanOut(sha256)}/${sha256}.json`;

/** Loudness and waveform of an audio file, named by the audio's hash: an interrupted run does not measure it twice. */
export const measurementKey = (audioSha256: string): string =>
  `measurements/${fanOut(audioSha256)}/${audioSha256}.json`;
/** What was encoded of an audio file with these settings: an interrupted run does not encode it twice. */
export const encodingKey = (audioSha256: string, settings: string): string =>
  `encodings/${fanOut(audioSha256)}/${audioSha256}-${settings}.json`;

/** Where a revision of the versioned document named `log` lies. */
export const revisionKey = (log: string, revision: number): string => `${log}/${revisionName(revision)}`;
/** The revision a key of that log stands for, or null when it is none. */
export const revisionOf = (log: string, key: string): number | null => {
  const name = key.startsWith(`${log}/`) ? key.slice(log.length + 1) : '';
  return /^\d{10}\.json$/.test(name) ? Number(name.slice(0, 10)) : null;
};
